"""Suggestions between sessions: handed over, answered within their term, judged by the deputy, handled once more."""
