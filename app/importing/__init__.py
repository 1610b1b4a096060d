"""Workbooks that offices already keep, taken into the ledgers: matched, rehearsed, written whole or not at all, undone."""
