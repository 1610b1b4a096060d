"""What every ledger shares, one concern a file. Knows no area."""
