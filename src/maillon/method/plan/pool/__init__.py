"""Pooled needs: which lines become viable when several firms buy together, and who pays what."""

from maillon.method.plan.pool.needs import PoolGroup, PoolLine, PoolNeed, PoolRules, group_needs
from maillon.method.plan.pool.pool import Search, pool_needs
from maillon.method.plan.pool.result import Leaving, LineOutcome, MemberOutcome, PoolPlan
from maillon.method.plan.pool.verify import verify_pool

__all__ = [
    "Leaving",
    "LineOutcome",
    "MemberOutcome",
    "PoolGroup",
    "PoolLine",
    "PoolNeed",
    "PoolPlan",
    "PoolRules",
    "Search",
    "group_needs",
    "pool_needs",
    "verify_pool",
]
