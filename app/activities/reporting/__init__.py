"""Reports on activities to the county committee: drafted from what is known, edited, printed with photos, sent (S5-5)."""
