"""What a ledger is: its entry, columns and fields, the paths between ledgers, who may do what with it, what its rows are called."""
