"""How a journal may break."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with an event, or with the end."""

    CHANGED = "changed"  #: it is not what was written
    MISSING = "missing"  #: an event before it was taken out
    CUT = "cut"  #: events at the end were taken away, or written by somebody else
    UNSEALED = "unsealed"  #: the end was not sealed by this installation
    ANCHOR = "anchor"  #: another event stood here when it was noted outside
