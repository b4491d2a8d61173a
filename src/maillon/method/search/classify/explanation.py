"""The reasons of a classification, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.core.message import Message, message
from maillon.core.reason import Reason
from maillon.reference.classifications.families import family_label
from maillon.reference.classifications.lexicon.nouns import find_noun
from maillon.reference.classifications.processes import process_label


def explain_reasons(reasons: Sequence[Reason], language: str) -> list[tuple[Message, float]]:
    """Return a sentence and its weight (log-odds) for each reason of the best code, strongest first."""
    return [(_sentence(reason, language), reason.weight) for reason in reasons]


def _sentence(reason: Reason, language: str) -> Message:
    known = reason.params
    code = known["code"]
    term = reason.code.partition("_")[2]
    match term:
        case "family":
            label = family_label(str(known["family"]), language)
            return message("The purchase family “{family}” leads to {code}.", family=label, code=code)
        case "process":
            label = process_label(str(known["process"]), language)
            return message("The process “{process}” leads to {code}.", process=label, code=code)
        case "noun_title":
            label = find_noun(str(known["noun"])).label(language)
            return message("The title of {code} names the part: {noun}.", code=code, noun=label)
        case "text_title":
            words = known["words"]
            return message("The title of {code} holds words of the text: {words}.", code=code, words=words)
        case _:
            return _plain_sentence(term, code, for_it=reason.weight > 0)


def _plain_sentence(term: str, code: object, *, for_it: bool) -> Message:
    said = {
        "goods": message("The goods found are made by firms of {code}.", code=code),
        "filled": message("The title of {code} says little else.", code=code),
        "alike": message("The title of {code} and the text are alike.", code=code),
        "material_title": message("The title of {code} names the material.", code=code),
        "article": message("{code} takes the articles of this material that have no other place.", code=code),
        "seldom": message("Industry seldom buys what {code} holds.", code=code),
        "parts": message("{code} is a heading of parts.", code=code),
        "industry": message("{code} is a class of manufacture or repair.", code=code),
        "material": message("{code} is in the chapter of this material.", code=code),
    }
    if term == "article_family":
        term = "article"
    if term == "material" and not for_it:
        return message("{code} is in the chapter of another material.", code=code)
    if term == "industry" and not for_it:
        return message("{code} is a class of trade, which makes nothing.", code=code)
    return said[term]
