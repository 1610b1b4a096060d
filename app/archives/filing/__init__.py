"""Filing by DA/T 22-2015: what is closed becomes an item with its papers, items are bound into boxes, boxes and items are lent."""
