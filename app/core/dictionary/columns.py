"""Declaring a column once: each function gives the database column and, in its `info`, the field.

`reference` and `references` stand for more than one attribute; the ledger's base class unfolds them
(ledger.py): a reference becomes `<name>_id` with its foreign key and a read-only relationship `<name>`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, Numeric, String, Text
from sqlalchemy.types import TypeEngine

from .fields import Choices, Field, Kind
from .masks import Personal


def bytewise(length: int | None = None) -> TypeEngine[Any]:
    """Text that both databases compare bytewise, or they would sort differently."""
    if length is None:
        return Text().with_variant(Text(collation="C"), "postgresql")
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def _column(type_: TypeEngine[Any], field: Field) -> Any:
    return Column(type_, nullable=not field.required, info={"field": field})


def text(label: Any, length: int, *, required: bool = False, personal: Personal | None = None, **more: Any) -> Any:
    """One line of at most `length` characters."""
    return _column(bytewise(length), Field(label=label, kind=Kind.TEXT, length=length, required=required, personal=personal, **more))


def long_text(label: Any, *, required: bool = False, length: int = 20_000, **more: Any) -> Any:
    """Several lines."""
    return _column(bytewise(), Field(label=label, kind=Kind.LONG, length=length, required=required, **more))


def phone(label: Any, *, required: bool = False, **more: Any) -> Any:
    """A mobile or landline number; personal, so masked."""
    return _column(bytewise(40), Field(label=label, kind=Kind.PHONE, length=40, required=required, personal=Personal.PHONE, **more))


def choice(label: Any, choices: Choices, *, required: bool = False, **more: Any) -> Any:
    """A code out of a closed set, held by a named CHECK."""
    return _column(bytewise(40), Field(label=label, kind=Kind.CHOICE, choices=choices, required=required, **more))


def day(label: Any, *, required: bool = False, **more: Any) -> Any:
    """A business date at the office."""
    return _column(Date(), Field(label=label, kind=Kind.DATE, required=required, **more))


def moment(label: Any, *, required: bool = False, **more: Any) -> Any:
    """A business date and time at the office, to the second."""
    return _column(DateTime(), Field(label=label, kind=Kind.DATETIME, required=required, **more))


def integer(label: Any, *, required: bool = False, minimum: int = 0, maximum: int | None = None, **more: Any) -> Any:
    """A whole number, by default not negative."""
    return _column(Integer(), Field(label=label, kind=Kind.INTEGER, required=required, minimum=minimum, maximum=maximum, **more))


def decimal(label: Any, *, required: bool = False, minimum: int | None = 0, maximum: int | None = None, **more: Any) -> Any:
    """A number with two decimals."""
    return _column(Numeric(14, 2), Field(label=label, kind=Kind.DECIMAL, required=required, minimum=minimum, maximum=maximum, **more))


def yes_no(label: Any, *, default: bool = False, **more: Any) -> Any:
    """Yes or no, never unknown."""
    field = Field(label=label, kind=Kind.BOOLEAN, default=default, **more)
    return Column(Boolean(create_constraint=False), nullable=False, default=default, info={"field": field})


def points(label: Any, setting: str, **more: Any) -> Any:
    """A checklist whose points a setting lists; each in order or not, with words."""
    return Column(
        JSON, nullable=False, default=list, info={"field": Field(label=label, kind=Kind.POINTS, setting=setting, required=True, **more)}
    )


class Reference:
    """A column that names a row of another ledger."""

    def __init__(self, field: Field) -> None:
        self.field = field


def reference(label: Any, target: str, *, required: bool = False, **more: Any) -> Any:
    """One row of the ledger `target`; across stations the database itself refuses."""
    return Reference(Field(label=label, kind=Kind.REFERENCE, target=target, required=required, **more))


def references(label: Any, target: str, *, through: str = "", **more: Any) -> Any:
    """Several rows of `target`, kept in an association table or in the owned ledger `through`."""
    return Reference(Field(label=label, kind=Kind.REFERENCES, target=target, through=through, **more))
