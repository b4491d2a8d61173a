"""The columns of a register snapshot: what every loader gives and every reader may rely on.

A snapshot holds two tables. ``ESTABLISHMENTS`` has one row for each establishment, in the order of ``siret``;
its row number (from 0) is the identity that the indexes use. ``CAPABILITIES`` has one row for each thing that
a source says of what an establishment makes, owns or holds; SIRENE itself says none of it.
"""

from __future__ import annotations

import polars as pl

#: One row an establishment. Text codes keep their leading zeros; null is unknown.
ESTABLISHMENTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "siret": pl.String,  # 14 digits
    "siren": pl.String,  # 9 digits
    "head_office": pl.Boolean,
    "name": pl.String,  # the best name to show: usual name, else legal name; null where masked
    "legal_name": pl.String,  # denomination, or usual first name and name of a sole trader
    "trade_names": pl.List(pl.String),  # shop signs and usual names of both files, without repeats
    "acronym": pl.String,
    "natural_person": pl.Boolean,  # a sole trader: a person, though the licence is open
    "address": pl.String,  # number, street and complement in one line
    "postcode": pl.String,
    "commune": pl.String,  # INSEE code
    "commune_name": pl.String,
    "departement": pl.String,  # INSEE code: 2A, 971…
    "region": pl.String,  # INSEE code
    "lat": pl.Float64,  # WGS84
    "lon": pl.Float64,
    "point_source": pl.String,  # address | commune
    "naf": pl.String,  # rev. 2, dotted: 25.62B
    "naf25": pl.String,  # NAF 2025, dotted; null in older files
    "headcount_band": pl.String,  # INSEE code: NN, 00, 01 … 53
    "headcount_low": pl.Int32,  # fewest and most persons of the band; null where unknown
    "headcount_high": pl.Int32,
    "category": pl.String,  # PME | ETI | GE
    "legal_form": pl.String,  # INSEE category, 4 digits
    "created": pl.Date,
    "active": pl.Boolean,
    "employer": pl.Boolean,
    "masked": pl.Boolean,  # diffusion status P: name and address are not shown
    "insolvency": pl.Date,  # last opening of insolvency proceedings that a BODACC file tells; else null
    "predecessor": pl.String,  # SIRET that INSEE links as taken over by this one
}

#: One row for each capability told by a source.
CAPABILITIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "siret": pl.String,
    "source": pl.String,  # relance | decp | epv | rge | qualiopi | members | correction | …
    "kind": pl.String,  # see KINDS
    "code": pl.String,  # process, material class or certificate code where the source gives one
    "text": pl.String,  # the words of the source
    "low": pl.Float64,  # fewest or least, in ``unit``
    "ideal": pl.Float64,
    "high": pl.Float64,  # most: largest lot, largest size, finest tolerance
    "unit": pl.String,  # mm, kg, pieces, hours a month
    "date": pl.Date,  # of the fact, else of the file
}

#: What a row of ``CAPABILITIES`` tells.
KINDS = frozenset(
    {
        "description",  # free words on what the firm does or is financed for
        "contract",  # the object of a public contract it won
        "process",  # a process it runs
        "machine",
        "material",  # a material it works
        "size",  # largest part: ``high`` in mm (length) or kg (mass)
        "tolerance",  # finest tolerance, ``high`` in mm
        "certificate",  # ISO 9001, EN 9100, EPV, RGE, Qualiopi…; ``code`` is one of the certificate codes
        "lot",  # fewest, ideal and most pieces of one order
        "capacity",  # free capacity: ``high`` in hours a month
        "product",  # a product it makes or sells
        "role",  # ``code``: maker | distributor | exhibitor | excluded | own-supplier
    }
)
