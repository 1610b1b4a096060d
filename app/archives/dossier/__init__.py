"""The deputy's dossier (履职档案, S10-1, S10-5, S11-2): a year or a term computed from the ledgers, sealed at the year's end."""
