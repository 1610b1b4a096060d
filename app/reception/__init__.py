"""Receptions, visits and opinions, and what becomes of an opinion: assigned, answered, supervised, suggested."""

from __future__ import annotations

from . import handling, models

__all__ = ["handling", "models"]
