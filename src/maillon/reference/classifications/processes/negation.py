"""What a firm says that it does not do itself: cues that turn the words near them into no evidence.

A cue is written into the text as a mark, before accents are folded ("sous-traitée" is not "sous-traite").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

FAR = "zzfar"  # denies up to the end of the sentence: "nous sous-traitons la peinture, le zingage"
NEAR = "zznear"  # denies up to the next comma: "sans peinture"
BACK = "zzback"  # denies what precedes it since the last comma: "peinture sous-traitée"
STOP = "zzstop"  # ends a sentence or an opposition
COMMA = "zzcomma"
MARKS = (FAR, NEAR, BACK, STOP, COMMA)

_OWN = (
    r"\b(?:mais|cependant|toutefois|par contre|en revanche|réalisons|assurons|maîtrisons|internalisons"
    r"|intégrons|effectuons|en interne|but|however|in[- ]house)\b|[.;!?:|\n\r•]+(?:\s|$)"
)
#: Turns of speech that deny nothing: "n'hésitez pas", "pièces hors normes", "sans cesse".
_IDIOM = (
    r"\b(?:hors[- ](?:normes?|gabarits?|série|standards?|cotes?|d['’]eau)"
    r"|sans (?:cesse|limites?|égal|délais?|équivalent|compromis|contact|faille|engagement)"
    r"|without (?:compromise|delay|limits?)|no (?:compromise|limits?|matter|problem)|no\.? \d)"
)
_BACK = (
    r"\b(?:(?:est |sont )?(?:sous[- ]trait|externalis|confi)(?:é|ée|és|ées)"
    r"|(?:is |are )?(?:outsourced|subcontracted))\b"
)
_DOING = (
    r"(?:réalis|fai|pratiqu|propos|dispos|effectu|assur|intègr|intégr|maîtris|trait|usin|tourn|frais|soud|pein|peign"
    r"|pli|coul|moul|fabriqu|produi|poss[éè]d|av|[oa]ffr|exécut|gér|gèr)\w*|a|ont"
)
_FAR = (
    r"\b(?:sous[- ]trait(?:ons|ent|e|er|ant)|externalis(?:ons|ent|e|er|ant)|(?:faisons|fait) appel|confions"
    rf"|(?:ne |n['’])(?:{_DOING}) (?:pas|plus|aucune?|ni)|outsourc(?:e|es|ing)|subcontracts?"
    r"|(?:do not|does not|did not|don['’]t|doesn['’]t) (?:do|make|offer|perform|provide|have|machine|weld"
    r"|paint|cast|manufacture|produce)|cannot|no longer)\b"
)
_NEAR = r"\b(?:sans|hors|sauf|excepté|pas (?:de |d['’])|à l['’]exception|without|except|excluding|no)\b"


def mark_cues(text: pl.Expr) -> pl.Expr:
    """Return lower-case text with its cues as marks."""
    plain = text.str.replace_all(_IDIOM, " ")
    marked = plain.str.replace_all(_BACK, f" {BACK} ").str.replace_all(_FAR, f" {FAR} ")
    marked = marked.str.replace_all(_NEAR, f" {NEAR} ").str.replace_all(_OWN, f" {STOP} ")
    return marked.str.replace_all(r",(?:\s|$)", f" {COMMA} ")


def keep_affirmed(words: Iterable[str]) -> Iterator[str]:
    """Yield the words of a text that no cue denies; marks are left out.

    >>> list(keep_affirmed(["tournage", STOP, FAR, "peinture", COMMA, "zingage", STOP, "fraisage"]))
    ['tournage', 'fraisage']
    >>> list(keep_affirmed(["usinage", COMMA, "peinture", BACK, NEAR, "trempe", COMMA, "perçage"]))
    ['usinage', 'perçage']
    """
    held: list[str] = []
    denied = ""
    for word in words:
        if word == BACK:
            held.clear()
        elif word in {FAR, NEAR}:
            denied = word if denied != FAR else FAR
        elif word in {STOP, COMMA}:
            yield from held
            held.clear()
            denied = "" if word == STOP or denied == NEAR else denied
        elif not denied:
            held.append(word)
    yield from held
