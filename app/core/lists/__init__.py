"""How rows are read: filtered, sorted, paged, masked, exported; what belongs to a row; what happened in a period."""
