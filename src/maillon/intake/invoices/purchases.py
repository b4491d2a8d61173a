"""One invoice → the purchases it bills: numbers read, units made canonical, signs settled.

Runs in the sandboxed child: no polars. What cannot be read becomes a problem ``(code, line, text)``, never
a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from maillon.intake.invoices.goods import describe_goods
from maillon.intake.invoices.record import Identifier, Invoice, Line
from maillon.intake.invoices.units import unit_codes

#: UNTDID 1001 codes of documents that reduce what is owed (credit notes and their self-billed, factored and
#: corrective forms); the same list as the European e-invoicing code lists.
CREDIT_NOTES = frozenset(
    ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532")
)
PREPAYMENT = "386"

#: Columns of the purchases of one invoice, in order.
COLUMNS = (
    "number", "reference", "supplier_reference", "gtin", "designation", "cn", "quantity", "unit",
    "unit_price", "amount", "mass", "origin",
)  # fmt: skip

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


@dataclass(slots=True)
class Billed:
    """The purchases of one invoice as rows of ``COLUMNS``, and what was wrong with them."""

    rows: list[tuple[object, ...]] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    repeated: int = 0  # lines that only sum up or explain others

    def doubt(self, code: str, line: str | None, text: str | None) -> None:
        """Remember one problem: its code, the line's number and the text at fault."""
        self.problems.append((code, line or "", text or ""))


def bill_invoice(invoice: Invoice) -> Billed:
    """Return the purchases of ``invoice``, credit notes negative.

    Lines of status GROUP or INFORMATION repeat what other lines bill and are left out. Allowances and charges
    of the whole document become lines of their own, so that the rows sum to the net total BT-109.
    """
    billed = Billed()
    sign = _sign(invoice, billed)
    for line in invoice.lines:
        if line.status in ("GROUP", "INFORMATION"):
            billed.repeated += 1
        else:
            billed.rows.append(_row(line, sign, billed))
    for adjustment in invoice.adjustments:
        amount = read_decimal(adjustment.amount)
        if amount is None:
            billed.doubt("bad-number", "", adjustment.amount)
            continue
        signed = sign * (amount if adjustment.charge else -amount)
        billed.rows.append(_bare_row(adjustment.reason, signed))
    if not invoice.lines:
        total = read_decimal(invoice.net_total)
        billed.doubt("no-lines", "", invoice.number)
        billed.rows = [_bare_row(None, None if total is None else sign * total)]
    _check_sum(invoice, sign, billed)
    return billed


def _sign(invoice: Invoice, billed: Billed) -> int:
    if invoice.type_code == PREPAYMENT:
        billed.doubt("prepayment", "", invoice.number)
    if invoice.type_code not in CREDIT_NOTES:
        return 1
    total = read_decimal(invoice.net_total)
    if total is not None and total < 0:
        # Some software writes credit notes with negative amounts: turned once more they would add up.
        billed.doubt("negative-credit-note", "", invoice.number)
        return 1
    return -1


def _bare_row(designation: str | None, amount: float | None) -> tuple[object, ...]:
    row: dict[str, object] = {"designation": designation, "amount": amount}
    return tuple(row.get(column) for column in COLUMNS)


def _row(line: Line, sign: int, billed: Billed) -> tuple[object, ...]:
    quantity, unit, factor = _quantity(line, billed)
    price = _price(line, factor, billed)
    amount = _number(line.amount, line, billed)
    if amount is None and quantity is not None and price is not None:
        amount = quantity * price
        billed.doubt("computed-amount", line.number, "")
    goods = describe_goods(line)
    mass = quantity if unit == "kg" else None
    if mass is None and goods.mass is not None and quantity is not None:
        mass = goods.mass * quantity
    return (
        line.number, line.buyer_reference, line.seller_reference, _gtin(line.standard), goods.designation,
        goods.cn, _signed(sign, quantity), unit, price, _signed(sign, amount), _signed(sign, mass),
        goods.origin,
    )  # fmt: skip


def _signed(sign: int, value: float | None) -> float | None:
    return None if value is None else sign * value


def _quantity(line: Line, billed: Billed) -> tuple[float | None, str | None, float]:
    """Return quantity and unit in canonical terms, and how many canonical units one unit of the line is."""
    quantity = _number(line.quantity, line, billed)
    code = (line.unit or "").upper()
    unit, factor = unit_codes().get(code, (None, 1.0))
    if unit is None and code:
        billed.doubt("unknown-unit", line.number, line.unit)
    return (None if quantity is None else quantity * factor), unit, factor


def _price(line: Line, factor: float, billed: Billed) -> float | None:
    """Return the net price of one canonical unit: BT-146 / BT-149, whose unit BT-150 may differ."""
    price, base = _number(line.price, line, billed), _number(line.base_quantity, line, billed)
    if price is None:
        return None
    if base is not None and base <= 0:
        billed.doubt("bad-number", line.number, line.base_quantity)
        return None
    codes = unit_codes()
    line_unit, base_unit = (line.unit or "").upper(), (line.base_unit or line.unit or "").upper()
    if base_unit != line_unit:
        known, other = codes.get(line_unit), codes.get(base_unit)
        if known is None or other is None or known[0] != other[0]:
            billed.doubt("price-unit", line.number, line.base_unit)
            return None
        factor = other[1]
    return price / ((1.0 if base is None else base) * factor)


def _gtin(standard: Identifier | None) -> str | None:
    """Return a GTIN: scheme 0160 (GS1), or no scheme and a right check digit."""
    if standard is None or not standard.value.isdigit() or len(standard.value) not in (8, 12, 13, 14):
        return None
    return standard.value if standard.scheme == "0160" or _checks(standard.value) else None


def _checks(digits: str) -> bool:
    """Whether the last digit is the GS1 check digit (weights 3 and 1 from the right).

    >>> _checks("4006381333931"), _checks("4006381333932")
    (True, False)
    """
    weighted = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(weighted) % 10 == 0


def read_decimal(text: str | None) -> float | None:
    """Return an XML decimal as a number; None where it is absent or not one.

    >>> read_decimal("-12.50"), read_decimal("12,50"), read_decimal("NaN")
    (-12.5, None, None)
    """
    return float(text) if text is not None and _DECIMAL.fullmatch(text) else None


def _number(text: str | None, line: Line, billed: Billed) -> float | None:
    number = read_decimal(text)
    if text is not None and number is None:
        billed.doubt("bad-number", line.number, text)
    return number


def _check_sum(invoice: Invoice, sign: int, billed: Billed) -> None:
    """Compare the rows with the net total BT-109: half a cent a line of rounding is allowed."""
    total = read_decimal(invoice.net_total)
    amounts = list(_amounts(billed))
    if total is not None and abs(sum(amounts) - sign * total) > 0.005 * len(amounts) + 0.005:
        billed.doubt("sum-differs", "", f"{sum(amounts):.2f} / {sign * total:.2f}")


def _amounts(billed: Billed) -> Iterator[float]:
    place = COLUMNS.index("amount")
    for row in billed.rows:
        amount = row[place]
        if isinstance(amount, float):
            yield amount
