"""The member file: what firms themselves tell of their means, in a sheet that an office fills in or collects.

One row a firm, in CSV or in a workbook, headers in French or English: SIRET (or SIREN, VAT number, name),
processes, machines, materials, largest sizes and mass, tolerance, certificates, smallest / ideal / largest
lot, free capacity, products, description. Words become codes through the tables of processes, materials and
certificates; a word without code is kept as text. Figures may carry their unit in the cell ("Ø 400 mm",
"2 t", "±0,02") or in the header ("Longueur max (mm)"). The file stays the property of the office.
"""

from maillon.reference.register.enrich.members.columns import COLUMNS
from maillon.reference.register.enrich.members.reading import read_members
from maillon.reference.register.enrich.source import Source

TELLING = (
    "processes",
    "machines",
    "materials",
    "size",
    "length",
    "diameter",
    "mass",
    "tolerance",
    "certificates",
    "lot",
    "lot_low",
    "lot_ideal",
    "lot_high",
    "capacity",
    "products",
)
SOURCE = Source(
    code="members",
    title="Member file",
    licence="property of the office",
    columns=COLUMNS,
    needs=(("siret", "siren", "vat", "name"), TELLING),
    read=read_members,
    file_words=("adherents", "members", "membres"),
    official=False,
)

__all__ = ["COLUMNS", "SOURCE", "read_members"]
