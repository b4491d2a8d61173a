"""A child's crash, time, memory and cancel are its own, and what it found before survives."""

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from maillon.solve import run_child
from maillon.solve.wire import Arrays

PROLOGUE = """
import sys, time, os
import numpy as np
from maillon.solve.wire import OUT_OF_MEMORY, read_arrays, write_frame
arrays = read_arrays()
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a maker of child modules out of a few lines."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def make(body: str) -> str:
        (tmp_path / "a_child.py").write_text(PROLOGUE + body)
        return "a_child"

    return make


def test_the_final_answer_comes_back_and_progress_is_told_in_order(child) -> None:
    module = child(
        "for n in range(3): write_frame({'n': n})\nwrite_frame({'sum': arrays['x'].sum()}, final=True)"
    )
    seen: list[int] = []
    answer = run_child(
        module, {"x": np.arange(5)}, time_limit=20, on_progress=lambda so_far: seen.append(int(so_far["n"]))
    )
    assert (answer.ended, int(answer.arrays["sum"]), seen) == ("answered", 10, [0, 1, 2])


def test_what_a_solver_prints_does_not_damage_the_answer(child) -> None:
    module = child(
        "print('banner', flush=True); os.write(1, b'from C\\n'); write_frame({'n': 1}, final=True)"
    )
    answer = run_child(module, {}, time_limit=20)
    assert (answer.ended, int(answer.arrays["n"])) == ("answered", 1)
    assert "from C" in answer.said


def test_a_crash_keeps_the_last_result(child) -> None:
    answer = run_child(child("write_frame({'n': 7}); os.abort()"), {}, time_limit=20)
    assert (answer.ended, int(answer.arrays["n"])) == ("failed", 7)


def test_a_frame_cut_short_is_not_read(child) -> None:
    module = child("write_frame({'n': 1})\nfrom maillon.solve.wire import _frames, _HEADER\n"
                   "_frames().write(_HEADER.pack(True, 999) + b'half'); _frames().flush()")  # fmt: skip
    answer = run_child(module, {}, time_limit=20)
    assert (answer.ended, int(answer.arrays["n"])) == ("failed", 1)


def test_an_overrun_is_killed_and_keeps_the_last_result(child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillon.solve.child_process.GRACE", 2.0)
    answer = run_child(child("write_frame({'n': 3}); time.sleep(60)"), {}, time_limit=0.5)
    assert (answer.ended, int(answer.arrays["n"])) == ("time", 3)


def test_cancel_stops_the_child_and_keeps_the_last_result(child) -> None:
    told: list[Arrays] = []
    answer = run_child(
        child("write_frame({'n': 3}); time.sleep(60)"),
        {},
        time_limit=50,
        on_progress=told.append,
        cancel=lambda: bool(told),
    )
    assert (answer.ended, int(answer.arrays["n"])) == ("cancelled", 3)
    assert answer.seconds < 30


@pytest.mark.skipif(sys.platform == "win32", reason="address-space limits are a POSIX thing")
def test_too_much_memory_is_named(child) -> None:
    module = child("write_frame({'n': 3}); np.ones(300_000_000)")
    answer = run_child(module, {}, time_limit=20, memory_limit=2 << 30)
    assert (answer.ended, int(answer.arrays["n"])) == ("memory", 3)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the process table")
def test_an_interrupt_leaves_no_child_behind(child, tmp_path: Path) -> None:
    def interrupt(so_far: Arrays) -> None:
        (tmp_path / "pid").write_text(str(int(so_far["pid"])))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_child(
            child("write_frame({'pid': os.getpid()}); time.sleep(60)"),
            {},
            time_limit=50,
            on_progress=interrupt,
        )
    time.sleep(0.1)
    assert not Path("/proc", (tmp_path / "pid").read_text()).exists()
