"""The way of an opinion: heard, answered, explained, gathered or assigned, supervised, answered again, closed, filed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from .matters import BASES, LAWSUITS, MATTERS, RETURNED, Matter
from .names import mobile
from .people import Deputy, Office
from .suggestions import own_organ, suggest, supervise


class Opinions:
    """Hears opinions for one office and sees to what becomes of them."""

    def __init__(self, office: Office) -> None:
        self.office, self.luck = office, office.luck

    def hear(self, day: date, source: dict[str, Any], deputy: Deputy) -> None:
        luck, office = self.luck, self.office
        if luck.random() < 0.03:
            self._lawsuit(day, source, deputy)
            return
        matter = luck.choice(MATTERS)
        handling = (
            "to_assign"
            if matter.title
            else luck.choice(
                ("answered_on_spot",) * 4 + ("answered_after_enquiry",) * 3 + ("explained",) * 2 + ("to_gather",) * 2 + ("to_assign",) * 9
            )
        )
        values = (
            self._person(deputy)
            | source
            | {
                "heard_on": day,
                "deputy": deputy.id,
                "recorder": office.staff["second"],
                "category": matter.category,
                "handling": handling,
                "words": self._fill(matter.words),
            }
        )
        if handling == "explained":
            values |= {"explained_reason": luck.choice(("unlawful", "unfeasible")), "legal_basis": luck.choice(BASES)}
        row = office.save("opinions", values, by=office.people["second"])
        opinion_id, anonymous = int(row.id), bool(values.get("anonymous"))
        if handling in ("answered_on_spot", "explained"):
            self._answer(opinion_id, day, day, matter, "deputy", deputy.name, anonymous, form="in_person")
        elif handling == "answered_after_enquiry" and luck.random() < 0.06:
            return  # entered and forgotten: it stays where it was registered
        elif handling == "answered_after_enquiry":
            later = office.workday(day, luck.randint(2, 8))
            office.at(
                later, 15, lambda: self._answer(opinion_id, day, later, matter, "staff", office.people["liaison"], anonymous, form="phone")
            )
        elif handling == "to_gather":
            self._gather(opinion_id, day, matter, anonymous)
        elif matter.title:
            self._pass_up(opinion_id, day, matter, deputy, anonymous)
        else:
            self._assign_in_time(opinion_id, day, matter, anonymous)

    def _fill(self, words: str) -> str:
        return words.format(v=self.office.village(), g=self.luck.randint(1, 12), n=self.luck.randint(3, 30))

    def _person(self, deputy: Deputy) -> dict[str, Any]:
        luck = self.luck
        village = deputy.village if luck.random() < 0.5 else self.office.village()
        if luck.random() < 0.06:
            return {"anonymous": True, "village": village}
        return {
            "voter_name": self.office.voter(),
            "voter_phone": mobile(luck) if luck.random() < 0.9 else "",
            "village": village,
            "voter_address": f"{village}{luck.randint(1, 12)}组{luck.randint(1, 90)}号" if luck.random() < 0.7 else "",
            "co_signers": luck.choice((None, None, None, 2, 5, 11)),
            "confidential": luck.random() < 0.05,
        }

    def _lawsuit(self, day: date, source: dict[str, Any], deputy: Deputy) -> None:
        office = self.office
        words, organ, answer = self.luck.choice(LAWSUITS)
        row = office.save(
            "opinions",
            self._person(deputy)
            | source
            | {
                "anonymous": False,
                "voter_name": office.voter(),
                "heard_on": day,
                "deputy": deputy.id,
                "recorder": office.staff["second"],
                "category": "other",
                "law_related": True,
                "words": words,
                "handling": "explained",
                "explained_reason": "unfeasible",
                "legal_basis": "司法机关依法独立办案",
                "referred_to": office.county.organs[organ],
                "referred_on": office.workday(day, 2),
            },
            by=office.people["second"],
        )
        self._answer(row.id, day, day, Matter("other", words, organ, answer), "deputy", deputy.name, False, form="in_person")

    def _gather(self, opinion_id: int, day: date, matter: Matter, anonymous: bool) -> None:
        """What was unclear is looked into; some of it lies for a long time."""
        office = self.office
        if self.luck.random() < 0.15:
            return
        later = office.workday(day, self.luck.randint(4, 12))

        def decide() -> None:
            office.edit("opinions", opinion_id, {"handling": "to_assign"}, by=office.people["liaison"])
            self._assign(opinion_id, day, later, matter, anonymous)

        office.at(later, 9, decide)

    def _assign_in_time(self, opinion_id: int, day: date, matter: Matter, anonymous: bool) -> None:
        """Seven working days are the limit; one in twelve takes longer, a few are never assigned."""
        office = self.office
        if self.luck.random() < 0.04:
            return
        assigned = office.workday(day, self.luck.randint(9, 14) if self.luck.random() < 0.08 else self.luck.randint(2, 6))
        office.at(assigned, 10, lambda: self._assign(opinion_id, day, assigned, matter, anonymous))

    def _assign(self, opinion_id: int, heard: date, day: date, matter: Matter, anonymous: bool, again: bool = False) -> None:
        """A sheet is drawn up and signed; the organ takes it, or sends it back once."""
        office, luck = self.office, self.luck
        name, organ = own_organ(office, matter.organ)
        due = day + timedelta(days=30 if again else 60)
        assisting = [each for each in (office.own_organ(),) if each != organ] if luck.random() < 0.2 else []
        row = office.save(
            "assignments",
            {
                "opinion": opinion_id,
                "assigned_on": day,
                "organ": organ,
                "co_organs": assisting,
                "due": due,
                "instruction": ("群众对上次答复不满意，请重新研究，" if again else "请核实情况，")
                + f"于{due:%m月%d日}前书面答复来访人并抄送联络站。",
            },
            by=office.people["liaison"],
        )
        signed = office.workday(day, luck.choice((0, 0, 1)))
        office.at(
            signed,
            16,
            lambda: office.edit(
                "assignments", row.id, {"signed_by": office.people["board"], "signed_on": signed}, by=office.people["board"]
            ),
        )
        received = office.workday(signed, luck.randint(1, 2))
        if not again and luck.random() < 0.05:
            reason = luck.choice(RETURNED)

            def return_sheet() -> None:
                office.edit("assignments", row.id, {"returned_on": received, "returned_reason": reason}, by=office.people["liaison"])
                following = office.workday(received, 1)
                office.at(following, 9, lambda: self._assign(opinion_id, heard, following, matter, anonymous, again=True))

            office.at(received, 15, return_sheet)
            return
        office.at(
            received,
            15,
            lambda: office.edit(
                "assignments", row.id, {"received_by": office.voter(), "received_on": received}, by=office.people["liaison"]
            ),
        )
        if luck.random() < (0.3 if again else 0.06):
            supervise(office, {"assignment": row.id}, due + timedelta(days=3))
            return
        late = luck.random() < 0.1
        replied = office.workday(due if late else received, luck.randint(3, 12) if late else luck.randint(5, 30))
        if late or luck.random() < 0.2:
            supervise(office, {"assignment": row.id}, min(replied, due) - timedelta(days=2))
        office.at(
            replied,
            11,
            lambda: self._answer(
                opinion_id, heard, replied, matter, luck.choice(("organ_head", "staff")), name, anonymous, assignment=row.id, again=again
            ),
        )

    def _answer(
        self,
        opinion_id: int,
        heard: date,
        day: date,
        matter: Matter,
        who: str,
        name: str,
        anonymous: bool,
        *,
        form: str = "",
        assignment: int | None = None,
        again: bool = False,
    ) -> None:
        """An answer and what the person says to it; who is not satisfied is heard once more."""
        office, luck = self.office, self.luck
        says = luck.choices(("satisfied", "mostly", "dissatisfied", "not_obtained"), (70, 18, 8, 4))[0]
        if anonymous:
            says = "not_obtained"
        elif again and says == "dissatisfied":
            says = "mostly"
        values: dict[str, Any] = {
            "opinion": opinion_id,
            "assignment": assignment,
            "replied_on": day,
            "form": form or luck.choice(("written", "phone", "in_person", "written")),
            "answered_by": who,
            "answerer": name,
            "answer": self._fill(matter.answer),
        }
        if anonymous:
            values["form"] = "posted"
        row = office.save("replies", values, by=office.people["liaison"])
        asked = day if who == "deputy" else office.workday(day, luck.randint(1, 4))

        def ask() -> None:
            reason = (
                {"not_obtained_reason": "anonymous" if anonymous else luck.choice(("unreachable", "declined"))}
                if says == "not_obtained"
                else {}
            )
            office.edit("replies", row.id, {"satisfaction": says, "asked_on": asked, **reason}, by=office.people["liaison"])
            if says == "dissatisfied" and assignment is not None:
                following = office.workday(asked, 2)
                office.at(following, 10, lambda: self._assign(opinion_id, heard, following, matter, anonymous, again=True))
            elif says != "dissatisfied":
                closing = office.workday(asked, luck.randint(0, 2))
                office.at(closing, 17, lambda: self._close(opinion_id, heard, closing))

        office.at(asked, 17, ask)

    def _close(self, opinion_id: int, heard: date, day: date) -> None:
        self.office.edit("opinions", opinion_id, {"closed_on": day}, by=self.office.people["liaison"])

    def _pass_up(self, opinion_id: int, heard: date, matter: Matter, deputy: Deputy, anonymous: bool) -> None:
        """What only the county can do becomes a suggestion; its answer answers the opinion."""
        office = self.office
        day = office.workday(heard, self.luck.randint(3, 9))
        title, content = matter.title.format(v=office.village()), self._fill(matter.words)

        def answered(on: date) -> None:
            self._answer(opinion_id, heard, on, matter, "deputy", deputy.name, anonymous, form="phone")

        office.at(day, 10, lambda: suggest(office, day, deputy, title, content, matter.organ, opinions=[opinion_id], then=answered))
