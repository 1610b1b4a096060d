"""An import from the command line, told in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused

from .models import Import
from .outcome import Outcome
from .services import matched, offer, perform, read

_STANDINGS = {"new": "新增", "changed": "变更", "same": "相同", "wrong": "有误", "choice": "待选择"}


def import_file(actor: Actor, station_id: int, name: str, content: bytes, *, keep: bool) -> Iterator[str]:
    """Import a workbook, or rehearse it; gives what is to be printed. Raises Refused where the file cannot be read."""
    offered = offer(db.session(), actor, station_id, read(content, name))
    if not matched(offered):
        raise Refused(Refusal("nothing_to_import"))

    def finish(writing: Writing, outcome: Outcome) -> None:
        writing.session.add(
            Import(
                station_id=station_id, account_id=actor.account_id, by=actor.name, file_name=name[-200:], state="done",
                outcome=outcome.kept(), change_set=writing.id, matches={}, answers={}))

    outcome = perform(actor, station_id, offered, {}, lambda done, total: None, keep=keep, reason=f"导入 {name}"[:200], finish=finish)
    yield from _told(outcome, [each.grid.name for each in offered if each.match is None], keep)


def _told(outcome: Outcome, alone: list[str], kept: bool) -> Iterator[str]:
    for sheet in outcome.sheets:
        counts = "，".join(f"{label} {sheet.counts.get(code, 0)}" for code, label in _STANDINGS.items())
        yield f"工作表“{sheet.name}”→ {sheet.label}：{counts}"
        for line in sheet.refused:
            for reason in line.reasons:
                beside = f"{reason.heading}（{reason.cell}）：" if reason.cell else ""
                yield f"  第 {line.number} 行 {line.title}：{beside}{reason.sentence}"
                for _row_id, choice in reason.choices:
                    yield f"      可选：{choice}"
    for name in alone:
        yield f"工作表“{name}”不是本系统的台账，未导入"
    for ledger, text, words in outcome.proposed:
        yield f"新增{_label(ledger)}：{text}（{words}）"
    for ledger, counted in outcome.written.items():
        yield f"{_label(ledger)}：新增 {counted['new']} 条，变更 {counted['changed']} 条"
    if not outcome.changes_something:
        yield "台账没有变化"
    yield "已导入" if kept else "试导入完成，未写入任何内容"


def _label(ledger: str) -> Any:
    return LEDGERS[ledger].entry.label
