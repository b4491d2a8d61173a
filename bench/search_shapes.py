"""``python -m bench.search_shapes``: what shapes of the search's terms are worth on development data.

Prints the mean nDCG@10 of some shapes under some weights, on the questions that ``bench.search.tune`` fits on
(the test nouns and firms are never read). The standard profile was chosen among these: the best that keeps
evidence of the process above activity, distance and workforce together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from bench.search.features import read_questions
from bench.search.setting import open_setting
from maillon.method.search.suppliers import Profile, standard_profile
from maillon.method.search.suppliers.search import searcher_of

RANKS = {"flat": (1.0, 0.75, 0.6, 0.5), "steep": (1.0, 0.5, 0.35, 0.25)}
SAME_CLASS, LABELS = (0.15, 0.3), (0.25, 0.5)
PROCESS_STEEPNESS, ACTIVITY_STEEPNESS = (1.0, 3.0), (1.0, 2.0, 3.0)
WEIGHTS = [{"process": p, "activity": a, "text": 0.5} for p, a in product((5.0, 7.0), (2.0, 4.0, 5.0))]


def shaped(standard: Profile) -> Iterator[Profile]:
    """Yield the profile in every shape tried, each under a version of its own."""
    grid = product(RANKS.items(), SAME_CLASS, LABELS, PROCESS_STEEPNESS, ACTIVITY_STEEPNESS)
    for (name, ranks), same_class, label, process, activity in grid:
        shapes = {**standard.shapes, "process_steepness": process, "activity_steepness": activity}
        version = f"ranks {name}, class {same_class}, label {label}, steepness {process:g} {activity:g}"
        yield replace(
            standard, version=version, ranks=ranks, same_class=same_class, label=label, shapes=shapes
        )


def main() -> None:
    standard = standard_profile()
    with open_setting() as setting:
        asked, rows = setting.ask("dev", enriched=True)
        searcher, corpus = searcher_of(setting.nameless()), setting.corpus(enriched=True)
        print("process/activity:", "  ".join(f"{w['process']:g}/{w['activity']:g}" for w in WEIGHTS))
        for profile in shaped(standard):
            questions = read_questions(searcher, corpus, asked, rows, profile)
            means = [
                np.mean([q.score({**standard.weights, **weights}) for q in questions]) for weights in WEIGHTS
            ]
            print(f"{profile.version}: {'  '.join(f'{mean:.4f}' for mean in means)}", flush=True)


if __name__ == "__main__":
    main()
