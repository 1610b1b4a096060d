"""Words that follow the station's kind: what a township calls 主席团 is 人大工委 in a street."""

from __future__ import annotations

from contextvars import ContextVar

from flask_babel import LazyString, gettext

station_kind: ContextVar[str] = ContextVar("station_kind", default="township")
"""The kind of the station at work, set for each request and for each station's document."""


def _in_street() -> bool:
    return station_kind.get() == "street"


presidium = LazyString(lambda: gettext("Street working committee") if _in_street() else gettext("Township presidium"))
party_committee = LazyString(lambda: gettext("Street Party working committee") if _in_street() else gettext("Township Party committee"))
