"""Screens that run without a login, what they did while offline, and how another device finds them."""
