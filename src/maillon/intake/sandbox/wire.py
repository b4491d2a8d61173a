"""What child and parent say to each other: length-prefixed JSON, nothing that could run code when read.

A frame is a four-byte big-endian length followed by one JSON object. Dates, times and sentences travel as
small tagged objects. The parent trusts nothing: a frame that is not exactly this is a ``ValueError``.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import Message, message, plural_message

#: Slots may only be plain names: ``{x.__class__}`` from a hijacked child is never formatted.
_SAFE_TEXT = re.compile(r"(?:[^{}]|\{\{|\}\}|\{[a-z_][a-z0-9_]*\})*")


def encode(item: Mapping[str, object]) -> bytes:
    """Return one object as compact JSON; dates and times become tagged objects."""
    return json.dumps(item, default=_tag, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def decode(payload: bytes) -> dict[str, Any]:
    """Return the object of a frame, with its tagged dates as dates.

    >>> decode(b'{"rows":[[4,0.5,{"$date":"2024-02-29"}]]}')
    {'rows': [[4, 0.5, datetime.date(2024, 2, 29)]]}
    """
    found = json.loads(payload, parse_constant=_nothing, object_hook=_untag)
    if not isinstance(found, dict):
        raise ValueError("a frame holds one object")
    return found


def message_to_json(what: Message) -> dict[str, object]:
    """Return a sentence as plain data."""
    params = {k: message_to_json(v) if isinstance(v, Message) else v for k, v in what.params.items()}
    return {"msgid": what.msgid, "params": params, "plural": what.plural}


def message_from_json(data: object) -> Message:
    """Return the sentence that ``message_to_json`` wrote; ``ValueError`` on anything else."""
    if not isinstance(data, dict):
        raise ValueError("not a sentence")
    params = {_name(key): _parameter(value) for key, value in data["params"].items()}
    plural = data.get("plural")
    if plural is None:
        return message(_text(data["msgid"]), **params)
    count = params.pop("n")
    if not isinstance(count, int):
        raise ValueError("a count is a whole number")
    return plural_message(_text(data["msgid"]), _text(plural), n=count, **params)


def doubt_to_json(doubt: Doubt) -> dict[str, object]:
    """Return a doubt as plain data."""
    return {
        "code": doubt.code,
        "what": message_to_json(doubt.what),
        "treatment": doubt.treatment.value,
        "sheet": doubt.sheet,
        "cell": doubt.cell,
        "proposal": None if doubt.proposal is None else message_to_json(doubt.proposal),
    }


def doubt_from_json(data: object) -> Doubt:
    """Return the doubt that ``doubt_to_json`` wrote; ``ValueError`` on anything else."""
    if not isinstance(data, dict):
        raise ValueError("not a doubt")
    proposal = data.get("proposal")
    return Doubt(
        code=str(data["code"]),
        what=message_from_json(data["what"]),
        treatment=Treatment(data["treatment"]),
        sheet=str(data["sheet"]),
        cell=str(data["cell"]),
        proposal=None if proposal is None else message_from_json(proposal),
    )


def _nothing(_constant: str) -> None:
    """Replace NaN and infinities, whose written form travels beside the rows."""


def _span(value: dt.time) -> dict[str, object]:
    """Return a time of day as the span since midnight."""
    hours, minutes, seconds = value.hour, value.minute, value.second + value.microsecond / 1e6
    return {"$span": 3600 * hours + 60 * minutes + seconds}


#: By exact type: a ``datetime`` is a ``date`` too.
_TAGS: Mapping[type, Callable[[Any], dict[str, object]]] = {
    dt.date: lambda value: {"$date": value.isoformat()},
    dt.datetime: lambda value: {"$datetime": value.isoformat()},
    dt.timedelta: lambda value: {"$span": value.total_seconds()},
    dt.time: _span,
}


def _tag(value: object) -> dict[str, object]:
    """Return a date, time or span as a tagged object; ``TypeError`` on anything else."""
    try:
        return _TAGS[type(value)](value)
    except KeyError:
        raise TypeError(f"cannot send {type(value).__name__}") from None


def _untag(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        if "$date" in found:
            return dt.date.fromisoformat(found["$date"])
        if "$datetime" in found:
            return dt.datetime.fromisoformat(found["$datetime"])
        if "$span" in found:
            return dt.timedelta(seconds=found["$span"])
    return found


def _name(key: object) -> str:
    if not (isinstance(key, str) and key.isidentifier() and not key.startswith("_")):
        raise ValueError("not the name of a slot")
    return key


def _text(value: object) -> str:
    if not (isinstance(value, str) and _SAFE_TEXT.fullmatch(value)):
        raise ValueError("not a sentence")
    return value


def _parameter(value: object) -> object:
    if isinstance(value, dict):
        return message_from_json(value)
    if value is None or isinstance(value, str | int | float | dt.date | dt.timedelta):
        return value
    raise ValueError("not a value of a sentence")
