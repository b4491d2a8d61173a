"""Sentences of the library kept in a JSON column, and read back in the reader's language."""

from __future__ import annotations

from maillon.core.errors import MaillonError
from maillon.core.message import Message
from maillon.intake.sandbox.wire import message_from_json, message_to_json


def error_to_json(error: MaillonError) -> dict[str, object]:
    """Return what is wrong and what to do about it, to be kept."""
    said: dict[str, object] = {"what": message_to_json(error.what)}
    if error.hint is not None:
        said["hint"] = message_to_json(error.hint)
    return said


def messages_from_json(said: dict[str, object]) -> dict[str, Message]:
    """Return the sentences by ``what`` and ``hint``."""
    return {name: message_from_json(value) for name, value in said.items()}
