"""What a period's opinions come to: figures, charts, workbook, yearly summary and bound volume (S8-6, R09, R10)."""
