"""The pages of every ledger, and what own screens share with them."""
