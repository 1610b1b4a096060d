"""Steps over REST, under the very table of the pages."""

from __future__ import annotations

from flask import Response
from flask_appbuilder.api import expose, safe
from flask_appbuilder.security.decorators import permission_name, protect

from ..access.current import the_actor
from ..database import db
from ..dictionary.roles import Verb
from ..records.saving import version_of
from ..refusals import NotThere, Refused
from ..rest.api import LedgerApi
from .stepping import in_the_way, take
from .workflow import WORKFLOWS


class StepApi(LedgerApi):
    """REST of a ledger that has a workflow."""

    method_permission_name = LedgerApi.method_permission_name | {"steps": "show", "step": "show"}

    @expose("/<int:pk>/steps", methods=["GET"])
    @protect()
    @safe
    @permission_name("show")
    def steps(self, pk: int) -> Response:
        """Where a row stands, and the steps that this actor may take from there, with what is in their way."""
        workflow, actor, row = WORKFLOWS[self.key], the_actor(), self._row(the_actor(), pk, Verb.SHOW)
        if row is None:
            return self.response_404()
        state, facts = workflow.state_of(row), workflow.read(db.session(), row)
        found = [
            {
                "name": step.name,
                "label": str(step.label),
                "asks": list(step.asks),
                "offers": list(step.offers),
                "in_the_way": [each.sentence() for each in in_the_way(db.session(), actor, workflow, row, step, facts)],
            }
            for step in workflow.open_to(actor.roles, state)
        ]
        return self.response(200, state=state, label=workflow.label(state), version=version_of(db.session, row), steps=found)

    @expose("/<int:pk>/steps/<name>", methods=["POST"])
    @protect()
    @safe
    @permission_name("show")
    def step(self, pk: int, name: str) -> Response:
        """Take a step: `version`, a `reason` for the history, and the columns that it asks for."""
        answers, problem = self._body()
        if problem is not None:
            return problem
        version, reason = (str(answers.pop(word, "") or "") for word in ("version", "reason"))
        try:
            take(the_actor(), self.key, pk, name, answers, version=version, reason=reason[:200] or None)
        except NotThere:
            return self.response_404()
        except Refused as refused:
            return self._refusal(refused)
        return self._written(pk, 200)
