"""Dossiers made by the real diagnosis from small invented bills of materials."""

from __future__ import annotations

import datetime as dt
from typing import Any

from factories.boms import flat_bom
from maillon.core.bom import Bom, bom_from
from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import message, plural_message
from maillon.dossier import Dossier
from maillon.intake.grid import SourceFile
from maillon.intake.reading import Reading, RowAccount, TableReading
from maillon.method.diagnose import diagnose_bom
from maillon.pipeline import split_variants

DAY = dt.date(2026, 11, 22)

#: What a hostile supplier, part or file may be called (security design, rows 72 and 73).
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+33 1 23 45",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=HYPERLINK("http://127.0.0.1/","x")',
    "http://127.0.0.1/x",
    "mailto:x@y",
    "internal:'Lignes'!A1",
    "{=SUM(1)}",
    "<script>alert(1)</script>",
    "</title></style><svg onload=alert(1)>",
    "<!-- & --> ]]> \"'",
    "[x](javascript:alert(1))",
    "{name} {0} %s {{ 7*7 }}",
    "00123",
    "1E10",
    "TRUE",
    "#REF!",
    "_x0041_",
    "a\x01b\nc",
    "\u202egnp.exe",
    "e\u0301 😀 \u200b",
)


def dossier_of(
    bom: Bom, *, name: str = "essai", doubts: tuple[Doubt, ...] = (), quarantined: int = 0
) -> Dossier:
    """Return the dossier of one file that held these lines and nothing else but a header."""
    lines = len(bom)
    account = RowAccount(read=lines + 1 + quarantined, parts=lines, headers=1, quarantined=quarantined)
    table = TableReading("Nomenclature", 1, {}, account, ())
    source = SourceFile("essai.xlsx", 2048, "ab" * 32, "xlsx")
    return Dossier(
        name=name,
        readings=(Reading(source, (table,), doubts, bom=bom),),
        bom=bom,
        diagnosis=diagnose_bom(bom),
        doubts=doubts,
        version="0.1.0",
        seed=0,
        date=DAY,
        variants=tuple(diagnose_bom(part) for part in split_variants(bom)),
    )


def known_dossier() -> Dossier:
    """A product of 1,000 € in four bought lines: 200 French, 400 German, 200 Chinese, 200 unknown."""
    bom = bom_from(
        {
            "parent": [None, 1, 1, 1, 1],
            "level": [1, 2, 2, 2, 2],
            "reference": ["P", "A-1", "A-2", "A-3", "A-4"],
            "designation": ["Produit", "Carter", "Moteur", "Carte", "Capteur"],
            "family": [None, "castings", "electric-motors", None, None],
            "quantity": [1.0, 2.0, 1.0, 4.0, 1.0],
            "unit": ["piece"] * 5,
            "unit_price": [None, 100.0, 400.0, 50.0, 200.0],
            "currency": ["EUR"] * 5,
            "own_value": [100.0, None, None, None, None],
            "supplier": [None, "Fonderie", "Moteurs", "Négoce", "Capteurs"],
            "supplier_country": [None, "FR", "DE", "FR", "FR"],
            "making_country": ["FR", "FR", "DE", "CN", None],
            "making_departement": [None, "90", None, None, None],
            "evidence": ["declared", "documented", "declared", "declared", None],
            "mass": [None, 3.0, 2.0, 0.5, None],
        },
        name="produit",
    )
    doubt = Doubt(
        "zero-quantity",
        plural_message("{n} line", "{n} lines", n=2),
        Treatment.WARNED,
        "Nomenclature",
        "C4",
        message("unknown"),
    )
    return dossier_of(bom, name="produit", doubts=(doubt,), quarantined=1)


def hostile_dossier() -> Dossier:
    """Every text that comes from a file is hostile; half of the lines are made abroad, the rest unknown."""
    rows: list[dict[str, Any]] = [
        {
            "section": text,
            "position": text,
            "reference": text,
            "designation": text,
            "material": text,
            "process": text,
            "unit": text,
            "supplier": f"{text}" if place % 2 else f"{text} ",
            "supplier_id": text,
            "supplier_reference": text,
            "supplier_site": text,
            "manufacturer": text,
            "manufacturer_reference": text,
            "making_site": text,
            "evidence_source": text,
            "note": text,
            "file": text,
            "sheet": text,
            "making_country": "CN" if place % 2 else None,
            "unit_price": 100.0 + place,
        }
        for place, text in enumerate(HOSTILE)
    ]
    return dossier_of(flat_bom(*rows), name=HOSTILE[12], doubts=_hostile_doubts())


def _hostile_doubts() -> tuple[Doubt, ...]:
    return tuple(
        Doubt("odd", message("{what}", what=text), Treatment.NEUTRALISED, text, "A1", message("{a}", a=text))
        for text in HOSTILE
    )


def unknown_dossier() -> Dossier:
    """Prices and suppliers, no origin at all."""
    return dossier_of(
        flat_bom(*({"designation": f"Pièce {s}", "unit_price": 25.0, "supplier": s} for s in "ABCD"))
    )


def unpriced_dossier() -> Dossier:
    """Origins, no price."""
    return dossier_of(
        flat_bom(
            {"designation": "Carter", "making_country": "FR", "supplier": "A"},
            {"designation": "Carte", "making_country": "CN", "supplier": "B"},
            {"designation": "Moteur", "supplier": "B"},
        )
    )


def unnamed_dossier() -> Dossier:
    """Prices, no supplier."""
    return dossier_of(
        flat_bom(
            {"designation": "Carter", "unit_price": 60.0, "making_country": "FR"},
            {"designation": "Carte", "unit_price": 40.0},
        )
    )


def variant_dossier() -> Dossier:
    """Two variants that share one line."""
    return dossier_of(
        flat_bom(
            {"designation": "Socle", "unit_price": 50.0, "making_country": "FR", "supplier": "A"},
            {"designation": "Bras", "unit_price": 50.0, "making_country": "FR", "variant": "V1"},
            {"designation": "Bras", "unit_price": 150.0, "making_country": "CN", "variant": "V2"},
        )
    )


def single_dossier() -> Dossier:
    """One line."""
    return dossier_of(flat_bom({"designation": "Vis", "unit_price": 2.0, "making_country": "FR"}))


def empty_dossier() -> Dossier:
    """No line at all."""
    return dossier_of(bom_from({}))


EVERY = {
    "known": known_dossier,
    "hostile": hostile_dossier,
    "unknown": unknown_dossier,
    "unpriced": unpriced_dossier,
    "unnamed": unnamed_dossier,
    "variants": variant_dossier,
    "single": single_dossier,
    "empty": empty_dossier,
}
