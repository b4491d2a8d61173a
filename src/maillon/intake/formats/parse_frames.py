"""The frames that reading a file as sheets yields (``maillon.intake.sandbox.sheets`` takes them)."""

from __future__ import annotations

from collections.abc import Mapping

from maillon.core.doubt import Doubt
from maillon.intake.formats.traces import Traces
from maillon.intake.sandbox.wire import doubt_to_json

#: An object, or one already written as JSON.
Frame = Mapping[str, object] | bytes


def doubt_frame(doubt: Doubt) -> Frame:
    """Return the frame of one doubt."""
    return {"doubt": doubt_to_json(doubt)}


def progress_frame(share: float) -> Frame:
    """Return the frame that says how much is done, from 0 to 1."""
    return {"progress": round(share, 3)}


def sheet_frame(name: str, hidden: bool = False) -> Frame:
    """Return the frame that opens a sheet; its rows follow."""
    return {"sheet": {"name": name, "hidden": hidden}}


def traces_frame(traces: Traces) -> Frame:
    """Return the frame that closes a sheet."""
    return {"traces": traces.to_json()}
