"""Who pays what: shares that no firm and no group of firms has a reason to refuse."""

from maillon.method.plan.pool.sharing.coalitions import Departure, Shares, fair_shares, leave_one_by_one
from maillon.method.plan.pool.sharing.shapley import shapley_shares

__all__ = ["Departure", "Shares", "fair_shares", "leave_one_by_one", "shapley_shares"]
