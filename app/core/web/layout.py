"""What every page's frame shows: who is signed in, the menu of what they may open, the stations they may look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ..access.actor import Actor
from ..access.current import current_actor
from ..database import db
from ..dictionary.ledger import LEDGERS
from ..dictionary.roles import ROLES, Verb
from ..words import presidium


@dataclass(frozen=True)
class Item:
    """One entry of the menu: a ledger by its key, or an own screen by its address and the roles it is open to."""

    key: str = ""
    label: Any = None
    url: str = ""
    roles: frozenset[str] = frozenset()

    def open_to(self, actor: Actor) -> bool:
        return actor.may(self.key, Verb.LIST) if self.key else bool(self.roles & set(actor.roles))

    def shown(self) -> dict[str, Any]:
        url = self.url or f"/{self.key}/list/"
        base = f"/{self.key}/" if self.key else self.url
        active = request.path == url if base == "/" else request.path.startswith(base)
        return {"label": str(self.label or LEDGERS[self.key].entry.label), "url": url, "active": active, "count": None}


@dataclass(frozen=True)
class Group:
    """A folding group of the menu; without items a plain link."""

    key: str
    label: Any
    items: Sequence[Item] = field(default=())
    url: str = ""
    roles: frozenset[str] = frozenset()


MENU: list[Group] = []
"""Filled in by the registry."""


class Frame:
    """The signed-in person, as templates speak of them."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.name = actor.name
        self.may: Callable[[str, str], bool] = actor.may

    @property
    def role_labels(self) -> list[str]:
        return [str(presidium) if role == "presidium" else str(ROLES[role].label) for role in self._actor.roles if role in ROLES]

    @property
    def station_name(self) -> str:
        station = g.get("station")
        return station.name if station is not None else _("All stations")


def menu_of(actor: Actor) -> list[dict[str, Any]]:
    shown = []
    for group in MENU:
        items = [item.shown() for item in group.items if item.open_to(actor)]
        if items or (group.url and group.roles & set(actor.roles)):
            active = request.path == group.url if group.url == "/" else bool(group.url) and request.path.startswith(group.url)
            shown.append(
                {
                    "label": str(group.label),
                    "key": group.key,
                    "open": any(item["active"] for item in items),
                    "items": items,
                    "url": group.url,
                    "active": active,
                    "count": None,
                }
            )
    return shown


def group_label(key: str) -> str:
    """The menu group that a ledger stands under."""
    return next((str(group.label) for group in MENU if any(key and item.key == key for item in group.items)), "")


def station_switch(actor: Actor) -> list[dict[str, Any]]:
    """For accounts of all stations: look at one, or at all."""
    if g.get("bound_to_station", True):
        return []
    station = LEDGERS["stations"]
    rows = db.session.execute(select(station.id, station.name).order_by(station.name).limit(200)).all()
    choices = [{"label": _("All stations"), "url": url_for("AccountScreen.look_at", station_id=0), "active": actor.station_id is None}]
    return choices + [
        {"label": name, "url": url_for("AccountScreen.look_at", station_id=row_id), "active": actor.station_id == row_id}
        for row_id, name in rows
    ]


def frame() -> dict[str, Any]:
    """The context of every template."""
    actor = current_actor()
    if actor is None:
        return {"actor": None, "menu": [], "crumbs": [], "station_switch": [], "app_name": _("Station ledgers")}
    key = request.path.split("/")[1]
    group = group_label(key)
    return {
        "actor": Frame(actor),
        "menu": menu_of(actor),
        "crumbs": [],
        "group_crumb": group,
        "station_switch": station_switch(actor),
        "app_name": _("Station ledgers"),
    }
