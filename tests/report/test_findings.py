"""Findings and actions, word for word, for dossiers whose figures are known by hand."""

import pytest

from factories.dossiers import EVERY
from maillon.core.message import Message
from maillon.language import render
from maillon.report.actions import propose_three
from maillon.report.findings import find_three
from maillon.report.page import dossier_html

FOUND = {
    ("known", "fr"): [
        (
            "2 lignes",
            "réunissent 80 % de ce que l’on sait fabriqué à l’étranger",
            "600 € pour un produit sur 2 lignes que l’on sait fabriquées à l’étranger : commencer par les "
            "premières.",
        ),
        (
            "60 % → 20 %",
            "Acheté en France n’est pas fabriqué en France",
            "Au moins 60 % sont payés à des fournisseurs en France ; la fabrication y est établie pour 20 %. "
            "Le reste est inconnu ou fabriqué ailleurs.",
        ),
    ],
    ("known", "en"): [
        (
            "2 lines",
            "hold 80% of what is known to be made abroad",
            "€600 for one product over 2 lines known to be made abroad: start with the first ones.",
        ),
        (
            "60% → 20%",
            "Bought in France is not made in France",
            "At least 60% is paid to suppliers in France; 20% is established as made there. "
            "The rest is unknown or made elsewhere.",
        ),
    ],
    ("unknown", "fr"): [
        (
            "100 %",
            "des achats sont d’origine inconnue",
            "100 € pour un produit, comptés ni comme français ni comme étrangers. "
            "C’est ce qui élargit les intervalles.",
        ),
    ],
    ("unknown", "en"): [
        (
            "100%",
            "of purchases have no known origin",
            "€100 for one product: counted neither as French nor as foreign. "
            "It is what makes the intervals wide.",
        ),
    ],
    ("unpriced", "fr"): [
        (
            "3 lignes",
            "sans prix utilisable",
            "Les parts en valeur ne peuvent pas être calculées, celles en nombre de lignes le peuvent. "
            "Ajoutez des prix au fichier.",
        ),
    ],
    ("unpriced", "en"): [
        (
            "3 lines",
            "without a price that can be used",
            "Shares by value cannot be computed; those by count of lines can. Add prices to the file.",
        ),
    ],
}
DONE = {
    ("known", "fr"): ["Chercher des sources locales pour 2 lignes, d’abord Moteur."],
    ("known", "en"): ["Look for local sources of 2 lines, first Moteur."],
    ("unknown", "fr"): ["Demander à 3 fournisseurs où sont fabriquées leurs pièces, d’abord à A."],
    ("unknown", "en"): ["Ask 3 suppliers where their parts are made, first A."],
    ("unpriced", "fr"): ["Donner le prix de 3 lignes."],
    ("unpriced", "en"): ["Give the prices of 3 lines."],
    ("unnamed", "fr"): ["Nommer les fournisseurs de 100 € d’achats."],
    ("unnamed", "en"): ["Name the suppliers of €100 of purchases."],
}


def plain(words: Message, language: str) -> str:
    """Render with ordinary spaces: typography is tested with the catalogues."""
    return render(words, language).replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(("name", "language"), FOUND)
def test_the_first_findings_word_for_word(name, language) -> None:
    expected = FOUND[name, language]
    found = find_three(EVERY[name]())[: len(expected)]
    said = [tuple(plain(words, language) for words in (f.figure, f.title, f.detail)) for f in found]
    assert said == expected


@pytest.mark.parametrize(("name", "language"), DONE)
def test_the_first_action_word_for_word(name, language) -> None:
    expected = DONE[name, language]
    actions = propose_three(EVERY[name]())[: len(expected)]
    assert [plain(action.what, language) for action in actions] == expected


@pytest.mark.parametrize("name", EVERY)
def test_findings_and_actions_lead_to_parts_of_the_page(name) -> None:
    dossier = EVERY[name]()
    page = dossier_html(dossier, "en")
    told = [*find_three(dossier), *propose_three(dossier)]
    assert 0 < len(told) <= 6
    assert [one.anchor for one in told if f'id="{one.anchor}"' not in page] == []


@pytest.mark.parametrize("name", [name for name in EVERY if name != "empty"])
def test_findings_never_say_the_same_thing_twice(name) -> None:
    titles = [str(found.title) for found in find_three(EVERY[name]())]
    assert len(titles) == len(set(titles)) == 3
