"""The reasons of a reading, in French and English."""

from maillon.language import render
from maillon.method.search import explain_designation, read_designation


def test_every_clue_gives_a_sentence_in_french():
    read = read_designation("CARTER INOX 316L EP 2")
    sentences = [render(sentence, "fr") for sentence in explain_designation(read, "fr")]
    assert sentences[0] == "«\u202fCARTER\u202f» nomme la pièce\u202f: carter."
    assert sentences[1].startswith("«\u202f316L\u202f» (matière) multiplie la probabilité de tôlerie")
    assert sentences[2].startswith("«\u202fEP 2\u202f» (cote ou tolérance) multiplie la probabilité")


def test_a_typo_is_said_to_be_one():
    read = read_designation("rouelment")
    assert [str(s) for s in explain_designation(read, "en")] == [
        "“rouelment” is read as a misspelling of “bearing”."
    ]


def test_a_text_without_clue_is_said_to_tell_nothing():
    assert render(explain_designation(read_designation("xyz"), "fr")[0], "fr").startswith(
        "Rien dans ce texte"
    )
