"""Reference designators of electronics: ``C3-8,C10-12``, ``R1, R2``, ``J20 J18``."""

from __future__ import annotations

import re

_ONE = r"[A-Za-z]{1,5}\d{1,5}[A-H]?"
_SPAN = rf"{_ONE}\s*(?:-|–|\.\.|…)\s*[A-Za-z]{{0,5}}\d{{1,5}}"
_LIST = re.compile(rf"(?:{_SPAN}|{_ONE})(?:[\s,;/]+(?:{_SPAN}|{_ONE}))*[\s,;]*")
#: Letters that electronics gives to kinds of components.
_ELECTRONIC = re.compile(
    r"(?:R|RN|RV|VR|C|L|D|Q|U|IC|J|P|CN|X|Y|F|FB|K|SW|S|T|TR|TP|LED|LD|BT|BAT|H|JP|XTAL|LS|BZ|MK|ANT|RL|RLY|SP"
    r"|ZD|DZ|VD|CON|CONN|PAD|FID|NT|IO|OK|OPT|TH|NTC|PTC|RT|SCR|TVS|CAB)\d+[A-H]?",
    re.I,
)
_RANGE = re.compile(r"([A-Za-z]+)(\d+)\s*(?:-|–|\.\.|…)\s*([A-Za-z]*)(\d+)")


def are_designators(text: str) -> bool:
    """Whether a text is a list of designators and nothing else.

    >>> are_designators("C3-8,C10-12"), are_designators("M8 x 25"), are_designators("Vis")
    (True, False, False)
    """
    return _LIST.fullmatch(text.strip()) is not None


def are_electronic(text: str) -> bool:
    """Whether a text lists designators with the letters of electronics: ``R1``, ``C3 C4``, not ``A1``.

    >>> are_electronic("R1, R2"), are_electronic("A1")
    (True, False)
    """
    return are_designators(text) and _ELECTRONIC.match(text.strip()) is not None


def count_designators(text: str) -> int | None:
    """Return how many components a list of designators names; None if it is not such a list.

    >>> count_designators("C3-8,C10-12,C15-23"), count_designators("J20 J18 "), count_designators("tube")
    (18, 2, None)
    """
    if not are_designators(text):
        return None
    spans = _RANGE.findall(text)
    singles = [t for t in re.split(r"[\s,;/]+", _RANGE.sub(" ", text)) if t]
    total = len(set(singles))
    for prefix, first, second_prefix, last in spans:
        if second_prefix not in ("", prefix) or int(last) < int(first):
            return None
        total += int(last) - int(first) + 1
    return total
