"""Stations, staff, terms, groups, constituencies, deputies, mandates and organs as pages."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import Constituency, Deputy, DeputyGroup, Mandate, Organ, Station, StationStaff, Term


class StationView(LedgerView):
    datamodel = LedgerInterface(Station)
    list_columns = ("name", "kind", "town", "county", "address", "office_phone")
    filter_columns = ("kind",)


class StationStaffView(LedgerView):
    datamodel = LedgerInterface(StationStaff)
    list_columns = ("name", "post", "phone", "since", "until")
    filter_columns = ("post", "name")


class TermView(LedgerView):
    datamodel = LedgerInterface(Term)
    list_columns = ("level", "name", "starts_on", "ends_on")
    filter_columns = ("level",)


class DeputyGroupView(LedgerView):
    datamodel = LedgerInterface(DeputyGroup)
    list_columns = ("name", "convenor", "note")
    filter_columns = ("name",)


class ConstituencyView(LedgerView):
    datamodel = LedgerInterface(Constituency)
    list_columns = ("number", "name", "kind")
    filter_columns = ("kind", "name")


class DeputyView(LedgerView):
    datamodel = LedgerInterface(Deputy)
    list_columns = ("name", "sex", "birth", "group", "unit", "party", "phone")
    filter_columns = ("name", "group", "sex", "party", "occupation")


class MandateView(LedgerView):
    datamodel = LedgerInterface(Mandate)
    list_columns = ("deputy", "term", "certificate", "constituency", "elected_on", "elected", "state")
    filter_columns = ("term", "deputy", "state", "certificate", "constituency")


class OrganView(LedgerView):
    datamodel = LedgerInterface(Organ)
    list_columns = ("name", "level", "contact", "phone", "note")
    filter_columns = ("level", "name")


LEDGERS = (DeputyView, MandateView, DeputyGroupView, ConstituencyView, StationStaffView, StationView, TermView, OrganView)
