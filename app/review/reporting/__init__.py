"""Duty reports of the year, what was voiced at a meeting, its minutes and its report upward, and what the votes lead to (S9)."""
