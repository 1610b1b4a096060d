"""An activity's life: planned, told, under way, held, reported on, or called off."""
