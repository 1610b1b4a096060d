"""The office's one language, looked up quickly: a page has a hundred words, and flask_babel asks for each in which language."""

from __future__ import annotations

from gettext import NullTranslations

from flask import Flask, g
from flask_babel import Domain, get_babel


class OneLanguage(Domain):
    """Finds its catalogue once. `LANGUAGES` lists one language, so none can be chosen by address or session."""

    found: NullTranslations | None = None

    def get_translations(self) -> NullTranslations:
        if self.found is None or not g:
            translations: NullTranslations = super().get_translations()
            if not g:
                return translations
            self.found = translations
        return self.found


def apply(app: Flask) -> None:
    with app.app_context():
        babel = get_babel(app)
        babel.instance.domain_instance = OneLanguage(domain=babel.default_domain)
