"""What filing brings to the portal: its screens, forms, filter and places in the menu; importing it registers its hooks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.core.web.layout import Item

from . import following, loans
from .boxing import BoxingScreen
from .filters import FILTERS
from .forms import FORMS
from .lending import LoansScreen
from .marks import show_on_pages
from .screens import FILERS, FilingScreen

__all__ = ["FILTERS", "FORMS", "HOOKS", "MENU", "SCREENS", "show_on_pages"]
HOOKS = (following, loans)
SCREENS = (FilingScreen, BoxingScreen, LoansScreen)
MENU = (
    Item(label=_("To be filed"), url="/filing/", roles=FILERS),
    Item("archive_files"),
    Item("archive_volumes"),
    Item(label=_("Bind into boxes"), url="/boxing/", roles=FILERS),
    Item("archive_loans"),
    Item(label=_("Out on loan and overdue"), url="/loans_out/", roles=LoansScreen.open_to or frozenset()),
)
