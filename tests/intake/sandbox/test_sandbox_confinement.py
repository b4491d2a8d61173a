"""The parent outlives whatever the child does. The hostile tasks here run in the real, confined child."""

from __future__ import annotations

import logging
import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maillon.core.errors import RefusedFile
from maillon.intake.sandbox import Limits, launch, run_in_sandbox

ENTER = launch._CHILD


class Child:
    """Runs a task whose body is given, in the real child."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, monkeypatch
        self.file = folder / "input.csv"
        self.file.write_text("a;b\n")

    def run(self, body: str, limits: Limits | None = None, **options: Any) -> list[dict[str, Any]]:
        script = self.folder / "child.py"
        script.write_text(
            "import runpy, sys\n"
            f"door = runpy.run_path({str(ENTER)!r})\n"
            "sys.meta_path.insert(0, door['_BarePackages']())\n"
            "from maillon.intake.sandbox import child\n"
            f"def task(source, arguments):\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
            "child.find_task = lambda name: task\n"
            "sys.exit(child.main())\n"
        )
        self._patch.setattr(launch, "_CHILD", script)
        bounds = limits or Limits(wall_seconds=10, cpu_seconds=5)
        return list(run_in_sandbox("sheets", self.file, limits=bounds, **options))


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Child:
    return Child(tmp_path, monkeypatch)


def refused(child: Child, body: str, limits: Limits | None = None) -> str:
    with pytest.raises(RefusedFile) as caught:
        child.run(body, limits)
    assert caught.value.hint is not None
    return str(caught.value.what)


def test_a_good_task_gets_the_file_and_its_arguments(child: Child) -> None:
    heard: list[float] = []
    found = child.run(
        """
        yield {"progress": 0.5}
        yield {"text": source.read().decode(), "given": dict(arguments)}
        """,
        arguments={"name": "x", "n": 3},
        progress=heard.append,
    )
    assert found == [{"text": "a;b\n", "given": {"name": "x", "n": 3}}]
    assert heard == [0.5]


def test_a_folder_is_the_current_one_of_the_child(child: Child) -> None:
    child.file = child.folder
    found = child.run("yield {'names': sorted(p.name for p in source.iterdir())}")
    assert found == [{"names": ["child.py", "input.csv"]}]


@pytest.mark.parametrize("number", ["SIGABRT", "SIGKILL", "SIGSEGV"])
def test_sudden_death(number: str, child: Child) -> None:
    body = f"import os, signal\nyield {{'a': 1}}\nos.kill(os.getpid(), signal.{number})"
    assert "more memory than allowed" in refused(child, body)


def test_silent_exit(child: Child) -> None:
    told = refused(child, "import os\nyield {'a': 1}\nos._exit(7)")
    assert told == "The reading of the file stopped without an answer (code 7)."


def test_exception(child: Child) -> None:
    told = refused(child, "yield {'a': 1}\nraise KeyError('colonne')")
    assert told == "The file is damaged and cannot be read (KeyError: 'colonne')."


def test_memory(child: Child) -> None:
    body = "yield {'a': 1}\nheld = [bytes(64 << 20) for _ in range(100)]"
    assert "more memory than allowed" in refused(child, body, Limits(memory_bytes=512 << 20))


def test_endless_thinking_is_stopped_by_processor_time(child: Child) -> None:
    told = refused(child, "yield {'a': 1}\nwhile True: pass", Limits(cpu_seconds=1, wall_seconds=20))
    assert told == "The file takes more than 1 seconds to read."


def test_hanging_is_stopped_by_the_clock(child: Child) -> None:
    before = time.monotonic()
    told = refused(child, "import time\nyield {'a': 1}\ntime.sleep(60)", Limits(wall_seconds=1))
    assert told == "The file takes more than 1 seconds to read."
    assert time.monotonic() - before < 5


def test_endless_output(child: Child) -> None:
    body = "while True: yield {'text': 'x' * 100000}"
    assert "senseless answer" in refused(child, body, Limits(output_bytes=20 << 20))


@pytest.mark.parametrize(
    "frame",
    [
        "b'{'",
        "b'[1, 2]'",
        "b'\\xff\\xfe'",
        "b'{\"a\": ' + b'[' * 100000 + b']' * 100000 + b'}'",
        'b\'{"refused": {"what": {"msgid": "{x.__class__}", "params": {"x": 1}}, "hint": null}}\'',
        "b'{\"refused\": 7}'",
        'b\'{"x": {"$date": "yesterday"}}\'',
    ],
)
def test_garbage_frames(frame: str, child: Child) -> None:
    assert "senseless answer" in str(refused_without_hint(child, f"yield {frame}"))


def refused_without_hint(child: Child, body: str) -> RefusedFile:
    with pytest.raises(RefusedFile) as caught:
        child.run(body)
    return caught.value


def test_garbage_instead_of_frames(child: Child) -> None:
    child.folder.joinpath("noise.py").write_text("import os\nos.write(1, b'\\xff' * 100)\n")
    child._patch.setattr(launch, "_CHILD", child.folder / "noise.py")
    with pytest.raises(RefusedFile, match="senseless answer"):
        list(run_in_sandbox("sheets", child.file))


def test_what_a_library_prints_is_no_answer(child: Child) -> None:
    assert child.run("print('chatter')\nyield {'a': 1}") == [{"a": 1}]


def test_the_child_holds_no_environment_and_no_other_file(child: Child) -> None:
    os.environ["MAILLON_CANARY"] = "canary"
    other = (child.folder / "secret.txt").open("w")
    os.set_inheritable(other.fileno(), True)
    try:
        (found,) = child.run(
            """
            import os
            yield {"env": sorted(os.environ), "files": os.listdir("/proc/self/fd")}
            """
        )
    finally:
        other.close()
        del os.environ["MAILLON_CANARY"]
    assert set(found["env"]) <= {"LC_CTYPE"}
    assert (
        len(found["files"]) <= 6
    )  # three standard ones, the file, the copy of the output, and the listing itself


def test_the_child_cannot_write_a_file(child: Child) -> None:
    told = refused(child, "with open('x', 'wb') as f: f.write(b'x' * 10)\nyield {}")
    assert "File too large" in told


def test_the_folder_of_the_child_is_its_own_and_goes(child: Child) -> None:
    (found,) = child.run("import os\nyield {'cwd': os.getcwd(), 'mode': oct(os.stat('.').st_mode)}")
    assert found["mode"] == "0o40700"
    assert not Path(found["cwd"]).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are of Linux")
def test_no_network(child: Child, caplog: pytest.LogCaptureFixture) -> None:
    """Where the kernel allows a namespace, only a loopback that is down is left; elsewhere it is logged."""
    with caplog.at_level(logging.INFO, logger=launch.__name__):
        (found,) = child.run("import os\nyield {'links': open('/proc/net/dev').read()}")
    names = [line.split(":")[0].strip() for line in found["links"].splitlines()[2:]]
    assert names == ["lo"] or "no network isolation" in caplog.text


def test_limits_of_the_child(child: Child) -> None:
    (found,) = child.run(
        """
        import resource
        names = ("RLIMIT_CORE", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_AS")
        yield {name: resource.getrlimit(getattr(resource, name)) for name in names}
        """,
        Limits(),
    )
    assert found == {
        "RLIMIT_CORE": [0, 0],
        "RLIMIT_CPU": [20, 21],
        "RLIMIT_FSIZE": [0, 0],
        "RLIMIT_AS": [1 << 30, 1 << 30],
    }


def test_no_polars_in_the_child(child: Child) -> None:
    """Nor anything else that is slow to import: the reader of sheets starts with calamine alone."""
    (found,) = child.run(
        """
        import sys, importlib
        for name in ("parse", "xlsx", "xlsb", "ods", "ole", "delimited"):
            importlib.import_module("maillon.intake.formats." + name)
        yield {"heavy": sorted({"polars", "numpy", "lxml", "altair"} & set(sys.modules))}
        """
    )
    assert found == {"heavy": []}


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """A shell that runs the tests in the background has them ignore Ctrl-C: heed it here."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_an_interruption_ends_the_child(child: Child, tmp_path: Path) -> None:
    """Ctrl-C reaches the parent while it waits; the child, in a session of its own, is killed with it."""
    main = threading.main_thread().ident
    timer = threading.Timer(0.8, signal.pthread_kill, [main, signal.SIGINT])
    body = "import os, time\nyield {'pid': os.getpid()}\ntime.sleep(60)"
    frames = iterate(child, body)
    number = next(frames)["pid"]
    before = time.monotonic()
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        next(frames)
    assert time.monotonic() - before < 5
    assert not is_alive(number)


def test_leaving_the_loop_ends_the_child(child: Child) -> None:
    frames = iterate(child, "import os, time\nyield {'pid': os.getpid()}\ntime.sleep(60)")
    number = next(frames)["pid"]
    assert is_alive(number)
    frames.close()
    assert not is_alive(number)


@pytest.mark.skipif(sys.platform != "linux", reason="the signal on the parent's death is of Linux")
def test_a_killed_parent_takes_the_child_along(tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_text("a;b\n" * 10)
    hanging = tmp_path / "child.py"
    hanging.write_text(
        "import json, os, sys, time\nfrom pathlib import Path\n"
        f"import runpy\nsys.meta_path.insert(0, runpy.run_path({str(ENTER)!r})['_BarePackages']())\n"
        "from maillon.intake.sandbox.confine import confine\n"
        "from maillon.intake.sandbox.limits import Limits\n"
        f"Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
        "confine(Limits(), json.loads(sys.argv[1])['parent'])\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from maillon.intake.sandbox import launch\n"
            f"launch._CHILD = Path({str(hanging)!r})\n"
            f"list(launch.run_in_sandbox('sheets', Path({str(tmp_path / 'input.csv')!r})))",
        ]
    )
    number = wait_for_number(tmp_path / "pid")
    time.sleep(0.3)  # past the line that ties the child to its parent
    parent.kill()
    parent.wait()
    for _ in range(50):
        if not is_alive(number):
            break
        time.sleep(0.1)
    assert not is_alive(number)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(RefusedFile, match="This is not a file"):
        list(run_in_sandbox("sheets", pipe))
    with pytest.raises(RefusedFile, match="cannot be opened: No such file"):
        list(run_in_sandbox("sheets", tmp_path / "absent.csv"))


def test_only_tasks_of_the_package_run(child: Child) -> None:
    with pytest.raises(RefusedFile, match="stopped without an answer"):
        list(run_in_sandbox("os:getpid", child.file))


def test_children_stay_small(child: Child) -> None:
    """An idle child holds some tens of MiB."""
    (found,) = child.run("import resource\nyield {'kib': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert found["kib"] < max(own, 80 << 10) + 1


def iterate(child: Child, body: str) -> Any:
    """Like ``run``, one frame at a time."""
    child.run("yield {}")  # writes the script and sets it
    script = launch._CHILD
    text = script.read_text().partition("def task")[0]
    script.write_text(
        f"{text}def task(source, arguments):\n{textwrap.indent(body, '    ')}\n"
        "child.find_task = lambda name: task\nsys.exit(child.main())\n"
    )
    return run_in_sandbox("sheets", child.file)


def is_alive(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/status").read_text()
    except FileNotFoundError:
        return False
    return "State:\tZ" not in status


def wait_for_number(path: Path) -> int:
    for _ in range(100):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError("the child never started")
