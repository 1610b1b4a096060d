"""A vote from its slips to its seal, on both databases: what counts, what does not, and what is left of it."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db, write_transaction
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import version_of
from app.core.records.writing import erase, write
from app.core.refusals import NotThere, Refused
from app.review.ballot import casting, codes, keys, papercount, sheets
from app.review.ballot.access import votes_of
from app.review.ballot.announcing import announce, results_of, verify
from app.review.ballot.models import ANNOUNCED, COUNTING, OPEN, VOID, Vote, VoteCode, VoteSheet
from app.review.ballot.services import add_slips, close, count_undealt, open_vote, prepare, sweep, void
from app.review.models import ReviewMeeting, ReviewResult
from tests.support.hall import Hall, later

pytestmark = pytest.mark.both_databases

Session = scoped_session[Any]


@pytest.fixture
def hall(session: Session) -> Hall:
    return Hall.with_voters(31)


def vote_of(vote_id: int) -> Any:
    return db.session.get_one(Vote, vote_id, populate_existing=True)


def counted(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def refused(call: Any, *given: Any, **more: Any) -> set[str]:
    with pytest.raises(Refused) as no:
        call(*given, **more)
    return no.value.codes


def test_an_electronic_vote_is_announced_with_its_closing_and_nothing_of_the_ballots_is_left(session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=12)
    assert len(set(made.codes)) == 12
    for number, code in enumerate(made.codes[:10]):
        assert casting.cast(made.ref, codes.grouped(code).lower(), hall.ballot(number % 4, 0)) == casting.COUNTED
    count_undealt(hall.office, made.vote_id, electronic=1, paper=0)
    told = casting.progress(session(), vote_of(made.vote_id))
    assert (told.dealt, told.voted) == (11, 10)
    close(hall.head, made.vote_id)
    vote = vote_of(made.vote_id)
    assert vote.state == ANNOUNCED
    first, *rest = sorted(results_of(vote), key=lambda each: each.line.mandate)
    assert (list(first.votes.values()), first.valid, first.invalid) == ([3, 3, 2, 2], 10, 0)
    assert all(each.votes["satisfied"] == 10 and str(each.rate) == "100.0" for each in rest)
    rows = session.scalars(select(ReviewResult)).all()
    assert {(row.issued, row.returned, row.source, row.published_at) for row in rows} == {(11, 10, "system", vote.announced_at)}
    assert (counted(VoteCode), counted(VoteSheet), keys.read(made.ref), len(rows)) == (0, 0, None, 4)
    assert verify(session(), vote) == []


def test_results_stand_in_the_official_order_of_names(session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=1)
    hall.cast_all(made, 0)
    close(hall.head, made.vote_id)
    assert [each.line.name for each in results_of(vote_of(made.vote_id))] == ["丁一", "马力", "叶雪", "宋斌振"]


def test_every_bad_ballot_gets_its_reason_and_changes_nothing(session: Session, hall: Hall) -> None:
    made = prepare(hall.office, hall.meeting, electronic=3, paper=0)
    good, used, late = made.codes
    ballot = hall.ballot(0)
    assert refused(casting.cast, made.ref, good, ballot) == {"ballot_not_open"}
    open_vote(hall.head, made.vote_id)
    assert casting.cast(made.ref, used, ballot) == casting.COUNTED
    other = Hall.with_voters(30, station="河东街道联络站").opened(electronic=1)
    for code, given, expected in (
        (good[:-1] + ("3" if good[-1] == "2" else "2"), ballot, "ballot_mistyped"),
        ("", ballot, "ballot_mistyped"),
        ("A" * 10_000, ballot, "ballot_mistyped"),
        (codes.draw(), ballot, "ballot_unknown"),
        (other.codes[0], ballot, "ballot_elsewhere"),
        (good, {**ballot, "999999": 0}, "ballot_no_such_deputy"),
        (good, {**ballot, str(hall.mandates[0]): 7}, "ballot_no_such_grade"),
        (good, {str(hall.mandates[0]): 0}, "ballot_missing"),
        (good, None, "ballot_unreadable"),
    ):
        assert refused(casting.cast, made.ref, code, given) == {expected}
    assert refused(casting.cast, "nowhere", good, ballot) == {"ballot_no_vote"}
    assert casting.cast(made.ref, used, hall.ballot(3)) == casting.ALREADY
    assert casting.cast(made.ref, good, ballot) == casting.COUNTED
    assert counted(VoteSheet) == 2
    close(hall.head, made.vote_id)
    assert refused(casting.cast, made.ref, late, ballot) == {"ballot_late"}
    assert refused(casting.cast, made.ref, used, ballot) == {"ballot_late"}


def test_one_code_from_many_devices_at_one_instant_counts_once(app: Flask, session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=5)
    session.remove()
    gate, outcomes = threading.Barrier(20), []

    def send(number: int) -> None:
        with app.app_context():
            gate.wait()
            outcomes.append(casting.cast(made.ref, made.codes[number % 5], hall.ballot(number % 4)))
            db.session.remove()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted([casting.COUNTED] * 5 + [casting.ALREADY] * 15)
    close(hall.head, made.vote_id)
    assert {each.valid for each in results_of(vote_of(made.vote_id))} == {5}


def test_a_vote_that_closes_while_ballots_come_in_counts_just_those_that_were_confirmed(app: Flask, session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=30)
    session.remove()
    gate, outcomes = threading.Barrier(7), []

    def send(mine: list[str]) -> None:
        with app.app_context():
            gate.wait()
            for code in mine:
                try:
                    outcomes.append(casting.cast(made.ref, code, hall.ballot(0)))
                except Refused as no:
                    outcomes.append(no.refusals[0].code)
            db.session.remove()

    threads = [threading.Thread(target=send, args=(made.codes[start::6],)) for start in range(6)]
    for thread in threads:
        thread.start()
    gate.wait()
    close(hall.head, made.vote_id)
    for thread in threads:
        thread.join()
    confirmed = outcomes.count(casting.COUNTED)
    assert len(outcomes) == 30
    assert set(outcomes) <= {casting.COUNTED, "ballot_late", "ballot_no_key"}
    assert {each.valid for each in results_of(vote_of(made.vote_id))} == {confirmed}


def test_a_ballot_whose_vote_closes_under_its_hands_is_late_and_its_code_not_called_unknown(
    session: Session, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hall.opened(electronic=3)
    read_before = casting.keys.read

    def read_and_closed_meanwhile(ref: str) -> bytes | None:
        key = read_before(ref)
        monkeypatch.setattr(casting.keys, "read", read_before)
        close(hall.head, made.vote_id)
        return key

    monkeypatch.setattr(casting.keys, "read", read_and_closed_meanwhile)
    assert refused(casting.cast, made.ref, made.codes[0], hall.ballot(0)) == {"ballot_late"}


def test_before_voters_a_vote_opens_from_thirty_signed_in_and_elsewhere_at_once(session: Session) -> None:
    hall = Hall.with_voters(29)
    made = prepare(hall.office, hall.meeting, electronic=0, paper=40)
    assert refused(open_vote, hall.head, made.vote_id) == {"vote_too_few_voters"}
    hall.sign_in("第三十人")
    open_vote(hall.head, made.vote_id)
    kept = vote_of(made.vote_id).frozen
    assert (kept["signed_in"], kept["expected"], kept["required"], kept["grades"]) == (30, 30, 30, ["满意", "基本满意", "不满意", "弃权"])
    unit = Hall.with_voters(0, station="河东街道联络站", audience="electoral_unit")
    assert vote_of(unit.opened(paper=3).vote_id).state == OPEN


def test_while_a_vote_is_open_its_meeting_stays_and_its_deputies_too(session: Session, hall: Hall) -> None:
    made = hall.opened(paper=30)
    model: Any = ReviewMeeting
    version = version_of(session(), session.get_one(model, hall.meeting))
    change = {"reporters": hall.mandates[:2]}
    assert refused(write, hall.office, "review_meetings", change, row_id=hall.meeting, version=version) == {"vote_fixed"}
    void(hall.head, made.vote_id, "票面有误")
    write(hall.office, "review_meetings", change, row_id=hall.meeting, version=version)
    assert refused(erase, hall.head, "review_meetings", hall.meeting) == {"vote_kept"}
    activity = session.get_one(model, hall.meeting).activity_id
    assert refused(erase, hall.head, "activities", activity) == {"vote_kept"}


def paper(hall: Hall, made: Any, *grades: int, sheets_of: int = 30) -> None:
    """Both tellers count the same: so many ballots, each with these grades."""
    each = "".join(str(grade + 1) for grade in grades)
    for teller in papercount.TELLERS:
        papercount.enter(hall.office, made.vote_id, teller, sheets=[each] * sheets_of)


def test_two_tellers_disagree_mend_it_and_a_scrutineer_signs(session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=5, paper=31)
    hall.cast_all(made, 0)
    count_undealt(hall.office, made.vote_id, electronic=0, paper=1)
    close(hall.head, made.vote_id)
    assert vote_of(made.vote_id).state == COUNTING
    assert refused(announce, hall.head, made.vote_id) == {"vote_unsigned"}
    frozen = vote_of(made.vote_id).frozen
    first = frozen["lines"][0]
    papercount.enter(hall.office, made.vote_id, 1, sheets=["1111"] * 29 + ["0122"])
    assert refused(papercount.sign, hall.office, made.vote_id, "周正") == {"paper_one_entry"}
    votes = {str(line["mandate"]): {"satisfied": 29, "basically_satisfied": 1} for line in frozen["lines"]}
    papercount.enter(hall.office, made.vote_id, 2, returned=30, votes=votes)
    found = papercount.compare(session(), vote_of(made.vote_id))
    named = [(each.line.name if each.line else "", each.grade, each.first, each.second) for each in found or []]
    assert named == [
        (first["name"], "basically_satisfied", 0, 1), (frozen["lines"][1]["name"], "satisfied", 30, 29),
        (frozen["lines"][1]["name"], "basically_satisfied", 0, 1),
    ]
    assert refused(papercount.sign, hall.office, made.vote_id, "周正") == {"paper_differs"}
    papercount.enter(hall.office, made.vote_id, 2, sheets=["0122"] + ["1111"] * 29)
    assert refused(papercount.sign, hall.office, made.vote_id, "路人") == {"paper_no_scrutineer"}
    papercount.sign(hall.office, made.vote_id, "周正")
    assert refused(papercount.enter, hall.office, made.vote_id, 1, sheets=["1111"]) == {"paper_signed"}
    announce(hall.head, made.vote_id)
    vote = vote_of(made.vote_id)
    result = results_of(vote)[0]
    assert (vote.totals["issued"], vote.totals["returned"], result.valid, result.invalid) == (35, 35, 34, 1)
    assert {row.source for row in session.scalars(select(ReviewResult))} == {"system"}
    assert verify(session(), vote) == []


def test_more_ballots_back_than_dealt_make_the_vote_void_and_it_may_be_repeated_with_a_reason(session: Session, hall: Hall) -> None:
    made = hall.opened(paper=30)
    close(hall.head, made.vote_id)
    paper(hall, made, 0, 0, 0, 0, sheets_of=31)
    papercount.sign(hall.office, made.vote_id, "周正")
    announce(hall.head, made.vote_id)
    vote = vote_of(made.vote_id)
    assert (vote.state, vote.seal, counted(ReviewResult)) == (VOID, None, 0)
    assert "31" in vote.void_reason
    assert "30" in vote.void_reason
    assert refused(prepare, hall.office, hall.meeting, 0, 30) == {"vote_reason"}
    again = hall.opened(paper=30, reason="收回票数多于发出票数")
    assert refused(prepare, hall.office, hall.meeting, 0, 30, "再来") == {"vote_going_on"}
    close(hall.head, again.vote_id)
    paper(hall, again, 0, 1, 2, 3)
    papercount.sign(hall.office, again.vote_id, "吴平")
    announce(hall.head, again.vote_id)
    assert [vote.number for vote in votes_of(session(), hall.meeting)] == [2, 1]
    assert {row.source for row in session.scalars(select(ReviewResult))} == {"paper"}


def test_an_announced_vote_is_not_opened_again_and_a_repeat_takes_the_place_of_its_results(session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=6)
    hall.cast_all(made, 3)
    close(hall.head, made.vote_id)
    for verb, more in ((open_vote, ()), (close, ()), (void, ("又开",)), (announce, ()), (add_slips, (1, 0))):
        assert refused(verb, hall.head, made.vote_id, *more) == {"vote_state"}
    again = hall.opened(electronic=6, reason="有人代投")
    hall.cast_all(again, 0)
    close(hall.head, again.vote_id)
    assert {(row.satisfied, row.abstained) for row in session.scalars(select(ReviewResult))} == {(6, 0)}
    assert verify(session(), vote_of(again.vote_id)) == []


def test_what_is_changed_after_the_announcement_is_seen(session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=6)
    hall.cast_all(made, 2)
    close(hall.head, made.vote_id)

    def changed_by(statement: str) -> list[str]:
        session.rollback()
        session.connection().execute(text(statement))
        session.expire_all()
        found = [each.code for each in verify(session(), vote_of(made.vote_id))]
        session.rollback()
        return found

    first = hall.mandates[0]
    assert changed_by("UPDATE votes SET electronic_undealt = 1") == ["seal_broken"]
    assert changed_by("UPDATE votes SET reason = '改过'") == ["seal_broken"]
    assert changed_by(f"UPDATE review_results SET satisfied = 1, dissatisfied = 5 WHERE mandate_id = {first}") == ["seal_result_changed"]
    assert changed_by(f"UPDATE review_results SET seal = '0123456789abcdef' WHERE mandate_id = {first}") == ["seal_result_changed"]
    assert changed_by(f"DELETE FROM review_results WHERE mandate_id = {first}") == ["seal_result_missing"]
    vote = vote_of(made.vote_id)
    totals = {**vote.totals, "returned": 5}
    with write_transaction(db.session) as writing:
        writing.execute(update(Vote).values(totals=totals))
    assert "seal_broken" in [each.code for each in verify(session(), vote_of(made.vote_id))]


def test_ballots_that_somebody_added_moved_or_took_away_make_the_vote_void(session: Session, hall: Hall) -> None:
    def tampered(statement: str) -> str:
        made = hall.opened(electronic=3, reason="再投")
        for code in made.codes[:2]:
            casting.cast(made.ref, code, hall.ballot(0))
        with write_transaction(db.session) as writing:
            if statement:
                writing.connection().execute(text(statement))
            else:
                more = {"vote_id": made.vote_id, "place": sheets.new_place(), "ciphertext": bytes(sheets.SHEET_BYTES)}
                writing.execute(insert(VoteSheet), [more])
                writing.execute(update(VoteCode).values(used=True))
        close(hall.head, made.vote_id)
        vote = vote_of(made.vote_id)
        assert (counted(VoteSheet), keys.read(made.ref), counted(ReviewResult)) == (0, None, 0)
        return str(vote.state)

    flipped = "x'00'" if session.get_bind().dialect.name == "sqlite" else "'\\x00'::bytea"
    for statement in ("", "DELETE FROM vote_sheets", "DELETE FROM vote_codes", f"UPDATE vote_sheets SET ciphertext = {flipped}"):
        assert tampered(statement) == VOID


def test_a_vote_open_for_a_day_is_void_and_its_key_destroyed_whoever_asks_first(session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=3)
    casting.cast(made.ref, made.codes[0], hall.ballot(0))
    with later(23.9):
        assert casting.cast(made.ref, made.codes[1], hall.ballot(0)) == casting.COUNTED
    with later(24.1):
        assert refused(casting.cast, made.ref, made.codes[2], hall.ballot(0)) == {"ballot_late"}
    assert (vote_of(made.vote_id).state, keys.read(made.ref), counted(VoteSheet), counted(VoteCode)) == (VOID, None, 0, 0)
    swept, closed = hall.opened(electronic=1, reason="重来"), None
    with later(24.1):
        sweep()
    assert (vote_of(swept.vote_id).state, keys.read(swept.ref)) == (VOID, None)
    closed = hall.opened(electronic=1, reason="再来")
    with later(24.1):
        close(hall.head, closed.vote_id)
    assert (vote_of(closed.vote_id).state, keys.read(closed.ref)) == (VOID, None)


def test_a_key_left_by_a_power_cut_after_closing_is_destroyed_by_the_next_sweep(
    app: Flask, session: Session, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hall.opened(electronic=3, paper=30)
    hall.cast_all(made, 0)
    with monkeypatch.context() as cut:
        cut.setattr(keys, "destroy", lambda ref: None)
        close(hall.head, made.vote_id)
    assert keys.read(made.ref) is not None
    keys.make("orphaned")
    sweep()
    assert keys.read(made.ref) is None
    assert keys.read("orphaned") is not None, "it may belong to a vote that is being prepared"
    with clock.clock_at(clock.now() + timedelta(hours=2)):
        sweep()
    assert keys.read("orphaned") is None
    assert list(Path(app.config["BALLOT_KEYS"]).iterdir()) == []


def test_without_its_key_a_vote_takes_no_ballot_and_is_not_closed_but_may_be_void(session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=3)
    casting.cast(made.ref, made.codes[0], hall.ballot(0))
    assert [vote.ref for vote in casting.open_votes()] == [made.ref]
    keys.destroy(made.ref)
    assert casting.open_votes() == []
    assert refused(casting.cast, made.ref, made.codes[1], hall.ballot(0)) == {"ballot_no_key"}
    assert refused(close, hall.head, made.vote_id) == {"vote_no_key"}
    void(hall.head, made.vote_id, "密钥丢失")
    assert (vote_of(made.vote_id).state, counted(VoteSheet)) == (VOID, 0)


def test_who_may_do_what_with_a_vote(session: Session, hall: Hall) -> None:
    made = prepare(hall.office, hall.meeting, electronic=2, paper=2)
    assert refused(open_vote, hall.office, made.vote_id) == {"not_permitted"}
    presidium = Actor("主席", ("presidium",), 1, hall.head.station_id, hall.head.station_id)
    admin = Actor("管理员", ("admin",))
    for actor in (presidium, Actor("县", ("county",))):
        assert refused(prepare, actor, hall.meeting, 1, 1) == {"not_permitted"}
    stranger = Hall.with_voters(0, station="河东街道联络站").head
    for actor in (stranger, admin):
        with pytest.raises((NotThere, Refused)):
            void(actor, made.vote_id, "看看")
    with pytest.raises(NotThere):
        void(hall.head, 10**6, "没有")


def test_more_slips_may_be_printed_and_their_number_has_an_end(session: Session, hall: Hall) -> None:
    made = prepare(hall.office, hall.meeting, electronic=0, paper=10)
    open_vote(hall.head, made.vote_id)
    more = add_slips(hall.office, made.vote_id, 3, 1)
    vote = vote_of(made.vote_id)
    assert (len(set(more)), vote.electronic_printed, vote.paper_printed, counted(VoteCode)) == (3, 3, 11, 3)
    assert casting.cast(made.ref, more[0], hall.ballot(1)) == casting.COUNTED
    assert refused(add_slips, hall.office, made.vote_id, 1000, 0) == {"vote_many_slips"}
    assert refused(count_undealt, hall.office, made.vote_id, 4, 12) == {"vote_more_undealt"}
    assert refused(count_undealt, hall.office, made.vote_id, -1, 0) == {"too_small"}


def test_votes_are_in_no_ledger_history_search_or_export(session: Session, hall: Hall) -> None:
    made = hall.opened(electronic=2)
    hall.cast_all(made, 0)
    names = set(db.inspect(db.engine).get_table_names())
    for table in names - {"votes", "vote_codes"}:
        rows = " ".join(str(tuple(row)) for row in session.connection().execute(text(f'SELECT * FROM "{table}"')))
        assert not any(code in rows for code in made.codes), table
    assert not {"votes", "vote_codes", "vote_sheets", "vote_paper_entries"} & set(LEDGERS)
    assert repr(made).count(made.codes[0]) == 0
