"""Dependencies run one way: registry -> ledgers, screens -> services -> models, rules -> core and tools.

Core knows no area. One area uses another through its services only (their models meet in foreign keys named by strings).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = {"calendar", "names", "excel", "paper", "sheets"}
NOT_AREAS = {"core", "importing", "demo", "migrations", "static", "templates", "translations", "registry", "__main__"} | TOOLS
PURE = {"rules", "standing", "wording"}
PURE_LIBRARIES = {"flask", "sqlalchemy", "flask_appbuilder", "wtforms"}

MAY_IMPORT = {
    "registry": {"ledgers", "screens", "services", "rules", "models"},
    "ledgers": {"screens", "services", "rules", "models"},
    "screens": {"services", "rules", "models"},
    "services": {"rules", "models"},
    "models": {"rules"},
    "rules": set(),
}
"""Of the parts of one area: which may use which (and itself)."""

FLOORS = {
    room: floor
    for floor, rooms in enumerate([
        {"dictionary"}, {"access"}, {"records", "lists", "files"}, {"devices"}, {"web", "rest", "paperwork", "workflows"},
    ])
    for room in rooms
}
"""The rooms of core: each stands on the floors below it and may use its own. Below all lie the files that are in no room."""


def python_files() -> list[Path]:
    return [path for path in sorted((ROOT / "app").rglob("*.py")) if "versions" not in path.parts]


def imported(path: Path) -> Iterator[str]:
    """The dotted names a file imports, relative ones made whole; `from a import b` gives `a.b`."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            yield from (".".join([*base, alias.name]) for alias in node.names)


def area_of(parts: tuple[str, ...]) -> str | None:
    """The area that `app.<area>...` names, if it is one."""
    is_area = len(parts) > 1 and parts[0] == "app" and parts[1] not in NOT_AREAS and (ROOT / "app" / parts[1]).is_dir()
    return parts[1] if is_area else None


def complaints(path: Path) -> Iterator[str]:
    here = path.relative_to(ROOT).with_suffix("").parts
    for name in imported(path):
        if complaint := complaint_about(here, tuple(name.split("."))):
            yield f"{path.relative_to(ROOT)} imports {name}: {complaint}"


def complaint_about(here: tuple[str, ...], there: tuple[str, ...]) -> str:
    part = here[2] if len(here) > 2 else ""
    if here[-1] in PURE and there[0] in PURE_LIBRARIES:
        return "rules decide without database, request and framework"
    if there[0] != "app" or len(here) < 2 or here[1] == "__main__":
        return ""
    area, other = area_of(here), area_of(there)
    if here[1] in TOOLS and len(there) > 1 and there[1] != here[1] and there[1] not in TOOLS:
        return "a tool of the trade stands alone"
    if here[1] in ("core", "importing") and (other or there[1:2] == ("registry",)):
        return f"{here[1]} knows no area"
    if here[1] == "core" and there[1:2] == ("importing",):
        return "core knows nothing of imports"
    if here[1] == "core" and there[1:2] == ("core",) and len(there) > 2 and floor_of(there[2]) > floor_of(here[2]):
        return f"{here[2]} stands below {there[2]}"
    if area is None or other is None:
        return "only the application imports the registry" if area and there[1:2] == ("registry",) else ""
    their_part = there[2] if len(there) > 2 else ""
    if area != other:
        return "" if their_part == "services" else "another area is used through its services only"
    if part in MAY_IMPORT and their_part in MAY_IMPORT and their_part != part and their_part not in MAY_IMPORT[part]:
        return f"{part} may not use {their_part}"
    return ""


def floor_of(name: str) -> int:
    return FLOORS.get(name, -1)


def test_every_room_of_core_has_its_floor() -> None:
    rooms = {path.name for path in (ROOT / "app/core").iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(FLOORS)


def test_every_import_runs_the_agreed_way() -> None:
    assert [complaint for path in python_files() for complaint in complaints(path)] == []


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("app.core.records.writing", "app.people.models.Deputy"),
        ("app.core.records.writing", "app.registry.AREAS"),
        ("app.core.records.writing", "app.importing.layout"),
        ("app.importing.running", "app.people.models.Deputy"),
        ("app.people.rules", "sqlalchemy.select"),
        ("app.people.rules", "app.people.models.Deputy"),
        ("app.people.services", "app.people.screens"),
        ("app.people.models", "app.people.services"),
        ("app.people.services", "app.registry.AREAS"),
        ("app.names.pinyin", "app.core.database"),
        ("app.core.records.saving", "app.core.web.pages"),
        ("app.core.refusals", "app.core.dictionary.fields.Field"),
    ],
)
def test_an_import_against_the_current_is_found(here: str, there: str) -> None:
    assert complaint_about(tuple(here.split(".")), tuple(there.split(".")))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("app.__init__", "app.registry.AREAS"),
        ("app.registry", "app.people.ledgers"),
        ("app.people.services", "app.core.records.writing.write"),
        ("app.people.rules", "app.calendar.add_workdays"),
        ("app.core.records.writing", "app.names.pinyin_key"),
        ("app.core.web.views", "app.core.records.writing.write"),
        ("app.__main__", "app.first_visit.one_time_address"),
    ],
)
def test_an_import_with_the_current_is_let_through(here: str, there: str) -> None:
    assert complaint_about(tuple(here.split(".")), tuple(there.split("."))) == ""
