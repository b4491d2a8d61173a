"""Quotations: suppliers' offers in a table of any layout, prices by quantity down or across."""

from maillon.intake.quotation.read import QuotationReading, read_quotations

__all__ = ["QuotationReading", "read_quotations"]
