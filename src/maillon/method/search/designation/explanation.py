"""Why a designation was read so, as sentences."""

from __future__ import annotations

import math

from maillon.core.message import Message, message
from maillon.core.reason import Reason
from maillon.method.search.designation.designation import Designation, NounFound
from maillon.reference.classifications.processes import process_label


def explain_designation(read: Designation, language: str) -> tuple[Message, ...]:
    """Return the reasons of a reading as sentences; labels of nouns and processes are in ``language``."""
    if not read.processes:
        return (message("Nothing in this text tells how the part is made."),)
    process = process_label(read.processes[0].code, language)
    return tuple(_explain(reason, read.noun, process, language) for reason in read.reasons)


def _explain(reason: Reason, noun: NounFound | None, process: str, language: str) -> Message:
    words, factor = str(reason.params["words"]), math.exp(reason.weight)
    if reason.code == "designation-noun" and noun is not None:
        return _explain_noun(noun, words, language)
    match reason.code:
        case "designation-material":
            what = message("material")
        case "designation-treatment":
            what = message("treatment")
        case "designation-process":
            what = message("process named")
        case _:
            what = message("dimension or tolerance")
    return message(
        "“{words}” ({what}) multiplies the probability of {process} by {factor}.",
        words=words,
        what=what,
        process=process,
        factor=factor,
    )


def _explain_noun(noun: NounFound, words: str, language: str) -> Message:
    label = noun.label(language)
    match noun.source:
        case "typo":
            return message("“{words}” is read as a misspelling of “{noun}”.", words=words, noun=label)
        case "standard" | "reference" | "value":
            return message("“{words}” is the mark of: {noun}.", words=words, noun=label)
        case _:
            return message("“{words}” names the part: {noun}.", words=words, noun=label)
