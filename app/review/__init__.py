"""Deputies report and are reviewed: duty reports, review meetings, voter representatives, results."""
