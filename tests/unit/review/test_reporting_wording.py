"""What a duty report, a meeting's minutes and its report upward say by themselves; what no ledger knows stays blank (S9-3)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.review.reporting.rules import HEADINGS
from app.review.reporting.wording import MOST_LETTERS, Count, Meeting, Record, as_facts, clipped, minutes, report, upward

numbers = st.integers(0, 40)
titles = st.lists(st.text("修路灯水渠", min_size=1, max_size=80), max_size=9)


def test_without_a_record_every_heading_stays_blank() -> None:
    assert report(Record()) == dict.fromkeys(HEADINGS, "")


@given(receptions=numbers, visits=numbers, opinions=numbers, deeds=titles, invited=numbers, leave=numbers, studies=titles)
def test_a_report_tells_each_figure_and_never_a_zero(
    receptions: int, visits: int, opinions: int, deeds: list[str], invited: int, leave: int, studies: list[str]
) -> None:
    told = report(Record(
        receptions=receptions, visits=visits, opinions=opinions, deeds=deeds, invited=invited, on_leave=leave, studies=studies))
    assert list(told) == list(HEADINGS)
    assert told["own_post"] == ""
    counted = {"at {} receptions": receptions, "people {} times": visits, "in {} opinions": opinions, "did {} deeds": len(deeds)}
    for words, number in counted.items():
        assert (words.format(number) in told["voters"]) == (number > 0)
    assert bool(told["group_activities"]) == (invited > 0)
    assert bool(told["shortcomings"]) == (leave > 0)
    assert bool(told["learning"]) == bool(studies)
    assert "0" not in told["shortcomings"].replace(str(leave), "")


@given(st.text(max_size=300))
def test_a_title_is_one_line_of_so_many_letters(words: str) -> None:
    assert len(clipped(words).splitlines()) <= 1
    assert len(clipped(words)) <= MOST_LETTERS


VOTES = {"满意": 22, "基本满意": 7, "不满意": 2, "弃权": 1}
COUNT = Count("叶雪", VOTES, 34, 33, 32, 1, Decimal("68.8"), "a1b2c3d4e5f60718", "2026年3月17日11:00")
MEETING = Meeting(
    "青石镇联络站", "评议会", "2026年3月17日9:00", place="礼堂", audience="Voters", chair="周敏", reporters=("叶雪",),
    names={"present": ["叶雪", "宋斌"], "absent": ["石春"]}, representatives=34, signed_in=33, voiced="叶雪：多走访", counts=(COUNT,),
    seal="a1b2 c3d4 e5f6 0718",
)


PARTS = (
    "3 deputies were to come, 2 came", "34 voters' representatives", "33 signed in", "叶雪：多走访", "满意 22", "satisfied 68.8%",
    "issued 34, returned 33, valid 32, invalid 1", "a1b2 c3d4 e5f6 0718", "Chair: 周敏",
)


def test_minutes_and_report_tell_presence_opinions_and_the_sealed_count() -> None:
    for text in (minutes(MEETING), upward(MEETING)):
        for part in PARTS:
            assert part in text
        assert "None" not in text


def test_what_nobody_entered_has_a_line_to_be_written() -> None:
    bare = minutes(Meeting("站", "会", "今天"))
    assert bare.count("(To be written.)") == 4
    assert "signed in" not in bare


def test_the_count_on_paper_has_a_line_for_each_deputy() -> None:
    (line,) = as_facts([COUNT])
    assert (line["no"], line["name"], line["satisfied"], line["basically"], line["share"], line["seal"]) == (
        "1", "叶雪", "22", "7", "68.8%", "a1b2c3d4e5f60718")
