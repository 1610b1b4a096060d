"""Whatever is typed or sent: a sentence beside the field, nothing half written, no page that breaks and no word of SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from app.core.database import db
from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.paths import field_at
from app.core.records.history import Change
from app.core.web.forms import form_paths
from tests.support.actors import At
from tests.support.pages import as_posted, form_of
from tests.support.scene import World

EACH_LEDGER = pytest.mark.parametrize("key", list(LEDGERS))
Accounts = Callable[[str], At]
_SQL = re.compile(
    r"sqlite|psycopg|sqlalchemy|IntegrityError|constraint|FOREIGN KEY|SELECT .* FROM|INSERT INTO|Traceback|\buq_|\bck_|\bfk_", re.IGNORECASE
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
LONG = "字" * 10_000
HUGE = 10**30

_TYPED: dict[Kind, list[Any]] = {
    Kind.TEXT: [LONG],
    Kind.LONG: [LONG * 3],
    Kind.PHONE: ["12", "没有电话", LONG],
    Kind.CHOICE: ["no_such_code", LONG],
    Kind.DATE: ["2026-02-30", "十月", "1226-01-01", "2026-13-01", "99999-01-01", LONG],
    Kind.DATETIME: ["2026-02-30 09:00", "2026-01-01 25:00", "明天", "0001-01-01 00:00", LONG],
    Kind.INTEGER: ["许多", "1.5", "99999999999999999999", "NaN", "1e400", "-5"],
    Kind.DECIMAL: ["许多", "Infinity", "99999999999999999999", "-1e30"],
    Kind.REFERENCE: ["999999", "-1", "abc", "99999999999999999", LONG],
    Kind.REFERENCES: [["999999"], ["abc"], ["99999999999999999"]],
}
_SENT: dict[Kind, list[Any]] = {
    Kind.TEXT: [LONG, ["a", "b"], {"a": 1}, True],
    Kind.LONG: [LONG * 3, ["a"], {"a": 1}, True],
    Kind.PHONE: [["1"], {"a": 1}, True, 5, HUGE],
    Kind.CHOICE: [["a"], {"a": 1}, True, 5, HUGE],
    Kind.DATE: [["a"], {"a": 1}, True, HUGE, -1, 1.5, "\u0000x"],
    Kind.DATETIME: [["a"], {"a": 1}, True, HUGE, -1, 1.5],
    Kind.INTEGER: [["a"], {"a": 1}, True, HUGE, -1, 1.5, "😀"],
    Kind.DECIMAL: [["a"], {"a": 1}, True, HUGE, "😀"],
    Kind.BOOLEAN: ["maybe", ["a"], {"a": 1}, 7, "😀"],
    Kind.REFERENCE: [["a"], {"id": 1}, True, HUGE, -1, 0, 1.5, "😀"],
    Kind.REFERENCES: [["a"], [[1]], [{"id": 1}], {"a": 1}, [True], [HUGE], "x", 0.5],
    Kind.POINTS: ["x", [1], [{"point": 1}], [{"point": "防火", "ok": "yes"}], {"a": 1}, 5, [{"point": LONG, "ok": True}]],
}


class Clerk:
    """Who may write the ledger, and what a row of it is made of."""

    def __init__(self, app: Flask, world: World, at: Accounts, key: str) -> None:
        by_county = LEDGERS[key].scope == "shared" or key == "stations"
        self.app, self.key, self.model = app, key, LEDGERS[key]
        self.who = at("county" if by_county else "head1")
        self.place = world.county if LEDGERS[key].scope == "shared" else world.here
        self.fresh = self.place.fresh[key]

    def written(self) -> tuple[int, int]:
        with self.app.app_context():
            return tuple(db.session.scalar(select(func.count()).select_from(model)) or 0 for model in (self.model, Change))  # type: ignore[return-value]

    def refused_rest(self, what: str, body: Any, fields: set[str]) -> Iterator[str]:
        before = self.written()
        answer = self.who.call("POST", f"{self.key}/", body)
        yield from self._refused(f"REST {what}", answer.status_code, answer.text, before)
        if answer.status_code == 422:
            message = answer.get_json()["message"]
            yield from (f"REST {what}: nothing said of {fields - set(message)}" for _once in range(bool(fields - set(message))))
            yield from (f"REST {what}: {name} says {said}" for name, said in message.items() if not all(_HAN.search(each) for each in said))

    def refused_page(self, what: str, typed: MultiDict[str, str], fields: set[str]) -> Iterator[str]:
        before = self.written()
        answer = self.who.post(f"/{self.key}/add", typed)
        yield from self._refused(f"page {what}", answer.status_code, answer.text, before)
        if answer.status_code == 422:
            silent = {name for name in fields if f'id="{name.replace(".", "-")}-wrong"' not in answer.text}
            yield from (f"page {what}: nothing said of {silent}" for _once in range(bool(silent)))

    def _refused(self, what: str, status: int, text: str, before: tuple[int, int]) -> Iterator[str]:
        if status != 422:
            yield f"{what}: {status} {text[:300] if text[0] == '{' else ''}"
        if found := _SQL.search(text):
            yield f"{what}: shows {text[max(0, found.start() - 40) : found.end() + 40]!r}"
        if self.written() != before:
            yield f"{what}: something was written"


@pytest.fixture
def clerk(app: Flask, world: World, at: Accounts, key: str) -> Clerk:
    return Clerk(app, world, at, key)


def fields_of(model: type[Ledger]) -> dict[str, Field]:
    return {path: field_at(model, path) for path in form_paths(model)}


def waves(fields: dict[str, Field], wrongs: dict[Kind, list[Any]]) -> Iterator[dict[str, Any]]:
    """The first wrong value for every field at once, then the second of each, and so on."""
    tried = {path: [wrong for wrong in wrongs.get(item.kind, []) if _is_wrong(item, wrong)] for path, item in fields.items()}
    for turn in range(max(map(len, tried.values()))):
        yield {path: some[turn] for path, some in tried.items() if turn < len(some)}


def _is_wrong(item: Field, value: Any) -> bool:
    return not (item.kind is Kind.INTEGER and value in ("-5", -1) and (item.minimum or 0) < 0)


@EACH_LEDGER
def test_wrong_values_are_refused_beside_their_fields(clerk: Clerk) -> None:
    faults = []
    for wrongs in (_TYPED, _SENT):
        for wave in waves(fields_of(clerk.model), wrongs):
            faults += clerk.refused_rest(f"{ {path: str(wrong)[:20] for path, wrong in wave.items()} }", clerk.fresh | wave, set(wave))
    for wave in waves(fields_of(clerk.model), _TYPED):
        typed = as_posted(clerk.fresh | wave)
        faults += clerk.refused_page(f"{ {path: str(wrong)[:20] for path, wrong in wave.items()} }", typed, set(wave))
    assert not faults, "\n".join(faults)


@EACH_LEDGER
def test_what_is_required_is_asked_for(clerk: Clerk) -> None:
    required = {
        path for path, item in fields_of(clerk.model).items() if item.required and item.default is None and item.kind is not Kind.POINTS
    }
    faults = [*clerk.refused_rest("nothing", {}, required), *clerk.refused_page("nothing", MultiDict(), required)]
    empty = dict.fromkeys(fields_of(clerk.model), "")
    faults += [*clerk.refused_rest("empty texts", empty, required), *clerk.refused_page("empty texts", MultiDict(empty), required)]
    faults += clerk.refused_rest("nulls", dict.fromkeys(fields_of(clerk.model)), required)
    faults += clerk.refused_rest("blanks", dict.fromkeys(required, " \u3000\t"), required)
    assert not faults, "\n".join(faults)


@EACH_LEDGER
def test_days_in_the_wrong_order_are_refused(clerk: Clerk) -> None:
    faults: list[str] = []
    pairs = [*clerk.model.entry.ordered, *((("start", "end"),) if clerk.key == "activities" else ())]
    for first, second in pairs:
        wrong = {first: "2025-06-10", second: "2025-06-09"}
        faults += clerk.refused_rest(f"{second} before {first}", clerk.fresh | wrong, {second})
        faults += clerk.refused_page(f"{second} before {first}", as_posted(clerk.fresh | wrong), {second})
    one = clerk.model.entry.one_to_one
    if one is not None and {"start", "end"} <= set(one.shown):
        wrong = {f"{one.field}.start": "2025-06-10 09:00", f"{one.field}.end": "2025-06-10 08:00"}
        faults += clerk.refused_rest("end before start", clerk.fresh | wrong, {f"{one.field}.end"})
        faults += clerk.refused_page("end before start", as_posted(clerk.fresh | wrong), {f"{one.field}.end"})
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("key", [key for key, model in LEDGERS.items() if model.scope != "shared" and key != "stations"])
@pytest.mark.both_databases
def test_a_reference_into_another_station_is_refused(clerk: Clerk, world: World) -> None:
    """In bodies and forms, on adding and on changing; and an address that names such a row shows nothing of it."""
    faults: list[str] = []
    row = clerk.place.rows[clerk.key]
    for path, item in fields_of(clerk.model).items():
        if not item.target or LEDGERS[item.target].scope == "shared":
            continue
        other = world.there.rows[item.target]
        wrong = [other] if item.kind is Kind.REFERENCES else other
        faults += clerk.refused_rest(f"{path} elsewhere", clerk.fresh | {path: wrong}, {path})
        faults += clerk.refused_page(f"{path} elsewhere", as_posted(clerk.fresh | {path: wrong}), {path})
        version = clerk.who.call("GET", f"{clerk.key}/{row}").get_json()["result"]["version"]
        answer = clerk.who.call("PUT", f"{clerk.key}/{row}", {"version": version, path: wrong})
        if answer.status_code != 422 or path not in answer.get_json()["message"]:
            faults.append(f"PUT {path} elsewhere: {answer.status_code} {answer.text[:200]}")
        typed: Any = form_of(clerk.who.get(f"/{clerk.key}/edit/{row}").text)
        typed.setlist(path, [str(other)])
        answer = clerk.who.post(f"/{clerk.key}/edit/{row}", typed)
        if answer.status_code != 422 or f'id="{path.replace(".", "-")}-wrong"' not in answer.text or "白土" in answer.text:
            faults.append(f"edit {path} elsewhere: {answer.status_code}")
        for address in (f"/{clerk.key}/add?{path}={other}", f"/{clerk.key}/list/?{path}={other}"):
            answer = clerk.who.get(address)
            if answer.status_code != 200 or "白土" in answer.text:
                faults.append(f"{address}: {answer.status_code}, names it: {'白土' in answer.text}")
    assert not faults, "\n".join(faults)


@EACH_LEDGER
def test_unknown_columns_and_those_of_the_program_are_refused(clerk: Clerk) -> None:
    faults = [
        fault
        for name in ("no_such_column", "id_", "__class__", "x.y", "deputy.name", "1", "字段", "' OR 1=1 --")
        for fault in clerk.refused_rest(f"column {name}", {**clerk.fresh, name: "x"}, {name})
    ]
    for name, item in clerk.model.fields.items():
        if item.written_by_program:
            wrong = {Kind.DATE: "2020-01-01", Kind.INTEGER: "77", Kind.BOOLEAN: True}.get(item.kind, "x")
            if item.kind is Kind.CHOICE and item.choices is not None:
                wrong = list(item.choices.labels)[-1]
            faults += clerk.refused_rest(f"program's {name}", {**clerk.fresh, name: wrong}, {name})
    assert not faults, "\n".join(faults)


@EACH_LEDGER
@pytest.mark.both_databases
def test_odd_characters_are_kept_or_refused_and_break_nothing(clerk: Clerk) -> None:
    faults = []
    for odd in ("😀𠮷龘", "a\u0000b", "\ud800", "\u202e倒", "<script>alert(1)</script>", "%s %(x)s {0} {{7*7}}", "=1+1", "\u200b"):
        texts = {
            name: odd for name, item in clerk.model.fields.items() if item.kind in (Kind.TEXT, Kind.LONG) and not item.written_by_program
        }
        answer = clerk.who.call("POST", f"{clerk.key}/", clerk.fresh | texts)
        if answer.status_code not in (201, 422) or _SQL.search(answer.text):
            faults.append(f"REST {odd!r}: {answer.status_code} {answer.text[:200]}")
        page = clerk.who.post(f"/{clerk.key}/add", as_posted(clerk.fresh | {name: odd.replace("\ud800", "\ufffd") for name in texts}))
        if page.status_code not in (302, 422) or "<script>alert" in page.text:
            faults.append(f"page {odd!r}: {page.status_code}")
    for path in ("list/?size=200", "export"):
        answer = clerk.who.get(f"/{clerk.key}/{path}")
        if answer.status_code != 200 or (path != "export" and "<script>alert" in answer.text):
            faults.append(f"{path}: {answer.status_code}")
    assert not faults, "\n".join(faults)


@EACH_LEDGER
def test_bodies_and_addresses_without_sense_break_nothing(clerk: Clerk) -> None:
    who, key, faults = clerk.who, clerk.key, []
    row = clerk.place.rows[key]
    for body in ([], "x", 5, True, [{"a": 1}]):
        for method, path in (("POST", f"{key}/"), ("PUT", f"{key}/{row}")):
            status = who.call(method, path, body).status_code
            faults += [f"{method} {body!r}: {status}"] * (status != 400)
    for more in (
        {"request_id": {"a": 1}},
        {"request_id": LONG},
        {"request_id": ["x"]},
        {"version": {"a": 1}},
        {"station": HUGE},
        {"station": {"a": 1}},
        {"station_id": "²"},
    ):
        status = who.call("POST", f"{key}/", {**dict.fromkeys(clerk.fresh, None), **more}).status_code
        faults += [f"POST {str(more)[:40]}: {status}"] * (status != 422)
    for version in ({"a": 1}, [1], HUGE, True, "x", "1.1.1"):
        status = who.call("PUT", f"{key}/{row}", {"version": version}).status_code
        faults += [f"PUT version {version!r}: {status}"] * (status != 409)
    for pk in ("0", "-1", "abc", "9" * 30, "²", "1.5", "%00", "1;DROP"):
        for path in (f"show/{pk}", f"edit/{pk}", f"delete/{pk}"):
            status = who.get(f"/{key}/{path}").status_code
            faults += [f"{path}: {status}"] * (status not in (404, 403))
        for method in ("GET", "PUT", "DELETE"):
            status = who.call(method, f"{key}/{pk}", {} if method == "PUT" else None).status_code
            faults += [f"{method} {pk}: {status}"] * (status not in (403, 404, 405))
    for query in (
        "page=-1",
        "page=x",
        "page=99999999999",
        "size=0",
        "size=1e9",
        "sort=no_such",
        "sort=-",
        "month=2026-13",
        "month=x",
        "nothing=1",
        "station=x",
        "sort=id;drop",
        "x" * 3000 + "=1",
        "page=2&page=3",
        "tab=x",
        "a.b.c=1",
        "__class__=1",
        "id=1",
        "%00=%00",
        *(f"{path}=%00" for path in clerk.model.fields),
    ):
        status = who.get(f"/{key}/list/?{query}").status_code
        faults += [f"list?{query[:40]}: {status}"] * (status != 200)
    for rison in (
        "(",
        "(page:-1)",
        "(page:x)",
        "(page_size:0)",
        "(filters:x)",
        "(filters:!(x))",
        "(filters:!((col:1)))",
        "(filters:!((col:no_such,opr:eq,value:1)))",
        "(order_column:no_such)",
        "(order_column:'a.b')",
        "!(1)",
        "1",
        "(page_size:!t)",
        "(columns:!(x))",
    ):
        status = who.listed(key, rison).status_code
        faults += [f"REST list {rison}: {status}"] * (status not in (200, 400, 422))
    assert not faults, "\n".join(faults)
