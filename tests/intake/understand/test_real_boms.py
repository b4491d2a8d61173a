"""Twenty-six real bills of materials, with facts counted by hand; skipped where the files are absent."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from maillon.intake import read_file

_FOLDER = Path(__file__).parents[3] / "../shared/data/boms"


@dataclass(frozen=True)
class Facts:
    """What a person reads in a file: tables that count (sheet, header row, parts), sums, columns, lines."""

    tables: tuple[tuple[str, int | None, int], ...]
    quantity: float
    columns: dict[str, str] = field(default_factory=dict)
    lines: tuple[tuple[int, dict[str, object]], ...] = ()  # sheet row → some of its values
    amount: float | None = None


_FACTS = {
    "bajasae_bom.xlsx": Facts(
        (("Sheet1", 2, 30),),
        65,
        {
            "designation": "Name",
            "unit_price": "Price",
            "quantity": "Quantity",
            "amount": "Subtotal",
            "supplier": "Vendor",
        },
        (
            (
                5,
                {
                    "designation": "Hall Effect Sensor",
                    "quantity": 2,
                    "unit_price": 0.95,
                    "amount": 1.9,
                    "supplier": "SparkFun",
                },
            ),
            (29, {"designation": "Carbon Fiber", "quantity": None, "unit_price": None, "supplier": None}),
        ),
        335.26,
    ),
    "de_eigenbau_cnc_bom.ods": Facts(
        (("Tabelle1", 4, 21),),
        61.04,
        {"quantity": "menge", "unit_price": "ep", "amount": "gp"},
        (
            (
                11,
                {
                    "designation": "Profile Rahmen 80x80",
                    "quantity": 34.04,
                    "unit_price": 3.6,
                    "section": "unterkonstuktion",
                },
            ),
        ),
        1323.574,
    ),
    "exaspim_bom.xlsx": Facts(
        (("in", 1, 92),),
        212,
        {
            "reference": "SOLIDWORKS PART NUMBER",
            "supplier": "CATALOG",
            "supplier_reference": "CATALOG PART NUMBER",
            "designation": "DESCRIPTION",
            "quantity": "QTY.",
        },
        (
            (
                27,
                {
                    "designation": "Sealing Plug",
                    "supplier": "McMaster-Carr",
                    "distributor": True,
                    "quantity": 2,
                },
            ),
        ),
    ),
    "exaspim_bom.csv": Facts(
        (("", 1, 92),),
        212,
        {"reference": "PART NUMBER", "quantity": "QTY."},
        ((9, {"position": "8", "reference": None, "quantity": 1}),),
    ),
    "fr_be_3dprinter_bom.xlsx": Facts(
        (("BOM", 1, 21),),
        41,
        {"section": "Subsystem", "designation": "Item", "amount": "Price (€)"},
        (
            (
                3,
                {
                    "designation": "Arduino Mega 2560",
                    "section": "Electronics",
                    "supplier": "Banggood",
                    "currency": "EUR",
                },
            ),
            (25, {"designation": "MDF 6mm 80*60mm", "quantity": 3, "amount": 24.9, "section": "Material"}),
        ),
        242.62,
    ),
    "fr_cealeti_pickremove_bom.xlsx": Facts(
        (("Structure", 1, 43),),
        109,
        {"position": "N°", "reference": "Reference", "quantity": "Quantity"},
        (
            (5, {"position": "2.1", "level": 2, "parent": 2}),
            (23, {"position": "3.10", "level": 2, "quantity": 10}),
            (32, {"position": "3", "level": 1, "parent": None}),
            (33, {"level": 2, "parent": 28, "supplier": "RS"}),
        ),
    ),
    "fr_insoleuse_nomenclature.xlsx": Facts(
        (("Débit bois", 3, 13), ("Vis", 3, 15)),
        108,
        {"reference": "Réf.", "quantity": "Qté", "material": "Matériau"},
        (
            (
                12,
                {
                    "designation": "Tass 15x15 /3, /2",
                    "quantity": 2,
                    "material": "Pin",
                    "section": "Tasseaux Zone éclairage",
                },
            ),
        ),
    ),
    "fr_plasticrecycler_nomenclature.xlsx": Facts(
        (("Nomenclature", 2, 95),),
        434,
        {
            "position": "Index",
            "designation": "Désignation",
            "quantity": "Quantité",
            "material": "Matériau",
            "process": "Fabrication",
        },
        (
            (
                3,
                {
                    "designation": "SOCLE_MOTEUR_STIRLING",
                    "material": "Bois",
                    "process": "Découple laser",
                    "position": "70",
                },
            ),
            (24, {"designation": "RONDELLE_PLATE_M4", "quantity": 82, "process": None}),
            (86, {"material": None}),
        ),
    ),
    "fr_rpiroadbook_nomenclature.xlsx": Facts(
        (("Nomenclature", 4, 32),),
        32,
        {
            "designation": "Libellé",
            "quantity": "Qté",
            "unit_price": "Prix unitaire",
            "amount": "Total",
            "lead_time": "Délais d'appro",
        },
        (
            (
                9,
                {
                    "designation": "Horloge RTC DS3231",
                    "unit_price": 1.36,
                    "lead_time": 30,
                    "supplier": "eBay",
                    "section": "RpiRoadbook Wifi Seul, sans écran",
                },
            ),
            (59, {"designation": "Boite étanche Lunchbox Auchan", "unit_price": 6, "section": "Boitier"}),
        ),
        359.5355555555556,
    ),
    "fr_tfe2024_bom.xlsx": Facts(
        (("analog_filter_pcb", 1, 122),),
        142,
        {"designation": "Comment", "position": "Designator", "supplier_reference": "Vendor"},
        (
            (
                5,
                {
                    "position": "C3-8,C10-12,C15-23",
                    "quantity": 18,
                    "supplier": "LCSC",
                    "supplier_reference": "C14663",
                },
            ),
        ),
    ),
    "hackrf_jellybean_bom.ods": Facts(
        (("JellyBean_BOM", 2, 114),),
        130,
        {"position": "Ref", "manufacturer": "Manufacturer", "quantity": "DigiKey Quantity"},
        (
            (
                46,
                {
                    "position": "C1",
                    "quantity": 30,
                    "supplier": "Digi-Key",
                    "supplier_reference": "490-1532-1-ND",
                },
            ),
            (47, {"position": "C10", "quantity": None, "manufacturer": "Murata"}),
        ),
    ),
    "libresolar_mppt2420_bom.csv": Facts(
        (("", 1, 62),),
        141,
        {
            "position": "References",
            "designation": "Description",
            "quantity": "Quantity Per PCB",
            "manufacturer": "Manufacturer",
            "manufacturer_reference": "PartNumber",
        },
        (
            (2, {"position": "C11 C15", "quantity": 2, "manufacturer": None}),
            (10, {"manufacturer": "EPCOS / TDK", "manufacturer_reference": "B32529C224J"}),
        ),
    ),
    "maslow_bom.txt": Facts(
        (("", None, 14),),
        64,
        {},
        (
            (3, {"designation": "Cup Hooks", "quantity": 8}),
            (15, {"designation": "Stretchy Tensioning Cord", "quantity": 3, "unit": "m"}),
        ),
    ),
    "mecanumbot_bom.xlsx": Facts(
        (("BOM", 1, 32),),
        46,
        {
            "designation": "Item",
            "section": "Category",
            "unit_price": "Cost",
            "amount": "Sub-Total",
            "supplier": "Vendor",
            "supplier_reference": "Vendor Part ID",
        },
        (
            (22, {"supplier": "Adafruit", "supplier_reference": "391"}),
            (29, {"supplier": None, "supplier_reference": None}),
        ),
        2418.35,
    ),
    "mntreform_motherboard_r3_bom.xlsx": Facts(
        (("reform2-motherboard", 1, 115),),
        455,
        {
            "position": "Reference",
            "quantity": "Quantity",
            "supplier": "Distributor",
            "manufacturer": "Manufacturer",
            "manufacturer_reference": "Manufacturer_No",
        },
        ((5, {"position": "J20 J18", "quantity": 2, "manufacturer_reference": "61300311121"}),),
    ),
    "odri_foot_switch_bom.xlsx": Facts(
        (("Tabelle1", 3, 13),),
        20,
        {"quantity": "Qty", "position": "Part", "designation": "Description", "supplier": "Order code"},
        ((9, {"supplier": "RS", "supplier_reference": "7559568", "reference": "MCP6V26-E/MS"}),),
    ),
    "opendogv3_bom.ods": Facts(
        (("Sheet1", 2, 41),),
        1791,
        {"designation": "Part", "quantity": "quantity"},
        (
            (
                34,
                {
                    "designation": "Internal Cycloidal Drive bearings",
                    "quantity": 384,
                    "supplier": "AliExpress",
                },
            ),
            (43, {"designation": "Motor mounts", "quantity": 48, "section": "Nuts & Bolts"}),
        ),
    ),
    "opentrons_otone_pro_bom.xlsx": Facts(
        (("Sheet1", 2, 101),),
        383,
        {"section": "Section", "designation": "Part Name", "quantity": "Quantity"},
        (
            (39, {"designation": "Motor", "quantity": 3, "section": "Z - Axis Components"}),
            (54, {"designation": "3D Printed Z Holder", "quantity": None}),
        ),
    ),
    "pl_printnc_v4_enriched.csv": Facts(
        (("", 1, 84),),
        836,
        {"section": "Category", "designation": "Part", "quantity": "Qty", "unit_price": "Approx Price Range"},
        (
            (
                12,
                {
                    "designation": "M4x12 SHCS",
                    "quantity": 35,
                    "unit_price": 0.04,
                    "unit_price_max": 0.08,
                    "supplier": "AliExpress",
                },
            ),
            (34, {"quantity": None, "unit_price": 218}),
        ),
    ),
    "planktoscope_v2.5_bom.csv": Facts(
        (("", 1, 34),),
        156,
        {
            "designation": "Part/BOM Name",
            "quantity": "BOM Qty",
            "manufacturer": "Manufacturer",
            "manufacturer_reference": "MPN",
        },
        ((4, {"quantity": 4, "manufacturer": "Fascomp", "manufacturer_reference": "FM2101-2545-SS"}),),
    ),
    "preciousplastic_coolingpress_bom.xlsx": Facts(
        (("BOM Netherlands", 1, 14),),
        91,
        {"section": "Type", "designation": "Item", "amount": "Price", "quantity": "Qty."},
        ((7, {"quantity": None, "amount": 300}), (8, {"quantity": 8, "amount": 0.97, "supplier": "Fabory"})),
        646.18,
    ),
    "preciousplastic_extruder_bom.xlsx": Facts(
        (("BOM Netherland", 1, 49),),
        133.54,
        {"designation": "Item", "quantity": "Qty.", "amount": "Price"},
        (
            (2, {"quantity": 0.1, "unit": "m", "amount": 75.15}),
            (46, {"quantity": 2, "amount": 7.1, "currency": "EUR"}),
        ),
        2748.825,
    ),
    "predators_frc2015_bom.xlsx": Facts(
        (("Sheet1", 2, 39),),
        157,
        {"section": "System", "reference": "Part Number", "unit_price": "Cost Each", "amount": "Total Cost"},
        (
            (
                9,
                {
                    "designation": "CIM Motor",
                    "quantity": 4,
                    "unit_price": None,
                    "amount": None,
                    "section": "Drive",
                },
            ),
            (10, {"quantity": 2, "unit_price": 104, "amount": 208}),
        ),
        2265,
    ),
    "printnc_v3_official_bom.xlsx": Facts(
        (("V3", 1, 82),),
        164,
        {"quantity": "Qty"},
        (
            (8, {"quantity": 6, "section": "Hardware & Electronics (AliExpress Customized Kit)"}),
            (38, {"quantity": 6, "supplier": "Grainger"}),
        ),
    ),
    "ultimaker_original_bom.xlsx": Facts(
        (("Blad1", 6, 133),),
        577,
        {"reference": "Partnummer", "designation": "Naam", "quantity": "Quantity"},
        (
            (34, {"reference": "1034", "designation": "Feeder Clamp B", "quantity": None}),
            (134, {"reference": "1209", "quantity": 151}),
        ),
    ),
    "voron1_generated_bom.csv": Facts(
        (("", 1, 106),),
        1246,
        {"section": "Category", "designation": "Description", "quantity": "Qty"},
        ((3, {"designation": "M5x30 BHCS", "quantity": 6, "section": "Fasteners"}),),
    ),
}


@pytest.mark.parametrize("name", sorted(_FACTS))
def test_a_real_bill_of_materials(name: str) -> None:
    path = _FOLDER / name
    if not path.exists():
        pytest.skip(f"the file shared/data/boms/{name} is absent")
    facts, reading = _FACTS[name], read_file(path)
    kept = [t for t in reading.tables if t.kind in ("bom", "ledger")]
    assert tuple((t.sheet, t.header_row, t.rows.parts) for t in kept) == facts.tables
    assert all(t.rows.balanced for t in reading.tables)
    shown = {role: kept[0].columns[role].source for role in facts.columns}
    assert shown == facts.columns
    assert reading.bom is not None
    assert reading.bom.lines["quantity"].sum() == pytest.approx(facts.quantity)
    if facts.amount is not None:
        assert reading.bom.lines["amount"].sum() == pytest.approx(facts.amount, abs=0.005)
    by_row = {line["row"]: line for line in kept[0].lines}
    for row, expected in facts.lines:
        assert {role: by_row[row].get(role) for role in expected} == expected
