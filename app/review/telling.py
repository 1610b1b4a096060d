"""What duty reports and reviews tell of a period (S9)."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.core.lists.chronicle import Figure, Happening, Period, Teller


def happenings(period: Period) -> Iterable[Happening]:
    """Counts that were published and sealed; the meetings themselves are told as activities."""
    for row in period.rows("review_results", "published_at", ("mandate", "seal", "meeting")):
        what = _("The review of %(mandate)s was published and sealed", mandate=row.texts["mandate"])
        yield Happening(row.values["published_at"].date(), what, "review_results", row.id)


def figures(period: Period) -> Iterable[Figure]:
    forms = period.count("duty_reports", "submitted_on", by="form")
    yield Figure("duty_reports", _("Duty reports"), sum(forms.values()), "/duty_reports/list/")
    yield Figure("direct_reports", _("Duty reports in person"), forms.get("direct", 0), "/duty_reports/list/?form=direct")
    yield Figure(
        "review_results", _("Deputies reviewed"), period.count("review_results", "meeting.activity.start"), "/review_results/list/"
    )


TELLER = Teller(happenings, figures)
