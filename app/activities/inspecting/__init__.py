"""An inspection and the organs inspected: each is told, each hears what was found."""
