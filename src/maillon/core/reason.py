"""Why: a reason is data, put into words only at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a result: a stable ``code``, its ``weight`` in the result, and the facts it rests on."""

    code: str
    weight: float = 0.0
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
