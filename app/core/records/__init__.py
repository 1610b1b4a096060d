"""How rows are written: the one way through rules, store and history; many at once; deleting, restoring, taking back."""
