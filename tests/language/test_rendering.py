import datetime as dt

import pytest

from maillon.core.message import message, plural_message
from maillon.core.money import Money
from maillon.language import render
from maillon.language.catalogue import translations


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Écrit\u202f: out/dossier.json"), ("en", "Written: out/dossier.json")],
)
def test_a_sentence_is_rendered_in_both_languages(language, text):
    assert render(message("Written: {path}", path="out/dossier.json"), language) == text


def test_numbers_money_and_dates_follow_the_reader():
    what = message("{a} {b} {c}", a=1234, b=Money(1234.5, "EUR"), c=dt.date(2026, 11, 14))
    assert render(what, "fr") == "1\u202f234 1\u202f234,50\xa0€ 14 novembre 2026"
    assert render(what, "en") == "1,234 €1,234.50 November 14, 2026"


def test_plural_follows_the_grammar_of_the_language():
    """In French, zero is singular."""
    one = "{n} line holds 80% of what is known to be made abroad ({spend})."
    many = "{n} lines hold 80% of what is known to be made abroad ({spend})."
    none = plural_message(one, many, n=0, spend="0")
    assert render(none, "fr").startswith("0 ligne réunit")
    assert render(none, "en").startswith("0 lines hold")


def test_a_message_may_hold_a_message():
    outer = message("Written: {path}", path=message("Folder to write to."))
    assert render(outer, "fr") == "Écrit\u202f: Dossier où écrire."


def test_braces_in_data_are_left_alone():
    assert render(message("Written: {path}", path="{0} {x}"), "en") == "Written: {0} {x}"


def test_every_french_catalogue_is_loaded():
    chain = translations("fr")
    assert chain.gettext("Folder of the results.") == "Dossier des résultats."
    assert translations("en").gettext("Folder of the results.") == "Folder of the results."
