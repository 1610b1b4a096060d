"""One opinion of each kind: the steps of its whole way and what is answered to them. `organ` stands for the station's own organ."""

from __future__ import annotations

from typing import Any

SHEET = {"assignments.organ": "organ", "assignments.assigned_on": "2026-11-02"}
SIGN = ("sign", {"assignments.signed_by": "王主席"})
RECEIVE = ("receive", {"assignments.received_by": "李所长"})
ANSWER = ("answer", {"replies.form": "written", "replies.answer": "已修复"})
PLEASED = ("ask", {"replies.satisfaction": "satisfied"})
DISPLEASED = ("ask", {"replies.satisfaction": "dissatisfied", "replies.dissatisfied_because": "没有修好"})
SPOKEN = {"replies.replied_on": "2026-11-02", "replies.form": "in_person", "replies.answer": "当场说明"}
ENDS = (("close", {}), ("file", {}))
WAYS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "当场答复": [("answer_on_spot", SPOKEN), PLEASED, *ENDS],
    "咨询后答复": [("answer_after_enquiry", SPOKEN), PLEASED, *ENDS],
    "解释说明": [("explain", {"explained_reason": "unlawful", "legal_basis": "土地管理法", **SPOKEN}), PLEASED, *ENDS],
    "情况不明": [("gather", {}), ("pass_on", {}), ("draw_up", SHEET), SIGN, RECEIVE, ANSWER, PLEASED, *ENDS],
    "转交办满意": [("pass_on", {}), ("draw_up", SHEET), SIGN, RECEIVE, ("remind", {}), ANSWER, PLEASED, *ENDS],
    "第二次办理": [
        ("draw_up", SHEET), SIGN, RECEIVE, ANSWER, DISPLEASED,
        ("handle_again", {"replies.dissatisfied_because": "没有修好", **SHEET}), SIGN, RECEIVE, ANSWER, PLEASED, *ENDS,
    ],
    "退办": [
        ("draw_up", SHEET), SIGN, ("return", {"assignments.returned_reason": "不属本单位职责"}), ("draw_up", SHEET), SIGN, RECEIVE,
        ANSWER, PLEASED, *ENDS,
    ],
    "涉法涉诉": [("refer", {"referred_to": "organ"}), ANSWER, PLEASED, *ENDS],
}
