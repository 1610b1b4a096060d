"""What each role may do, written down from the office's own description of roles and not from the code that is tried.

One letter a role, in the order of ROLES below:
  -  nothing          r  read                 x  read and take along as Excel
  s  read, take along and change (sign, decide)
  e  read, add and change                     m  read, add, change and take along
  a  everything
"""

from __future__ import annotations

ROLES = ("admin", "county", "head", "liaison", "archivist", "presidium", "convenor", "deputy")
_VERBS = {
    "-": "",
    "r": "list show",
    "x": "list show export",
    "s": "list show export edit",
    "e": "list show add edit",
    "m": "list show export add edit",
    "a": "list show add edit delete export",
}
#                      adm cty head lia arc pre con dep
_GROUPS: dict[str, tuple[str, str]] = {
    "stations": ("a   a   s   x   x   x   r   r", "stations"),
    "kept by county": ("a   a   x   x   x   x   r   r", "workday_overrides"),
    "county's or own": ("a   a   a   a   x   x   r   r", "terms organs congress_sessions"),
    "settings": ("a   a   a   x   x   x   -   -", "settings"),
    "people": ("r   x   a   a   x   x   r   r", "deputies mandates deputy_groups constituencies"),
    "office": (
        "-   x   a   a   x   x   -   -",
        "station_staff activity_notices activity_guests activity_reports law_supervision "
        "congress_services voter_representatives assigned_tasks",
    ),
    "programme": ("-   x   a   a   x   x   r   r", "activities major_events receptions reception_rota publicity bulletins"),
    "own record": (
        "-   x   a   a   x   x   -   r",
        "attendance opinions replies suggestions congress_attendance congress_speeches motions",
    ),
    "entered by all": ("-   x   a   a   x   x   -   e", "visits good_deeds inspections inspected_organs"),
    "leave": ("-   x   a   a   x   s   -   e", "leave_requests"),
    "signed": ("-   x   a   a   x   s   -   -", "assignments"),
    "supervised": ("-   x   a   a   x   a   -   -", "supervision"),
    "plans": ("-   x   a   m   x   x   -   -", "plans plan_items"),
    "duty reports": ("-   x   a   a   x   x   e   e", "duty_reports"),
    "review meetings": ("-   x   a   a   x   x   e   -", "review_meetings"),
    "opinions voiced": ("-   x   a   a   x   x   e   r", "voiced_opinions"),
    "review results": ("-   x   a   a   x   x   r   r", "review_results"),
    "archives": (
        "-   x   a   a   a   x   -   -", "archive_files archive_volumes archive_loans archive_checks archive_faults archive_rooms",
    ),
}

NOT_ALONE = frozenset({"archive_faults"})
"""Rows that nobody deletes alone: they go with what found them, or when it says otherwise."""

ABOUT_PERSONS = frozenset(
    {
        "deputies",
        "mandates",
        "deputy_groups",
        "attendance",
        "opinions",
        "replies",
        "suggestions",
        "congress_attendance",
        "congress_speeches",
        "motions",
        "visits",
        "good_deeds",
        "inspections",
        "inspected_organs",
        "leave_requests",
        "assignments",
        "duty_reports",
        "review_meetings",
        "review_results",
        "voiced_opinions",
    }
)
"""Rows of these are some deputy's or some group's: a deputy meets the own ones alone, a convenor those of the own group."""

SEES_OFFICIALS = dict(zip(ROLES, ["masked", "masked", "clear", "clear", "masked", "masked", "masked", "clear"], strict=True))
SEES_VOTERS = dict(zip(ROLES, ["hidden", "masked", "clear", "clear", "masked", "masked", "hidden", "hidden"], strict=True))
PERSONAL = {
    "station_staff": (SEES_OFFICIALS, {"phone"}),
    "deputies": (SEES_OFFICIALS, {"birth", "phone", "address"}),
    "organs": (SEES_OFFICIALS, {"phone"}),
    "activity_guests": (SEES_VOTERS, {"name", "phone"}),
    "visits": (SEES_VOTERS, {"persons_visited"}),
    "opinions": (SEES_VOTERS, {"voter_name", "voter_phone", "voter_address"}),
    "voter_representatives": (SEES_VOTERS, {"name"}),
}
"""Columns with personal data, and what each role sees of them."""


def allowed(key: str, role: str) -> frozenset[str]:
    """Verbs of a role in a ledger."""
    letters = next(letters for letters, keys in _GROUPS.values() if key in keys.split())
    return frozenset(_VERBS[letters.split()[ROLES.index(role)]].split())


def listed_ledgers() -> list[str]:
    return sorted(key for _letters, keys in _GROUPS.values() for key in keys.split())
