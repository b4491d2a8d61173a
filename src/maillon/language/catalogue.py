"""Rendering a ``Message`` in French or English.

English is the language of the source. French lives in ``fr/<room>.po``, one catalogue for each room of the
house, compiled to ``.mo`` when the package is built.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from maillon.core.message import Message
from maillon.language.format import format_value

LANGUAGES = ("fr", "en")


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return every catalogue of ``language`` as one chain; English is the empty chain."""
    chain = gettext.NullTranslations()
    for catalogue in _catalogues(language):
        catalogue.add_fallback(chain)
        chain = catalogue
    return chain


def _catalogues(language: str) -> Iterator[gettext.GNUTranslations]:
    folder = files("maillon.language") / language
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".mo"):
            with entry.open("rb") as source:
                yield gettext.GNUTranslations(source)


def render(what: Message | str, language: str) -> str:
    """Return the sentence in ``language``, its numbers, dates and nested messages in that language too.

    >>> from maillon.core.message import message
    >>> render(message("{n} lines", n=12345), "en")
    '12,345 lines'
    """
    if isinstance(what, str):
        return translations(language).gettext(what) if what else ""
    chain = translations(language)
    if what.plural is None:
        text = chain.gettext(what.msgid)
    else:
        n = what.params["n"]
        text = chain.ngettext(what.msgid, what.plural, n if isinstance(n, int) else 2)
    return text.format(**_rendered(what.params, language))


def _rendered(params: Mapping[str, object], language: str) -> dict[str, str]:
    return {
        name: render(value, language) if isinstance(value, Message) else format_value(value, language)
        for name, value in params.items()
    }
