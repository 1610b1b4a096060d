"""One account for each role, with passwords that are easy to type."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.access.actor import program
from app.core.dictionary.roles import ROLES
from app.people.accounts import add_account

from .people import Office

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"


@dataclass(frozen=True)
class AccountMade:
    """What is printed of an account, once."""

    username: str
    password: str
    roles: str
    station: str


def new_password() -> str:
    """Such as kmwt-4827-pzdx: nothing that looks like something else."""

    def part(letters: str) -> str:
        return "".join(secrets.choice(letters) for _each in range(4))

    return f"{part(_LETTERS)}-{part(_DIGITS)}-{part(_LETTERS)}"


def make_accounts(session: Session, offices: list[Office], password: str | None) -> list[AccountMade]:
    wanted: list[tuple[str, str, str, Office | None, int | None]] = [
        ("admin", "系统管理员", "admin", None, None),
        ("county", "县联络工委", "county", None, None),
    ]
    for number, office in enumerate(offices, start=1):
        convenor = office.convenors[0]
        deputy = next(each for each in office.deputies if each not in office.convenors)
        wanted += [
            (f"head{number}", office.people["head"], "head", office, None),
            (f"liaison{number}", office.people["liaison"], "liaison", office, None),
            (f"archivist{number}", office.people["archivist"], "archivist", office, None),
            (f"presidium{number}", office.people["board"], "presidium", office, None),
            (f"convenor{number}", convenor.name, "convenor deputy", office, convenor.id),
            (f"deputy{number}", deputy.name, "deputy", office, deputy.id),
        ]
    made = []
    for username, name, role, at, deputy_id in wanted:
        secret = password or new_password()
        add_account(
            session,
            program(None, "demo", "demo"),
            {
                "username": username,
                "name": name,
                "roles": set(role.split()),
                "station_id": at.station_id if at else None,
                "deputy_id": deputy_id,
            },
            secret,
        )
        made.append(AccountMade(username, secret, "、".join(str(ROLES[each].label) for each in role.split()), at.place.station if at else _("All stations")))
    return made
