"""Loading the files of SIRENE, joined into the columns of a snapshot by one set of expressions."""

from maillon.reference.register.loading.join import join_establishments
from maillon.reference.register.loading.scan import ENGINES, Scanner, open_scanner
from maillon.reference.register.loading.scope import SCOPES

__all__ = ["ENGINES", "SCOPES", "Scanner", "join_establishments", "open_scanner"]
