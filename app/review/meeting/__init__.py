"""The review meeting as it is held: prepared, signed in to, voted at, counted, announced, written down (S9-2, S9-4 to S9-6)."""
