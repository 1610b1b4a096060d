"""The secret vote (S9-5): slips, ballots that nobody can read, the count, and the seal over what was announced."""
