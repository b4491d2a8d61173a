"""What the repository may hold: nothing of the machine it was made on, nothing that is not ours to ship."""

import hashlib
import re
from pathlib import Path

import pytest

#: Written in pieces, so that this file passes its own test.
INDEX = re.compile(
    "|".join(
        [
            "pypi" + r"\.org/(simple|pypi)",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            r"(?<!no-emit-)(extra-)?" + "index" + r"-url\b",
            "PIP_" + "INDEX",
            "proxy" + r"\.golang",
        ]
    )
)
MACHINE = re.compile(r"(?<![\w.$}>/])/(" + "work|root" + r"|home/\w+|Users/\w+)/" + r"|[A-Z]:\\Users")
LOCKS = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"}
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X{3}|HA" + r"CK)\b")
#: An example file holds arbitrary invented text; a lexicon or a table may hold any word.
DATA = {".csv", ".txt", ".json", ".geojson", ".toml", ".svg"}
LARGEST = 2_500_000  # bytes: the largest reference table


def found(pattern, texts, root):
    return [
        f"{path.relative_to(root)}:{text[: match.start()].count(chr(10)) + 1}: {match[0]}"
        for path, text in texts.items()
        for match in pattern.finditer(text)
    ]


def test_no_file_names_a_package_index(texts, root):
    assert found(INDEX, texts, root) == []


def test_no_file_names_a_folder_of_some_machine(texts, root):
    assert found(MACHINE, texts, root) == []


def test_there_is_no_lock_file(tracked, root):
    assert [str(path.relative_to(root)) for path in tracked if path.name in LOCKS] == []


def test_every_pinned_package_has_its_hashes(root):
    for name in ("run", "web", "test"):
        pins = (root / f"requirements/{name}.txt").read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", pins))
        bare = [block.split("\n")[0] for block in blocks if block.strip() and "--hash=sha256:" not in block]
        assert not bare, f"{name}: {bare}"


def test_nothing_is_left_unfinished(texts, root):
    code = {path: text for path, text in texts.items() if path.suffix not in DATA}
    assert found(UNFINISHED, code, root) == []


def test_no_file_is_large(tracked, root):
    large = [str(path.relative_to(root)) for path in tracked if path.stat().st_size > LARGEST]
    assert not large, "\n".join(map(str, large))


def test_nothing_of_the_shared_test_data_is_committed(tracked, root):
    shared = root / "../shared/data"
    if not shared.is_dir():
        pytest.skip("../shared/data is absent: cannot compare with it")
    foreign = {path.stat().st_size: path for path in shared.rglob("*") if path.is_file()}
    suspects = [path for path in tracked if path.stat().st_size in foreign and path.stat().st_size > 200]
    copies = [path for path in suspects if digest(path) in {digest(other) for other in foreign.values()}]
    assert not copies, "\n".join(map(str, copies))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_patterns_see_what_they_look_for():
    assert INDEX.search("pip install --" + "index" + "-url https://x")
    assert not INDEX.search("--no-emit-" + "index" + "-url")
    assert MACHINE.search('open("' + "/ro" + 'ot/x")')
    assert not MACHINE.search("https://example.org/" + "work/x")
    assert UNFINISHED.search("# TO" + "DO later")
