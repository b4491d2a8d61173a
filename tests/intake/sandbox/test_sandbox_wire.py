"""What parent and child say to each other survives the way, whatever it is."""

from __future__ import annotations

import pytest

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import message, plural_message
from maillon.intake.sandbox.wire import (
    decode,
    doubt_from_json,
    doubt_to_json,
    encode,
    message_from_json,
)


def test_doubts_come_back_with_their_nested_sentences() -> None:
    doubt = Doubt(
        "code",
        message("Line {line}: {what}.", line="3", what=plural_message("{n} cell", "{n} cells", n=2)),
        Treatment.QUARANTINED,
        "Feuil1",
        "A3",
        message("It may have been {texts}.", texts="x"),
    )
    back = doubt_from_json(decode(encode(doubt_to_json(doubt))))
    assert back == doubt
    assert str(back.what) == "Line 3: 2 cells."


@pytest.mark.parametrize("text", ["{x.__class__}", "{x[0]}", "{x!r}", "{x:>9999999999}", "{}", "{", "{X}"])
def test_a_sentence_with_more_than_plain_slots_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a sentence"):
        message_from_json({"msgid": text, "params": {"x": 1}, "plural": None})


def test_plain_objects_are_left_alone() -> None:
    assert decode(encode({"a": {"$other": 1}, "b": {"$date": "2024-01-31", "c": 1}})) == {
        "a": {"$other": 1},
        "b": {"$date": "2024-01-31", "c": 1},
    }
