"""What each column of a file may be, in words, and a person's choices as a mapping of the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

#: Roles by the columns of the library's frames, in the order of the list shown.
ROLES = {
    "reference": _("Reference of the part"),
    "designation": _("Designation"),
    "quantity": _("Quantity"),
    "unit": _("Unit"),
    "level": _("Level"),
    "parent": _("Used in (parent)"),
    "position": _("Position"),
    "family": _("Purchase family"),
    "material": _("Material"),
    "process": _("Process"),
    "mass": _("Mass"),
    "cn": _("Customs code"),
    "annual_quantity": _("Quantity a year"),
    "unit_price": _("Unit price without VAT"),
    "amount": _("Amount without VAT"),
    "currency": _("Currency"),
    "lead_time": _("Lead time"),
    "supplier": _("Supplier"),
    "supplier_id": _("Supplier’s SIREN, SIRET or VAT number"),
    "supplier_reference": _("Supplier’s reference"),
    "supplier_site": _("Supplier’s town"),
    "supplier_country": _("Supplier’s country"),
    "manufacturer": _("Maker"),
    "manufacturer_reference": _("Maker’s reference"),
    "making_site": _("Town where it is made"),
    "making_country": _("Country where it is made"),
    "evidence_source": _("Proof of origin"),
    "date": _("Date"),
    "document": _("Invoice or document"),
    "account": _("Account"),
    "note": _("Note"),
    "variant": _("Variant"),
    "item_number": _("Item number"),
    "designators": _("Designators"),
    "value": _("Value of the part"),
    "description": _("Description"),
    "section": _("Section"),
    "price": _("Price"),
    "unit_price_vat": _("Unit price with VAT"),
    "amount_vat": _("Amount with VAT"),
    "bulk_price": _("Price by quantity"),
    "price_pack": _("Price of a pack"),
    "pack": _("Pieces a pack"),
    "vat_rate": _("VAT rate"),
    "own_value": _("The firm’s own work"),
    "local_fraction": _("Share made in France"),
    "evidence": _("Strength of the proof"),
    "supplier_2": _("Second supplier"),
    "supplier_type": _("Kind of supplier"),
    "order_code": _("Order code"),
    "postcode": _("Postcode"),
    "gtin": _("Bar code (GTIN)"),
    "link": _("Link"),
}
#: Signs that a person may name where a column of figures can be read in two ways.
DECIMALS = (",", ".")


def rows_to_choose(understood: Mapping[str, Any], *, texts: bool, prices: bool) -> Iterator[dict[str, Any]]:
    """Yield each table with its columns as the page shows them; samples only to who may read them."""
    tables = [table for file in understood["files"] for table in file["tables"]]
    for at, table in enumerate(tables):
        columns = [
            column | {"samples": column["samples"] if texts and (prices or not column["priced"]) else []}
            for column in table["columns"]
        ]
        columns += [{"role": "", "source": label, "confidence": None} for label in table["unused"]]
        named = [column | {"name": f"{at}-{place}"} for place, column in enumerate(columns)]
        yield table | {"at": at, "columns": named}


def chosen_tables(understood: Mapping[str, Any], posted: QueryDict) -> tuple[list[dict[str, Any]], set[str]]:
    """Return the tables of a mapping document, and the roles that were given to two columns of one table."""
    tables, twice = [], set()
    for table in rows_to_choose(understood, texts=False, prices=False):
        columns = {column["role"]: "" for column in table["columns"] if column["role"]}
        taken: set[str] = set()
        for column in table["columns"]:
            role = posted.get(column["name"], column["role"])
            if (role not in ROLES and role != column["role"]) or not role:
                continue
            twice |= {role} & taken
            taken.add(role)
            columns[role] = column["source"]
        chosen = {"sheet": table["sheet"], "header_row": table["header_row"], "signature": table["signature"]}
        decimal = posted.get(f"decimal-{table['at']}")
        tables.append(chosen | {"columns": columns} | ({"decimal": decimal} if decimal in DECIMALS else {}))
    return tables, twice
