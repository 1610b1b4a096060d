"""REST of every ledger, under the very rules of the pages."""
