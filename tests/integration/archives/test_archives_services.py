"""Numbers, loans and checks as they are written, on both databases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from app.archives.models import ArchiveCheck, ArchiveFile, ArchiveLoan
from app.archives.round.models import ArchiveFault
from app.core import clock
from app.core.access.actor import Actor, program
from app.core.records.saving import version_of
from app.core.records.writing import erase, write
from app.core.refusals import Refused

pytestmark = pytest.mark.both_databases

Session = scoped_session[Any]


@pytest.fixture
def archivist(session: Session) -> Actor:
    station = write(Actor("设置", ("admin",)), "stations", {"name": "青石镇联络站", "kind": "township"})
    return Actor("档案管理员", ("archivist",), station_id=station)


def filed(session: Session, actor: Actor, **values: Any) -> ArchiveFile:
    given = {"title": "代表活动记录", "fonds_no": "Z109", "year": "2025", "retention": "years30", "filed_on": "2026-03-01"} | values
    return session.get(ArchiveFile, write(actor, "archive_files", given))  # type: ignore[return-value]


def changed(session: Session, actor: Actor, row: Any, **values: Any) -> Any:
    write(actor, row.__tablename__, values, row_id=row.id, version=version_of(session(), row))
    session.refresh(row)
    return row


def test_items_are_numbered_without_gaps_within_their_class(session: Session, archivist: Actor) -> None:
    numbers = [filed(session, archivist).file_no for _ in range(3)]
    other = filed(session, archivist, retention="permanent").file_no
    assert numbers == ["Z109-WS·2025-D30-0001", "Z109-WS·2025-D30-0002", "Z109-WS·2025-D30-0003"]
    assert other == "Z109-WS·2025-Y-0001"


def test_a_refused_document_takes_no_number(session: Session, archivist: Actor) -> None:
    filed(session, archivist)
    with pytest.raises(Refused):
        filed(session, archivist, file_no="Z109-WS·2025-D30-0001")
    assert filed(session, archivist).item_no == 2


def test_a_number_from_paper_is_kept_and_the_next_follows_it(session: Session, archivist: Actor) -> None:
    assert filed(session, archivist, file_no="Z109-WS·2025-D30-0015").item_no == 15
    assert filed(session, archivist, item_no="20").file_no == "Z109-WS·2025-D30-0020"
    assert filed(session, archivist).item_no == 21
    assert filed(session, archivist, file_no="旧档2011-长期-7").item_no is None


def test_fonds_and_year_need_not_be_typed(session: Session, archivist: Actor) -> None:
    write(program(archivist.station_id, "test"), "settings", {"name": "fonds_number", "value": "Z200", "station_id": archivist.station_id})
    assert filed(session, archivist, fonds_no="", year="", dated_on="2024-06-01").file_no == "Z200-WS·2024-D30-0001"


def test_a_document_without_date_and_year_is_asked_for_the_year(session: Session, archivist: Actor) -> None:
    with pytest.raises(Refused) as refused:
        filed(session, archivist, year="")
    assert [(each.code, each.field) for each in refused.value.refusals] == [("required", "year")]


def test_a_document_moved_to_another_class_gets_the_next_number_there(session: Session, archivist: Actor) -> None:
    filed(session, archivist, retention="permanent")
    row = changed(session, archivist, filed(session, archivist), retention="permanent")
    assert (row.item_no, row.file_no) == (2, "Z109-WS·2025-Y-0002")


def test_a_changed_title_leaves_the_number(session: Session, archivist: Actor) -> None:
    filed(session, archivist)
    row = changed(session, archivist, filed(session, archivist), title="代表活动记录（修订）")
    assert row.file_no == "Z109-WS·2025-D30-0002"


def test_a_file_that_is_out_cannot_be_lent_again_until_it_is_back(session: Session, archivist: Actor) -> None:
    file = filed(session, archivist)
    loan = session.get(ArchiveLoan, write(archivist, "archive_loans", {"file": file.id, "borrower": "王芳", "out_on": "2026-03-02"}))
    assert loan is not None
    assert loan.state == "out"
    again = {"file": file.id, "borrower": "李强", "out_on": "2026-03-05"}
    with pytest.raises(Refused) as refused:
        write(archivist, "archive_loans", again)
    assert refused.value.codes == {"file_not_back"}
    assert changed(session, archivist, loan, back_on="2026-03-05", condition="intact").state == "returned"
    write(archivist, "archive_loans", again)


def test_the_database_itself_lends_a_file_once(session: Session, archivist: Actor) -> None:
    file = filed(session, archivist)
    write(archivist, "archive_loans", {"file": file.id, "borrower": "王芳", "out_on": "2026-03-02"})
    row = {"station_id": archivist.station_id, "file_id": file.id, "borrower": "李强", "out_on": date(2026, 3, 5), "state": "out"}
    with pytest.raises(IntegrityError):
        session.connection().execute(insert(ArchiveLoan.__table__).values(version=1, uid="second", **row))  # type: ignore[arg-type]
    session.rollback()


POINTS = [{"point": "防火", "ok": True, "words": ""}, {"point": "防潮", "ok": False, "words": "墙角返潮"}]


def test_a_check_goes_from_fault_to_re_checked(session: Session, archivist: Actor) -> None:
    with clock.clock_at(datetime(2026, 3, 20, 9)):
        row = session.get(ArchiveCheck, write(archivist, "archive_checks", {
            "checked_on": "2026-03-10", "room": "档案室", "checker": "档案管理员", "points": POINTS, "humidity": "74"}))
        assert row is not None
        assert row.state == "fault"
        fault = session.scalars(select(ArchiveFault)).one()
        fault = changed(session, archivist, fault, remedy="已开启除湿机", put_right_by="档案管理员", put_right_on="2026-03-12")
        assert (fault.state, row.state) == ("put_right", "put_right")
        assert changed(session, archivist, fault, rechecked_on="2026-03-15").state == "rechecked"
        assert row.state == "rechecked"


@pytest.mark.parametrize(("values", "code"), [
    ({"put_right_on": "2026-03-09", "put_right_by": "王芳"}, "before_found"), ({"due_on": "2026-03-09"}, "before_found"),
    ({"put_right_on": "2026-03-21", "put_right_by": "王芳"}, "after_today"), ({"put_right_on": "2026-03-12"}, "required"),
    ({"rechecked_on": "2026-03-12"}, "rechecked_unmended"),
    ({"put_right_on": "2026-03-12", "put_right_by": "王芳", "rechecked_on": "2026-03-11"}, "before"),
])
def test_a_fault_is_put_right_after_it_was_found_and_re_checked_after_that(
    session: Session, archivist: Actor, values: dict[str, Any], code: str
) -> None:
    with clock.clock_at(datetime(2026, 3, 20, 9)):
        write(archivist, "archive_checks", {"checked_on": "2026-03-10", "room": "档案室", "checker": "档案管理员", "points": POINTS})
        fault = session.scalars(select(ArchiveFault)).one()
        with pytest.raises(Refused) as refused:
            changed(session, archivist, fault, **values)
    assert refused.value.codes == {code}


def test_a_fault_entered_by_itself_stands_in_its_check_and_stays(session: Session, archivist: Actor) -> None:
    def words() -> dict[str, str]:
        session.expire_all()
        return {each["point"]: each["words"] for each in session.get_one(ArchiveCheck, check).points if not each["ok"]}

    with clock.clock_at(datetime(2026, 3, 20, 9)):
        check = write(
            archivist, "archive_checks", {"checked_on": "2026-03-10", "room": "档案室", "checker": "档案管理员", "points": POINTS}
        )
        added = write(archivist, "archive_faults", {"check": check, "point": "防火", "words": "灭火器过期"})
        assert words() == {"防火": "灭火器过期", "防潮": "墙角返潮"}
        with pytest.raises(Refused) as refused:
            write(archivist, "archive_faults", {"check": check, "point": "防火", "words": "又一次"})
        assert refused.value.codes == {"taken"}
        with pytest.raises(Refused) as refused:
            write(archivist, "archive_faults", {"check": check, "point": "防蛇", "words": "没有的检查点"})
        assert refused.value.codes == {"point_unknown"}
        with pytest.raises(Refused) as refused:
            erase(archivist, "archive_faults", added)
        assert refused.value.codes == {"fault_of_check"}
        assert words() == {"防火": "灭火器过期", "防潮": "墙角返潮"}
        row = session.get_one(ArchiveCheck, check)
        changed(session, archivist, row, points=[{**each, "ok": True, "words": ""} for each in POINTS])
        assert session.scalars(select(ArchiveFault)).all() == []
        assert session.get_one(ArchiveCheck, check).state == "in_order"


@pytest.mark.parametrize(("values", "code"), [
    ({"checked_on": "2026-03-21"}, "after_today"), ({"humidity": "101"}, "too_large"), ({"temperature": "-31"}, "too_small"),
    ({"points": []}, "required"), ({"points": [{"point": "防火", "ok": None}]}, "point_not_judged"),
])
def test_a_check_that_cannot_be_is_refused(session: Session, archivist: Actor, values: dict[str, Any], code: str) -> None:
    good = {"checked_on": "2026-03-10", "room": "档案室", "checker": "档案管理员", "points": POINTS}
    with clock.clock_at(datetime(2026, 3, 20, 9)), pytest.raises(Refused) as refused:
        write(archivist, "archive_checks", good | values)
    assert refused.value.codes == {code}


def test_a_closed_set_and_its_state_hold_in_the_database(session: Session, archivist: Actor) -> None:
    with clock.clock_at(datetime(2026, 3, 20, 9)):
        write(program(archivist.station_id, "test"), "archive_checks", {
            "checked_on": "2026-03-10", "room": "档案室", "checker": "档案管理员", "points": POINTS})
    with pytest.raises(IntegrityError):
        session.connection().execute(update(ArchiveFault.__table__).values(state="rechecked"))  # type: ignore[arg-type]
    session.rollback()
