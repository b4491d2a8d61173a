"""The exact search: branch on lines, bound by the relaxation, share the lots where lines are chosen."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maillon.method.plan.pool.location.neighbours import neighbours
from maillon.method.plan.pool.location.problem import Flags, Floats, LocationProblem
from maillon.method.plan.pool.location.relaxation import Bounded, Effort, choose_lines, first_prices, tighten

#: Price changes and first step of each pass at the root; then of every other node.
_ROOT_PASSES = ((150, 1.0), (150, 0.5), (200, 0.3), (300, 0.2))
_NODE_ROUNDS, _NODE_STEP = 80, 0.15
#: Share of the time left that a pass at the root keeps for what follows.
_KEPT = 0.6
#: Plans near the best one that each pass at the root may try.
_NEIGHBOURS = 8
ShareLots = Callable[[LocationProblem, Flags, float], tuple[float, Floats] | None]
Report = Callable[["Search"], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    """Lines that are open (``must``) or still may be, and what the relaxation said of their parent."""

    must: Flags
    may: Flags
    known: Bounded


class Search:
    """The state of one exact search, readable at any time: best plan so far and proved bound."""

    def __init__(self, problem: LocationProblem, share_lots: ShareLots, report: Report) -> None:
        self.problem = problem
        self.objective, self.bound = np.inf, -np.inf
        self.opened = np.zeros(problem.shape[0], dtype=bool)
        self.shares: Floats = np.zeros((0, 0))
        self.nodes, self.exhausted = 0, False
        self._share_lots, self._report = share_lots, report
        self._tried: set[bytes] = set()
        self._order = itertools.count()
        self._pruned, self._ends, self._unsettled = np.inf, np.inf, False

    def run(self, *, time_limit: float, target_gap: float) -> None:
        """Search until the relative gap is at most ``target_gap`` or ``time_limit`` seconds are over."""
        self._ends = ends = time.perf_counter() + time_limit
        root = self._root(ends, target_gap)
        heap: list[tuple[float, int, _Node]] = []
        self._push(heap, root, target_gap)
        while heap and time.perf_counter() < ends:
            bound, _, node = heapq.heappop(heap)
            self._raise_bound(bound)
            if self._settled(bound, target_gap):
                self._pruned = min(self._pruned, bound)
                continue
            for child in self._children(node, target_gap):
                self._push(heap, child, target_gap)
        self.exhausted = not heap and not self._unsettled
        self._raise_bound(min([self._pruned, self.objective, *(bound for bound, _, _ in heap)]))

    def _raise_bound(self, bound: float) -> None:
        now = min(bound, self._pruned, self.objective)
        if now > self.bound:
            self.bound = now
            self._report(self)

    def _settled(self, bound: float, target_gap: float) -> bool:
        return bound >= self.objective - target_gap * abs(self.objective) or bound == np.inf

    def _root(self, ends: float, target_gap: float) -> _Node:
        """Bound the whole problem, in passes: each begins with what the last plan costs and fewer lines."""
        must, may = np.zeros_like(self.opened), np.ones_like(self.opened)
        known = Bounded(-np.inf, first_prices(self.problem), self.problem.fixed, may, may.astype(np.float64))
        node = _Node(must, may, known)
        for rounds, step in _ROOT_PASSES:
            if time.perf_counter() > ends or self._settled(node.known.bound, target_gap):
                break
            # a pass never takes all the time that is left: plans have to be shared too
            left = ends - time.perf_counter()
            known = self._bounded(node, Effort(rounds, step, ends - _KEPT * left))
            self._try_near(known)
            if not np.isfinite(self.objective):
                self._try(node.may)
            self._raise_bound(known.bound)
            self._improve(known)
            node = self._fix(_Node(node.must, node.may, known), target_gap)
        return node

    def _bounded(self, node: _Node, effort: Effort) -> Bounded:
        target = self.objective if np.isfinite(self.objective) else 2 * abs(node.known.prices.sum()) + 1.0
        return tighten(
            self.problem,
            node.known.prices,
            node.must,
            node.may,
            target=target,
            effort=effort,
        )

    def _children(self, node: _Node, target_gap: float) -> list[_Node]:
        """Bound the two halves of a node: the line most in doubt open, and closed."""
        doubt = np.where(node.may & ~node.must, np.abs(node.known.average - 0.5), np.inf)
        line = int(doubt.argmin())
        halves = []
        for is_open in (True, False):
            must, may = node.must.copy(), node.may.copy()
            must[line], may[line] = is_open, is_open
            halves.append(self._bound_half(_Node(must, may, node.known), node.known.bound, target_gap))
        return [half for half in halves if half is not None]

    def _bound_half(self, half: _Node, inherited: float, target_gap: float) -> _Node | None:
        self.nodes += 1
        if not (half.may & ~half.must).any():
            self._leaf(half.must, inherited)
            return None
        known = self._bounded(half, Effort(_NODE_ROUNDS, _NODE_STEP, self._ends))
        self._try_near(known)
        known = Bounded(max(known.bound, inherited), known.prices, known.values, known.chosen, known.average)
        return _Node(half.must, half.may, known)

    def _push(self, heap: list[tuple[float, int, _Node]], node: _Node, target_gap: float) -> None:
        if self._settled(node.known.bound, target_gap):
            self._pruned = min(self._pruned, node.known.bound)
            return
        fixed = self._fix(node, target_gap)
        if not (fixed.may & ~fixed.must).any():
            self._leaf(fixed.must, node.known.bound)
            return
        heapq.heappush(heap, (node.known.bound, next(self._order), fixed))

    def _fix(self, node: _Node, target_gap: float) -> _Node:
        """Close or open for good the lines whose other choice the bound rules out."""
        if np.isneginf(node.known.bound):
            return node
        must, may = node.must.copy(), node.may.copy()
        base, needed = float(node.known.prices.sum()), float(self.problem.demand.sum())
        for line in np.flatnonzero(node.may & ~node.must):
            for is_open in (True, False):
                tried, left = must.copy(), may.copy()
                tried[line], left[line] = is_open, is_open
                bound = base + choose_lines(node.known.values, self.problem.capacity, tried, left, needed)[0]
                if self._settled(bound, target_gap):
                    self._pruned = min(self._pruned, bound)
                    must[line], may[line] = not is_open, not is_open
                    break
        return _Node(must, may, node.known)

    def _try_near(self, known: Bounded) -> None:
        """Try the lines of the relaxation, those it chose most of the time, and those it chose most."""
        self._try(known.chosen)
        self._try(known.average > 0.5)
        most = np.zeros_like(known.chosen)
        most[np.argsort(-known.average, kind="stable")[: int(np.ceil(known.average.sum() - 1e-9))]] = True
        self._try(most)

    def _improve(self, known: Bounded) -> None:
        """Walk from the best plan to better neighbours, for a bounded number of sharings."""
        calls = _NEIGHBOURS
        while calls and np.isfinite(self.objective):
            before = self.objective
            for near in neighbours(self.problem, known, self.opened, self.objective):
                calls -= 1
                self._try(near)
                if self.objective < before or not calls or time.perf_counter() > self._ends:
                    break
            if not self.objective < before or time.perf_counter() > self._ends:
                return

    def _leaf(self, opened: Flags, bound: float) -> None:
        """Close a node whose lines are all decided; where time ran out its bound stays open."""
        if not self._try(opened):
            self._pruned, self._unsettled = min(self._pruned, bound), True

    def _try(self, opened: Flags) -> bool:
        """Share the lots among these lines; return whether the answer is known."""
        key = np.packbits(opened).tobytes()
        if key in self._tried:
            return True
        try:
            found = self._share_lots(self.problem, opened, self._ends - time.perf_counter())
        except TimeoutError:
            return False
        self._tried.add(key)
        if found is None:
            return True
        used = found[1].any(axis=1)
        total = found[0] - float(self.problem.fixed[opened & ~used].sum())
        if total < self.objective:
            self.objective, self.shares, self.opened = total, found[1], opened & used
            self._report(self)
        return True
