"""A known list of parts laid out as firms do, with quirks drawn at random: it must be read back."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from maillon.intake.grid import Cell

_NAMES = (
    "Carter aluminium",
    "Vis CHC M6 x 25",
    "Roulement 6204 2RS",
    "Courroie GT2 6 mm",
    "Tôle inox 304L ép. 2",
    "Moteur pas à pas NEMA 23",
    "Joint torique 20 x 2",
    "Platine de fixation",
    "Arbre trempé rectifié",
    "Poulie crantée 20 dents",
    "Câble blindé 4G1,5",
    "Capot thermoformé ABS",
)
_SUPPLIERS = (
    "Fonderie du Lion",
    "Farnell",
    "Mécanique Générale de l'Est",
    "RS Components",
    "Tôlerie Saônoise",
)
_HEADERS = {
    "fr": {
        "reference": "Référence",
        "designation": "Désignation",
        "quantity": "Quantité",
        "unit_price": "Prix unitaire HT",
        "amount": "Total HT",
        "supplier": "Fournisseur",
    },
    "fr_short": {
        "reference": "Réf.",
        "designation": "Libellé",
        "quantity": "Qté",
        "unit_price": "P.U.",
        "amount": "Montant",
        "supplier": "Frs",
    },
    "en": {
        "reference": "Part Number",
        "designation": "Description",
        "quantity": "Qty",
        "unit_price": "Unit Price",
        "amount": "Ext. Price",
        "supplier": "Vendor",
    },
    "de": {
        "reference": "Artikelnummer",
        "designation": "Bezeichnung",
        "quantity": "Menge",
        "unit_price": "Einzelpreis",
        "amount": "Gesamtpreis",
        "supplier": "Lieferant",
    },
    "es": {
        "reference": "Código",
        "designation": "Descripción",
        "quantity": "Cantidad",
        "unit_price": "Precio unitario",
        "amount": "Importe",
        "supplier": "Proveedor",
    },
    "it": {
        "reference": "Codice articolo",
        "designation": "Descrizione",
        "quantity": "Quantità",
        "unit_price": "Prezzo unitario",
        "amount": "Importo",
        "supplier": "Fornitore",
    },
}
_TOTALS = {
    "fr": "Total",
    "fr_short": "SOUS-TOTAL",
    "en": "Subtotal",
    "de": "Summe",
    "es": "Subtotal",
    "it": "Totale",
}


@dataclass
class LaidOut:
    """Rows of a sheet and the truth that they were made from."""

    rows: list[list[Cell]] = field(default_factory=list)
    parts: list[dict[str, object]] = field(default_factory=list)
    header_row: int = 0
    sections: int = 0
    totals: int = 0
    blank: int = 0


@dataclass(frozen=True)
class _Style:
    """How the rows are written: empty columns on the left, prices, the word for a total."""

    left: int
    money: str
    total: str


def _money(value: float, style: str) -> Cell:
    whole, cents = f"{value:.2f}".split(".")
    grouped = f"{int(whole):,}"
    match style:
        case "fr":
            return f"{grouped.replace(',', chr(0x202F))},{cents} €"
        case "de":
            return f"{grouped.replace(',', '.')},{cents}"
        case "us":
            return f"${grouped}.{cents} "
        case _:
            return value


@st.composite
def part(draw: st.DrawFn, number: int) -> dict[str, object]:
    """Return one part whose figures are exact in two decimals."""
    return {
        "reference": f"{draw(st.sampled_from(['A', 'MEC', 'EL', '00']))}-{number:04d}",
        "designation": f"{draw(st.sampled_from(_NAMES))} n°{number}",
        "quantity": float(draw(st.integers(1, 250))),
        "unit_price": draw(st.integers(1, 250_000)) / 100,
        "supplier": draw(st.sampled_from(_SUPPLIERS)),
    }


@st.composite
def laid_out(draw: st.DrawFn) -> LaidOut:
    """Return a list of 3 to 12 parts in one of many layouts."""
    size = draw(st.integers(3, 12))
    parts = [draw(part(i + 1)) for i in range(size)]
    language = draw(st.sampled_from(sorted(_HEADERS)))
    style = draw(st.sampled_from(["number", "fr", "de", "us"]))
    roles = ["designation", "quantity", "unit_price"]
    roles += [r for r in ("reference", "amount", "supplier") if draw(st.booleans())]
    roles = draw(st.permutations(roles))
    left = draw(st.integers(0, 2))
    out = LaidOut()
    for title in draw(
        st.lists(st.sampled_from([None, "Nomenclature du convoyeur", "Version B"]), max_size=3)
    ):
        out.rows.append([None] * left + [title])
    labels = [_HEADERS[language][r] for r in roles]
    out.rows.append(
        [None] * left + [f"  {label}\u00a0" if draw(st.booleans()) else label for label in labels]
    )
    out.header_row = len(out.rows)
    _fill(draw, out, parts, list(roles), _Style(left, style, _TOTALS[language]))
    return out


def _fill(
    draw: st.DrawFn, out: LaidOut, parts: list[dict[str, object]], roles: list[str], style: _Style
) -> None:
    left = style.left
    sectioned = draw(st.booleans())
    groups = [parts[:2], parts[2:]] if sectioned else [parts]
    for number, group in enumerate(groups):
        section = f"Ensemble {'ABC'[number]}" if sectioned else None
        if section:
            out.rows.append([None] * left + [section if r == "designation" else None for r in roles])
            out.sections += 1
        for each in group:
            amount = round(float(each["quantity"]) * float(each["unit_price"]), 2)
            full = {**each, "amount": amount}
            cells = [
                _money(float(full[r]), style.money) if r in ("unit_price", "amount") else full[r]
                for r in roles
            ]
            out.rows.append([None] * left + cells)
            out.parts.append({r: full[r] for r in roles} | ({"section": section} if section else {}))
        if "amount" in roles and draw(st.booleans()):
            value = round(sum(float(p["quantity"]) * float(p["unit_price"]) for p in group), 2)
            words = {"designation": style.total, "amount": _money(value, style.money)}
            out.rows.append([None] * left + [words.get(r) for r in roles])
            out.totals += 1
        if draw(st.booleans()) and number + 1 < len(groups):
            out.rows.append([])
            out.blank += 1
