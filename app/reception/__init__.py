"""Receptions, visits and opinions, and what becomes of an opinion: assigned, answered, supervised, suggested."""

from __future__ import annotations

from . import models, outcomes

__all__ = ["models", "outcomes"]
