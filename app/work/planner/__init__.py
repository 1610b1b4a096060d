"""The year's work: planned, moved, approved, held against the duties, summed up, told as a chronicle."""
