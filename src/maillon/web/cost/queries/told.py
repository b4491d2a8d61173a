"""A comparison as a page tells it: layers, items, sentences, the drawing, the legs of the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillon.core.estimate import Estimate
from maillon.core.message import Message
from maillon.web.cost.cases import Case

if TYPE_CHECKING:
    from maillon.method.cost import Comparison, TotalCost


@dataclass(frozen=True, slots=True)
class ItemTold:
    """One item of both offers, in EUR a piece; ``share`` is the import's of its quoted price."""

    code: str
    label: Message
    imported: Estimate
    local: Estimate
    share: float
    hypothesis: bool


@dataclass(frozen=True, slots=True)
class LayerTold:
    """One layer: its sums and its items that weigh anything."""

    code: str
    label: Message
    imported: Estimate
    local: Estimate
    share: float
    items: tuple[ItemTold, ...]


@dataclass(frozen=True, slots=True)
class LegTold:
    """One leg of the way: mode, km, kg CO2e a piece (None where no factor is published), sources."""

    mode: str
    km: float
    co2: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a page shows of a comparison."""

    found: Comparison
    layers: tuple[LayerTold, ...]
    said: tuple[Message, ...]
    warned: tuple[Message, ...]
    next_action: Message
    legs: tuple[LegTold, ...]
    drawing: str
    hypotheses: int


def tell_comparison(found: Comparison, case: Case, language: str) -> Told:
    """Return the comparison in words and figures for one reader."""
    from maillon.method.cost.words import reason_message  # noqa: PLC0415 - loads with the cost it tells
    from maillon.report.charts.waterfall import draw_waterfall  # noqa: PLC0415 - as above

    return Told(
        found=found,
        layers=tuple(_layers(found)),
        said=tuple(reason_message(reason) for reason in found.reasons),
        warned=tuple(reason_message(reason) for reason in found.imported.reasons),
        next_action=reason_message(found.next_action),
        legs=tuple(legs_of(case.country, found.imported, case.mode)),
        drawing=draw_waterfall(found, language),
        hypotheses=sum(item.hypothesis for item in found.imported.items),
    )


def _layers(found: Comparison) -> list[LayerTold]:
    from maillon.method.cost.layers import Layer  # noqa: PLC0415 - as above
    from maillon.method.cost.words import LAYER_LABELS  # noqa: PLC0415 - as above

    price, there, here = found.imported.quoted.mid, found.imported.by_layer, found.local.by_layer
    return [
        LayerTold(
            layer.value,
            LAYER_LABELS[layer],
            there[layer],
            here[layer],
            there[layer].mid / price,
            tuple(item for item in _items(found, price) if _layer(found, item.code) is layer),
        )
        for layer in Layer
    ]


def _layer(found: Comparison, code: str) -> object:
    return found.imported.item(code).layer


def _items(found: Comparison, price: float) -> list[ItemTold]:
    from maillon.method.cost.words import item_label  # noqa: PLC0415 - as above

    told = []
    for item in found.imported.items:
        local = found.local.item(item.code)
        if any((item.estimate.high, item.estimate.low, local.estimate.high, local.estimate.low)):
            share = item.estimate.mid / price
            guessed = item.hypothesis or local.hypothesis
            told.append(
                ItemTold(item.code, item_label(item.code), item.estimate, local.estimate, share, guessed)
            )
    return told


def legs_of(country: str, cost: TotalCost, mode: str = "") -> list[LegTold]:
    """Return the legs of the way of a piece from its country; none where no way is known."""
    from maillon.core.errors import InvalidRequest, MissingData  # noqa: PLC0415 - as above
    from maillon.core.place import Place  # noqa: PLC0415 - as above
    from maillon.method.cost import usual_mode  # noqa: PLC0415 - as above
    from maillon.reference.freight.emissions import emit_co2, load_co2_factors  # noqa: PLC0415 - as above
    from maillon.reference.freight.routes import plan_route  # noqa: PLC0415 - as above

    factors, told = load_co2_factors(), []
    try:
        route = plan_route(Place(country), Place("FR"), mode or usual_mode(country))
    except (InvalidRequest, MissingData):
        return []
    for leg in route.legs:
        try:
            co2 = emit_co2([leg], cost.factors["mass"].mid, factors).mid
        except MissingData:
            co2 = None
        told.append(LegTold(leg.mode, leg.km, co2, leg.source))
    return told


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure a comparison is: nine totals in ten lie within the range; what to narrow first."""

    imported: Estimate
    local: Estimate | None
    cheaper: float | None
    deciding: tuple[tuple[Message, float], ...]


def weigh_sureness(found: Comparison, most: int = 5) -> Sureness:
    """Draw both offers 10,000 times under common shocks and share out the variance of the import."""
    from maillon.method.cost.uncertainty import compare_draws, deciding_factors  # noqa: PLC0415 - as above
    from maillon.report.workbook.cost_labels import factor_label  # noqa: PLC0415 - as above

    drawn = compare_draws([found.imported.factors], [found.local.factors])
    deciding = deciding_factors(found.imported.factors)[:most]
    known = found.local_price_known
    return Sureness(
        drawn.imported.estimate(0),
        drawn.local.estimate(0) if known else None,
        float(drawn.probability[0]) if known else None,
        tuple((factor_label(one.name), one.total) for one in deciding if one.total > 0.005),
    )
