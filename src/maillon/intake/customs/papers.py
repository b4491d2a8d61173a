"""The kinds of customs papers that prove an origin, and how their evidence is named."""

from __future__ import annotations

#: How the ``evidence_source`` of a customs paper begins, by kind.
PAPER_NAMES = {"emebi": "EMEBI", "import_declaration": "import declaration"}
PAPER_PREFIXES = tuple(PAPER_NAMES.values())
