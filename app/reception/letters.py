"""Letters about opinions and suggestions: the suggestion's form, the letter of supervision, the letter of answer (S8-3 to S8-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.titles import titles_of
from app.core.lists.listing import Row
from app.core.paperwork.papers import Form, Reading, Sheet, Slot
from app.paper import boxes, long_date

from .forms import HEAD
from .outcomes import RESULTS, VERDICTS

SUGGESTION = (
    "number", "title", "deputy", "deputy.phone", "deputy.unit", "co_signers", "submitted_on", "content", "level", "organ", "co_organs",
    "handed_over_on", "due", "returned_on", "returned_organ", "returned_reason", "complex", "complex_reason", "answered_on", "answer",
    "result", "verdict", "asked_on", "dissatisfied_because", "again_on", "again_due", "again_answered_on", "again_answer", "again_result",
    "again_verdict",
)
DAYS = ("submitted_on", "handed_over_on", "due", "answered_on", "asked_on", "again_on", "again_due", "again_answered_on")
SUPERVISION = (
    "supervised_on", "by_whom", "finding", "assignment", "assignment.number", "assignment.organ", "assignment.assigned_on",
    "assignment.due", "assignment.opinion.words", "suggestion", "suggestion.number", "suggestion.organ", "suggestion.handed_over_on",
    "suggestion.due", "suggestion.title",
)
REPLY = (
    "replied_on", "answer", "answered_by", "answerer", "opinion.number", "opinion.heard_on", "opinion.voter_name", "opinion.anonymous",
    "opinion.words",
)


def suggestion_form(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """One matter, its lead and co-signers with their certificates, and what became of it."""
    rows = reading.rows("suggestions", ids, SUGGESTION)
    certificates = _certificates(reading, {each for row in rows for each in (row.values["deputy"], *row.values["co_signers"])})
    sheets = []
    for row in rows:
        head, texts = reading.letterhead("suggestions", row.id), row.texts
        names = titles_of(reading.session, [("deputies", each) for each in row.values["co_signers"]])
        signers = [{"name": name, "certificate": certificates.get(each, "")} for (_key, each), name in names.items()]
        facts = {
            "station": head.station,
            "office": head.office,
            **{name: texts[name] for name in ("number", "title", "deputy", "content", "level", "organ", "co_organs")},
            "phone": texts["deputy.phone"],
            "unit": texts["deputy.unit"],
            "certificate": certificates.get(row.values["deputy"], ""),
            **{name: long_date(row.values[name]) for name in DAYS},
            "term": _term_in_words(row),
            "returned": f"{long_date(row.values['returned_on'])}　{texts['returned_organ']}　{texts['returned_reason']}".strip(),
            **{name: texts[name] for name in ("answer", "dissatisfied_because", "again_answer")},
            "signers": signers or [{"name": "", "certificate": ""}],
            "result": boxes(RESULTS.labels.items(), row.values["result"], in_a_line=2),
            "verdict": boxes(VERDICTS.labels.items(), row.values["verdict"]),
            "again_result": texts["again_result"],
            "again_verdict": texts["again_verdict"],
        }
        sheets.append(Sheet(f"{gettext('Form of a suggestion between sessions')}{texts['number']}", head.station_id, facts))
    return sheets


def _term_in_words(row: Row) -> str:
    """Three months, or six with the reason (代表法 art. 51)."""
    if row.values["handed_over_on"] is None:
        return ""
    if row.values["complex"]:
        return gettext("Complex, answered within six months: %(why)s", why=row.texts["complex_reason"])
    return gettext("To be answered within three months of the handing over")


def _certificates(reading: Reading, deputies: set[int]) -> dict[int, str]:
    """The certificate numbers of those in office, as their reader may see them."""
    mandates: Any = LEDGERS["mandates"]
    ids = [
        row.id
        for row in reading.session.query(mandates.id).filter(mandates.deputy_id.in_(deputies)).order_by(mandates.elected_on, mandates.id)
    ]
    held = [row for row in reading.rows("mandates", ids, ("deputy", "certificate", "state")) if row.texts["certificate"]]
    return {row.values["deputy"]: row.texts["certificate"] for row in sorted(held, key=lambda row: row.values["state"] == "active")}


def supervision_letter(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """To the organ that has not answered yet."""
    sheets = []
    for row in reading.rows("supervision", ids, SUPERVISION):
        head = reading.letterhead("supervision", row.id)
        facts = {"station": head.station, "office": head.office, **_supervised(row)}
        facts |= {"by_whom": row.texts["by_whom"], "finding": row.texts["finding"], "made_on": long_date(row.values["supervised_on"])}
        sheets.append(Sheet(f"{facts['organ']}{gettext('Letter of supervision')}", head.station_id, facts))
    return sheets


def _supervised(row: Row) -> Mapping[str, str]:
    sheet = ("assignment", "assigned_on", "opinion.words")
    of, day, what = sheet if row.values["assignment"] else ("suggestion", "handed_over_on", "title")
    number, since, due = row.texts[f"{of}.number"], long_date(row.values[f"{of}.{day}"]), long_date(row.values[f"{of}.due"])
    if due:
        told = gettext("No. %(number)s was handed to you on %(since)s, to be answered by %(due)s.", number=number, since=since, due=due)
    else:
        told = gettext("No. %(number)s was handed to you on %(since)s.", number=number, since=since)
    return {"organ": row.texts[f"{of}.organ"], "number": number, "matter": row.texts[f"{of}.{what}"], "due": due, "sentence": told}


def answer_letter(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """The answer in writing, to whoever put the opinion forward."""
    sheets = []
    for row in reading.rows("replies", ids, REPLY):
        head, texts = reading.letterhead("replies", row.id), row.texts
        heard = long_date(row.values["opinion.heard_on"])
        facts = {
            "station": head.station,
            "office": head.office,
            "number": texts["opinion.number"],
            "addressee": texts["opinion.voter_name"] if not row.values["opinion.anonymous"] else "",
            "sentence": gettext("The opinion that you put forward on %(day)s (no. %(number)s):", day=heard, number=texts["opinion.number"]),
            "words": texts["opinion.words"],
            "answer": texts["answer"],
            "answerer": texts["answerer"] or texts["answered_by"],
            "made_on": long_date(row.values["replied_on"]),
        }
        sheets.append(Sheet(f"{gettext('Letter of answer')}{texts['opinion.number']}", head.station_id, facts))
    return sheets


NUMBER = Slot("number", _("Opinion no."), "2026-001")
MADE_ON = Slot("made_on", _("Made on"), "2026年6月9日")
SENTENCE = Slot("sentence", _("The whole sentence"), "2026-001号交办单已于2026年3月9日交你单位办理，应于2026年6月9日前答复。")
FORMS = (
    Form(
        "suggestion_form",
        _("Form of a suggestion between sessions"),
        "suggestions",
        (
            *HEAD,
            Slot("number", _("Suggestion no."), "2026-001"),
            Slot("title", _("Suggestion title"), "关于整修村口道路的建议"),
            Slot("deputy", _("Lead deputy"), "石春"),
            Slot("certificate", _("Certificate no."), "0501"),
            Slot("phone", _("Phone"), "13600000000"),
            Slot("unit", _("Work unit and post"), "青石村党支部书记"),
            Slot("submitted_on", _("Submitted on"), "2026年3月5日"),
            Slot("content", _("Text of the suggestion"), "村口路面破损，雨天积水，建议列入养护计划。"),
            Slot(
                "signers",
                _("A line for each co-signer"),
                line=(Slot("name", _("Name"), "解明"), Slot("certificate", _("Certificate no."), "0502")),
            ),
            Slot("level", _("Directed to"), "县级单位"),
            Slot("organ", _("Lead organ"), "县交通运输局"),
            Slot("co_organs", _("Assisting organs"), "县财政局"),
            Slot("handed_over_on", _("Handed over on"), "2026年3月9日"),
            Slot("due", _("To be answered by"), "2026年6月9日"),
            Slot("term", _("Three months, or six with the reason"), "自交办之日起三个月内答复"),
            Slot("returned", _("Return: day, organ and reason"), "2026年3月6日　青石镇村镇建设所　该路属县道"),
            Slot("answered_on", _("Answered on"), "2026年5月20日"),
            Slot("answer", _("Text of the answer"), "已列入养护计划，六月底前完工。"),
            Slot("asked_on", _("Verdict given on"), "2026年5月22日"),
            Slot("dissatisfied_because", _("Dissatisfied because"), "没有说明完工时间"),
            Slot("again_on", _("Handled again from"), "2026年5月25日"),
            Slot("again_due", _("To be answered again by"), "2026年8月25日"),
            Slot("again_answered_on", _("Answered again on"), "2026年6月30日"),
            Slot("again_answer", _("What the organ answered again"), "已完工并验收。"),
            Slot("again_result", _("Result of the second handling"), "A：已解决"),
            Slot("again_verdict", _("Verdict on the second handling"), "满意"),
            Slot("result", _("All results, the right one ticked"), "☑A：已解决　□B：正在解决"),
            Slot("verdict", _("All degrees of satisfaction, the right one ticked"), "☑满意　□基本满意"),
        ),
        suggestion_form,
        reads=("mandates",),
    ),
    Form(
        "supervision_letter",
        _("Letter of supervision"),
        "supervision",
        (
            *HEAD,
            NUMBER,
            Slot("organ", _("Lead organ"), "青石镇村镇建设所"),
            SENTENCE,
            Slot("matter", _("The matter"), "村口路面破损，雨天积水。"),
            Slot("due", _("To be answered by"), "2026年6月9日"),
            Slot("finding", _("Finding of the supervision"), "尚未动工。"),
            Slot("by_whom", _("Supervised by"), "青石镇人大主席团"),
            MADE_ON,
        ),
        supervision_letter,
    ),
    Form(
        "answer_letter",
        _("Letter of answer"),
        "replies",
        (
            *HEAD,
            NUMBER,
            Slot("addressee", _("Voter's name"), "张桂花"),
            Slot("sentence", _("The whole sentence"), "您于2026年3月3日反映的意见（2026-001号）："),
            Slot("words", _("Opinion as spoken"), "村口路面破损，雨天积水。"),
            Slot("answer", _("Answer"), "路面已修复。"),
            Slot("answerer", _("Name of who answered"), "仇兰"),
            MADE_ON,
        ),
        answer_letter,
    ),
)
