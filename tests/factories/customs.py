"""Invented customs papers as sheets, in French and English, and a source that they come from."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.intake.grid import Cell, Sheet, SourceFile

SOURCE = SourceFile("douane.xlsx", 1000, "0" * 64, "xlsx")

EMEBI_FR = ("Période", "Flux", "Nomenclature NC8", "Pays de provenance", "Pays d'origine", "Valeur (€)",
            "Masse nette (kg)", "Unités supplémentaires", "Nature de transaction", "Mode de transport",
            "Département", "Fournisseur")  # fmt: skip
EMEBI_EN = ("Reference period", "Flow", "CN8 code", "Country of dispatch", "Country of origin", "Value",
            "Net mass (kg)", "Supplementary units", "Nature of transaction", "Mode of transport",
            "Region of destination", "Supplier")  # fmt: skip
IMPORT_FR = ("N° déclaration", "Date d'acceptation", "Expéditeur", "Code TARIC", "Pays d'origine",
             "Préférence", "Masse nette", "Valeur en douane", "Valeur statistique", "Droits acquittés",
             "Incoterm", "Référence article", "Quantité")  # fmt: skip
IMPORT_EN = ("MRN", "Acceptance date", "Consignor", "Commodity code", "Country of origin", "Preference",
             "Net mass", "Customs value", "Statistical value", "Duty paid", "Incoterm", "Item reference",
             "Quantity")  # fmt: skip

ARRIVAL: tuple[Cell, ...] = ("202501", "Introduction", "84821090", "NL", "JP", "1 234,50", "12,400", "",
                             "11", "3", "90", "Lager BV")  # fmt: skip
IMPORT: tuple[Cell, ...] = ("25FR0001", "21/01/2025", "Shenzhen Invented Co.", "8471 50 00 00", "CN", "100",
                            3.6, 7221.6, 7292.4, 0.0, "FCA", "AC-77", 6.0)  # fmt: skip


def sheet(*rows: Sequence[Cell], name: str = "Feuil1") -> Sheet:
    """Return a sheet of ``rows``."""
    return Sheet(name, [list(row) for row in rows])
