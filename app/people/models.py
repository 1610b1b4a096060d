"""Stations, station staff, terms, groups, constituencies, deputies, mandates and organs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.core.dictionary.columns import choice, day, integer, long_text, phone, reference, text
from app.core.dictionary.entry import Entry
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import EitherLedger, StationLedger
from app.core.dictionary.masks import Personal
from app.core.dictionary.roles import COUNTY_OR_STATION, OFFICE, PEOPLE, STATIONS

from . import rules

STATION_KINDS = Choices({"township": _("Township"), "street": _("Street office")})
POSTS = Choices(
    {
        "head": _("Head of station"),
        "deputy_head": _("Deputy head of station"),
        "liaison": _("Liaison officer"),
        "archivist": _("Archivist"),
    }
)
LEVELS = Choices(
    {
        "national": _("National"),
        "province": _("Province"),
        "city": _("City"),
        "county": _("County"),
        "township": _("Township (level)"),
    }
)
TERM_LEVELS = Choices({code: LEVELS.labels[code] for code in ("county", "township", "national", "province", "city")})
ORGAN_LEVELS = Choices({"county": LEVELS.labels["county"], "township": LEVELS.labels["township"]})
SEXES = Choices({"male": _("Male"), "female": _("Female")})
PARTIES = Choices(
    {
        "communist": _("Member of the Communist Party"),
        "youth_league": _("Member of the Youth League"),
        "democratic": _("Member of a democratic party"),
        "independent": _("Independent"),
        "masses": _("No party"),
    }
)
OCCUPATIONS = Choices(
    {
        "worker": _("Worker"),
        "farmer": _("Farmer"),
        "technician": _("Professional or technician"),
        "cadre": _("Cadre"),
        "entrepreneur": _("Entrepreneur"),
        "soldier": _("Soldier"),
        "other": _("Other occupation"),
    }
)
EDUCATION = Choices(
    {
        "primary": _("Primary school"),
        "junior": _("Junior middle school"),
        "senior": _("Senior middle school or vocational school"),
        "college": _("Junior college"),
        "bachelor": _("Bachelor"),
        "postgraduate": _("Postgraduate"),
    }
)
CONSTITUENCY_KINDS = Choices({"constituency": _("Constituency"), "electoral_unit": _("Electoral unit")})
ELECTED = Choices({"elected": _("Elected"), "by_election": _("Elected in a by-election")})
MANDATE_STATES = Choices(
    {"serving": _("Serving"), "suspended": _("Duties suspended"), "ended": _("Ended")},
    tones={"serving": "ok", "suspended": "warn", "ended": "mute"},
)


class Station(StationLedger):
    """联络站 (S1, S4-1). Its kind decides the words: a street has a working committee and no congress of its own."""

    __tablename__ = "stations"
    entry = Entry(
        label=_("Liaison stations"),
        one=_("liaison station"),
        articles=("S1", "S4-1"),
        access=STATIONS,
        key=("name",),
        title=("name",),
        newest_first=False,
        order="name",
    )
    name = text(_("Station name"), 60, required=True, width=20)
    kind = choice(_("Kind"), STATION_KINDS, required=True, default="township")
    town = text(_("Township or street"), 40, hint=_("As it stands on official papers"))
    county = text(_("County"), 40)
    address = text(_("Address"), 120, width=26)
    office_phone = text(_("Office phone"), 40)


class StationStaff(StationLedger):
    """站务人员 (S2, S3, S11-3)."""

    __tablename__ = "station_staff"
    entry = Entry(
        label=_("Station staff"),
        one=_("staff member"),
        articles=("S2", "S3", "S11-3"),
        access=OFFICE,
        key=("name",),
        title=("name",),
        ordered=(("since", "until"),),
        newest_first=False,
        order="pinyin_key",
    )
    name = text(_("Name"), 40, required=True)
    post = choice(_("Post"), POSTS, required=True)
    phone = phone(_("Phone"))
    since = day(_("Since"))
    until = day(_("Until"))
    note = long_text(_("Note"))
    pinyin_key = text(_("Pinyin"), 200, written_by_program=True)


class Term(EitherLedger):
    """届次 (S9-4): the county's, and a township's own."""

    __tablename__ = "terms"
    entry = Entry(
        label=_("Terms"),
        one=_("term"),
        articles=("S9-4",),
        access=COUNTY_OR_STATION,
        key=("level", "ordinal"),
        title=("level", "name"),
        ordered=(("starts_on", "ends_on"),),
        newest_first=True,
        order="starts_on",
        derive=rules.ordinal_name,
    )
    level = choice(_("Level"), TERM_LEVELS, required=True)
    ordinal = integer(_("Ordinal"), required=True, minimum=1, maximum=99, hint=_("16 for the sixteenth"))
    name = text(_("Term name"), 40, written_by_program=True)
    starts_on = day(_("From"), required=True)
    ends_on = day(_("To"))


class DeputyGroup(StationLedger):
    """代表小组 (S9-2)."""

    __tablename__ = "deputy_groups"
    entry = Entry(
        label=_("Deputy groups"),
        one=_("deputy group"),
        articles=("S9-2",),
        access=PEOPLE,
        key=("name",),
        title=("name",),
        newest_first=False,
        order="name",
        group="id",
    )
    name = text(_("Group name"), 60, required=True)
    convenor = reference(_("Convenor"), "deputies")
    note = long_text(_("Note"))


class Constituency(StationLedger):
    """选区、选举单位 (S9-4)."""

    __tablename__ = "constituencies"
    entry = Entry(
        label=_("Constituencies"),
        one=_("constituency"),
        articles=("S9-4",),
        access=PEOPLE,
        key=("number",),
        title=("number", "name"),
        newest_first=False,
        order="number",
    )
    number = text(_("Number"), 20, required=True)
    kind = choice(_("Kind"), CONSTITUENCY_KINDS, required=True, default="constituency")
    name = text(_("Constituency name"), 80, required=True, width=24)


class Deputy(StationLedger):
    """人大代表 (S1-2): the person; offices are mandates."""

    __tablename__ = "deputies"
    entry = Entry(
        label=_("Deputies"),
        one=_("deputy"),
        articles=("S1-2",),
        access=PEOPLE,
        key=("name", "birth"),
        title=("name",),
        newest_first=False,
        order="pinyin_key",
        derive=rules.name_keys,
    )
    name = text(_("Name"), 40, required=True, heading=_("Person"))
    sex = choice(_("Sex"), SEXES, required=True)
    nation = text(_("Ethnic group"), 20, default="汉族")
    birth = day(_("Born on"), personal=Personal.BIRTH)
    party = choice(_("Political affiliation"), PARTIES)
    education = choice(_("Education"), EDUCATION)
    phone = phone(_("Phone"), hint=_("Mobile or landline"))
    address = text(_("Address"), 120, personal=Personal.ADDRESS)
    occupation = choice(_("Occupation"), OCCUPATIONS, heading=_("Work and group"))
    unit = text(_("Work unit and post"), 120, width=26)
    group = reference(_("Group"), "deputy_groups")
    official_order = integer(_("Place in the official order"), minimum=1, hint=_("Only where it differs from the order by strokes"))
    note = long_text(_("Note"))
    pinyin_key = text(_("Pinyin"), 200, written_by_program=True)
    stroke_key = text(_("Strokes"), 400, written_by_program=True)


class Mandate(StationLedger):
    """代表职务 (S10-3): one person may hold several at once."""

    __tablename__ = "mandates"
    entry = Entry(
        label=_("Mandates"),
        one=_("mandate"),
        articles=("S10-3",),
        access=PEOPLE,
        key=("term", "certificate"),
        title=("deputy", "term"),
        deputy="deputy",
        newest_first=False,
        order="deputy",
        ordered=(("elected_on", "state_since"),),
        check=rules.mandate_state,
    )
    deputy = reference(_("Deputy"), "deputies", required=True)
    term = reference(_("Term"), "terms", required=True)
    certificate = text(_("Certificate no."), 30, hint=_("Unique within the term"))
    constituency = reference(_("Constituency"), "constituencies")
    elected_on = day(_("Elected on"))
    elected = choice(_("How elected"), ELECTED, default="elected")
    state = choice(_("State"), MANDATE_STATES, required=True, default="serving", heading=_("State of the mandate"))
    state_since = day(_("In this state since"))
    state_reason = text(_("Reason"), 200)


class Organ(EitherLedger):
    """单位 (S8-3, S6-4): handles opinions, is inspected, hosts events."""

    __tablename__ = "organs"
    entry = Entry(
        label=_("Organs"),
        one=_("organ"),
        articles=("S8-3", "S6-4"),
        access=COUNTY_OR_STATION,
        key=("name",),
        title=("name",),
        newest_first=False,
        order="name",
    )
    name = text(_("Organ name"), 60, required=True, width=22)
    level = choice(_("Level"), ORGAN_LEVELS, required=True)
    contact = text(_("Contact person"), 40)
    phone = phone(_("Phone"))
    note = long_text(_("Note"))
