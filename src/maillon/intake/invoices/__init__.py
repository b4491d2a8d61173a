"""Electronic invoices (EN 16931): Factur-X, UBL and CII, one file, a folder or a zip of thousands."""

from maillon.intake.invoices.read import looks_like_invoice, read_invoices

__all__ = ["looks_like_invoice", "read_invoices"]
