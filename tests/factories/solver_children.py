"""The work of the children of the cost shares done in this process: the same code without the start-up."""

from contextlib import contextmanager
from unittest.mock import patch

import numpy as np

from maillon.method.plan.pool.sharing import coalitions
from maillon.method.plan.pool.sharing.coalitions_child import answer_questions
from maillon.solve import ChildAnswer


@contextmanager
def shares_in_process():
    """Answer here what a child would answer; HiGHS alone is loaded, as in the child."""

    def answered(module, given, **_):
        assert module == "maillon.method.plan.pool.sharing.coalitions_child"
        found = answer_questions({name: np.asarray(value) for name, value in given.items()})
        return ChildAnswer({name: np.asarray(value) for name, value in found.items()}, "answered", 0.0)

    with patch.object(coalitions, "run_child", answered):
        yield
