"""Leave: asked for by the deputy or entered by the office, decided by the organiser or the presidium."""
