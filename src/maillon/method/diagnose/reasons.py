"""Making reasons: a stable code and the figures it rests on. Their sentences are in ``words``."""

from __future__ import annotations

from maillon.core.reason import Reason


def counted(code: str, n: int, **params: object) -> tuple[Reason, ...]:
    """Return one reason that counts ``n`` things, or none when there is nothing to count.

    >>> counted("zero_price", 0), counted("zero_price", 2)[0].params["n"]
    ((), 2)
    """
    return (Reason(code, params={"n": n, **params}),) if n else ()
