"""A row's values as an actor may see them: masked alike in list, form, REST, export and history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from ..access.actor import Actor
from ..dictionary.fields import Field
from ..dictionary.ledger import Ledger
from ..dictionary.masks import Personal, Sight, mask
from ..dictionary.paths import field_at, ledger_at


def sight_of(actor: Actor, model: type[Ledger], path: str) -> Sight:
    """How the actor sees the column at the end of a path; what is not personal is clear."""
    if field_at(model, path).personal is None:
        return Sight.CLEAR
    return actor.sight(ledger_at(model, path).__tablename__)


def seen(actor: Actor, model: type[Ledger], path: str, value: Any) -> Any:
    """The value itself, its mask, or None where the actor may not see it at all."""
    field = field_at(model, path)
    if field.personal is None or value is None or value == "":
        return value
    match sight_of(actor, model, path):
        case Sight.CLEAR:
            return value
        case Sight.MASKED:
            return mask(field.personal, value)
        case _:
            return None


def opens_files(actor: Actor, model: type[Ledger]) -> bool:
    """A scan shows what masks hide: the files of a ledger that holds personal data are for those who see it in the clear."""
    personal = any(item.personal is not None for item in model.fields.values())
    return not personal or actor.sight(model.__tablename__) is Sight.CLEAR


def open_paths(actor: Actor, model: type[Ledger], paths: Iterable[str]) -> list[str]:
    """Paths that the actor may filter and sort by: a masked column could be guessed that way."""
    return [path for path in paths if sight_of(actor, model, path) is Sight.CLEAR]


def confidential_name(actor: Actor, model: type[Ledger], field: Field, values: Mapping[str, Any]) -> str | None:
    """What stands in a list instead of a name that is to be kept confidential; None where the name itself may stand."""
    flag = model.entry.confidential
    if field.personal is Personal.NAME and flag and values.get(flag) and actor.sight(model.__tablename__) is not Sight.CLEAR:
        return _("Kept confidential")
    return None
