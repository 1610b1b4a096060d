"""FAB's data model interface of a ledger. Its own doors for writing are shut: rows are written through core's one way."""

from __future__ import annotations

from typing import Any, NoReturn

from flask_appbuilder.models.base import BaseInterface
from flask_appbuilder.models.sqla.interface import SQLAInterface

from ..dictionary.ledger import Ledger


class LedgerInterface(SQLAInterface):
    """Knows the model and nothing of its relations, so that areas can be imported in any order."""

    def __init__(self, model: type[Ledger]) -> None:
        BaseInterface.__init__(self, model)
        self._session = None

    def _refuse(self, *_args: Any, **_options: Any) -> NoReturn:
        raise RuntimeError("Ledger rows are written through app.core.records.writing only.")

    add = edit = delete = delete_all = _refuse
