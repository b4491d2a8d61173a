"""The process that reads a stranger's file.

It gets one open file and nothing else, runs one parsing task, writes frames (see ``wire``)
to its standard output and ends. It imports no polars and opens no other file after it is confined.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from maillon.core.errors import RefusedFile
from maillon.intake.sandbox.confine import confine
from maillon.intake.sandbox.limits import Limits
from maillon.intake.sandbox.wire import encode, message_to_json

#: A task yields objects (dates allowed) or frames that are already JSON.
Task = Callable[[BinaryIO | Path, Mapping[str, object]], Iterator[Mapping[str, object] | bytes]]

#: Exit codes beyond those of the system: a frame always says the same in words.
EXIT_REFUSED, EXIT_FAILED = 3, 4


def main() -> int:
    """Import the task, confine this process, run the task and stream what it yields."""
    order = json.loads(sys.argv[1])
    task = find_task(order["task"])
    out = _private_output()
    sys.dont_write_bytecode = True
    gc.disable()  # a short life of many small lists and no circles
    isolated = confine(Limits(**order["limits"]), order["parent"])
    _send(out, encode({"started": {"isolated": isolated}}))
    try:
        for item in task(_source(order["source"]), order["arguments"]):
            _send(out, item if isinstance(item, bytes) else encode(item))
    except RefusedFile as refusal:
        hint = None if refusal.hint is None else message_to_json(refusal.hint)
        _send(out, encode({"refused": {"what": message_to_json(refusal.what), "hint": hint}}))
        return EXIT_REFUSED
    except Exception as failure:  # whatever a reader raises on a bad file, the parent must hear of it
        _send(out, encode({"failed": {"kind": type(failure).__name__, "text": str(failure)[:500]}}))
        return EXIT_FAILED
    _send(out, encode({"end": True}))
    return 0


def find_task(name: str) -> Task:
    """Return the function named ``package.module:function``; only the project's own may run."""
    module, _, function = name.partition(":")
    if not module.startswith("maillon."):
        raise ValueError(f"not a task of this package: {name}")
    task: Task = getattr(importlib.import_module(module), function)
    return task


def _private_output() -> int:
    """Keep standard output for frames; what a library prints goes nowhere."""
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return out


def _source(descriptor: int) -> BinaryIO | Path:
    """Return the open file as a seekable binary one, or the folder it is, made the current one."""
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.fchdir(descriptor)
        return Path()
    return os.fdopen(descriptor, "rb", closefd=False)


def _send(out: int, payload: bytes) -> None:
    view = memoryview(len(payload).to_bytes(4, "big") + payload)
    while view:
        view = view[os.write(out, view) :]
