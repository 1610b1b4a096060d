"""What is due and what happened lately: the home page."""
