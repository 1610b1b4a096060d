"""Makes the built-in templates anew: `python -m app.paper.make_templates`. The same script gives the same files.

A template to be changed is changed in `designs`; a new form is a function there, named after its key. Two braces name a field of the
form, `{%tr for x in xs %}` repeats the row of a table; the fields are those that the form's declaration lists.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .designs import activities, analysis, dossiers, files, opinions, people, planning, reporting, rounds, votes

FOLDER = Path(__file__).parent / "templates"
TEMPLATES: dict[str, Callable[[], bytes]] = {
    name: made
    for area in (people, opinions, activities, planning, analysis, reporting, dossiers, rounds, votes, files)
    for name, made in vars(area).items()
    if callable(made) and made.__module__ == area.__name__
}


def main() -> None:
    """Write every template beside this script."""
    FOLDER.mkdir(exist_ok=True)
    for key, made in TEMPLATES.items():
        (FOLDER / f"{key}.docx").write_bytes(made())


if __name__ == "__main__":
    main()
