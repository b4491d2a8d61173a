"""What is read of one invoice, term by term (EN 16931 business terms), the same for every syntax."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier with its scheme (ISO 6523: 0002 SIREN, 0009 SIRET), empty where none is given."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Seller:
    """BG-4: names, identifiers and postal address as written."""

    name: str | None  # BT-27, else the trading name BT-28
    legal: Identifier | None  # BT-30
    identifiers: tuple[Identifier, ...]  # BT-29
    vat: str | None  # BT-31
    street: str | None  # BT-35
    city: str | None  # BT-37
    postcode: str | None  # BT-38
    subdivision: str | None  # BT-39
    country: str | None  # BT-40


@dataclass(frozen=True, slots=True)
class Adjustment:
    """BG-20 allowance or BG-21 charge of the whole document; ``amount`` as written, without sign."""

    charge: bool
    amount: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """BG-32: a property of the goods, its value and, where measured, its unit."""

    name: str
    value: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """BG-25: one invoice line, every value as written."""

    number: str | None  # BT-126
    quantity: str | None  # BT-129
    unit: str | None  # BT-130
    amount: str | None  # BT-131
    price: str | None  # BT-146
    base_quantity: str | None  # BT-149
    base_unit: str | None  # BT-150
    name: str | None  # BT-153
    description: str | None  # BT-154
    seller_reference: str | None  # BT-155
    buyer_reference: str | None  # BT-156
    standard: Identifier | None  # BT-157
    classes: tuple[Identifier, ...]  # BT-158, scheme of UNTDID 7143
    origin: str | None  # BT-159
    attributes: tuple[Attribute, ...] = ()
    status: str | None = None  # DETAIL, GROUP or INFORMATION in the extended profiles


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice or credit note."""

    syntax: str  # ubl, cii
    number: str | None  # BT-1
    date: str | None  # BT-2, as AAAA-MM-JJ where it could be read
    type_code: str | None  # BT-3, UNTDID 1001
    currency: str | None  # BT-5
    seller: Seller
    lines_total: str | None  # BT-106
    net_total: str | None  # BT-109
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[Line, ...] = field(default_factory=tuple)
