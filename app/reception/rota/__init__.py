"""The rota of reception days: who receives voters when, for a year in one step (S5-3(2), S7-1)."""
