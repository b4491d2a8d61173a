"""A line of a version, and the history of its cells.

Columns that pages filter, sort or show are columns here; the other columns of the bill of materials
(``core.bom.BOM_SCHEMA``) or ledger (``core.ledger.LEDGER_SCHEMA``) are kept in ``more``.
"""

from __future__ import annotations

from django.db import models

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right

#: Columns that only who holds ``Right.PRICES`` reads, exports, filters or sorts by.
PRICE_FIELDS = frozenset(
    {"unit_price", "unit_price_max", "amount", "own_value", "annual_quantity", "currency", "vat_included"}
)


class Line(Owned):
    """One line. Null is unknown: never zero, never France."""

    read_right = Right.BOM
    write_right = Right.BOM_WRITE

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey("intake.Version", on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    item = models.PositiveIntegerField(null=True)
    parent = models.PositiveIntegerField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    reference = models.TextField(null=True)
    designation = models.TextField(null=True)
    family = models.CharField(max_length=20, null=True)
    quantity = models.FloatField(null=True)
    unit = models.CharField(max_length=10, null=True)
    annual_quantity = models.FloatField(null=True)
    unit_price = models.FloatField(null=True)
    amount = models.FloatField(null=True)
    currency = models.CharField(max_length=3, null=True)
    lead_time = models.FloatField(null=True)
    supplier = models.TextField(null=True)
    supplier_id = models.CharField(max_length=20, null=True)
    supplier_country = models.CharField(max_length=2, null=True)
    manufacturer = models.TextField(null=True)
    making_country = models.CharField(max_length=2, null=True)
    evidence = models.CharField(max_length=10, null=True)
    #: The firm never gives this part away, whatever the plan says.
    must_keep = models.BooleanField(default=False)
    more = models.JSONField(default=dict)

    class Meta:
        """In the order of the file."""

        ordering = ("version", "line")
        constraints = (models.UniqueConstraint(fields=("version", "line"), name="numbered_lines"),)
        indexes = (
            models.Index(fields=("version", "supplier"), name="line_supplier"),
            models.Index(fields=("version", "making_country"), name="line_country"),
            models.Index(fields=("version", "family"), name="line_family"),
            models.Index(fields=("version", "-amount"), name="line_amount"),
            models.Index(fields=("version", "parent"), name="line_parent"),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.reference or self.designation or ''}".strip()


class LineEdit(Owned):
    """One cell changed by a person. Undoing is one more edit, which names the one it undoes."""

    read_right = Right.BOM
    write_right = Right.BOM_WRITE

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="edits")
    #: Edits made together, by one bulk action, share this identifier and are undone together.
    batch = models.UUIDField(db_index=True)
    column = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undoes = models.UUIDField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.column} of line {self.line_id}"
