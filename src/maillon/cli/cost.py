"""``maillon cost``: what importing really costs, and at what price a local source is worth it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillon.cli.terminal import Say, emit_json, progress, reported, show
from maillon.core.errors import InvalidRequest
from maillon.core.message import message

if TYPE_CHECKING:
    from maillon.method.cost import CostAssumptions


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(help=say(message("Compute what importing really costs, from a few figures or quotations.")))
    def cost(
        file: Annotated[
            Path | None, typer.Argument(help=say(message("Table of quotations; without it, give --price.")))
        ] = None,
        price: Annotated[
            float | None, typer.Option(help=say(message("Price paid today for one imported piece.")))
        ] = None,
        currency: Annotated[str, typer.Option(help=say(message("Currency of that price.")))] = "EUR",
        country: Annotated[str, typer.Option(help=say(message("Country where it is made, e.g. CN.")))] = "",
        quantity: Annotated[float | None, typer.Option(help=say(message("Pieces a year.")))] = None,
        mass: Annotated[float | None, typer.Option(help=say(message("Mass of one piece in kg.")))] = None,
        lead_time: Annotated[
            float | None, typer.Option(help=say(message("Days from order to reception.")))
        ] = None,
        local_price: Annotated[
            float | None, typer.Option(help=say(message("Price in euros of a local maker, if known.")))
        ] = None,
        mode: Annotated[str, typer.Option(help=say(message("Transport: sea, air, rail or road.")))] = "",
        incoterm: Annotated[str, typer.Option(help=say(message("Incoterm of the price, e.g. FOB.")))] = "",
        cn: Annotated[str, typer.Option(help=say(message("Customs code of the goods, e.g. 84821010.")))] = "",
        duties: Annotated[
            Path | None, typer.Option(help=say(message("Your own table of duties by customs code.")))
        ] = None,
        rate: Annotated[
            list[str] | None, typer.Option(help=say(message("Value of a currency in euros: USD=0.92.")))
        ] = None,
        assumptions: Annotated[
            Path | None, typer.Option(help=say(message("Your own assumptions, see --write-assumptions.")))
        ] = None,
        write_assumptions: Annotated[
            Path | None, typer.Option(help=say(message("Write the default assumptions to edit them.")))
        ] = None,
        workbook: Annotated[
            Path | None, typer.Option(help=say(message("Workbook to write, with live formulas to check.")))
        ] = None,
        sources: Annotated[
            bool, typer.Option("--sources", help=say(message("Show where each figure comes from.")))
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            if write_assumptions is not None:
                from maillon.reference.freight.assumptions import write_assumptions as write

                write(write_assumptions)
                typer.echo(say(message("Written: {file}", file=str(write_assumptions))), err=True)
                return
            from maillon.cli.cost_figures import read_rates
            from maillon.method.cost import CostAssumptions, QuickInputs, estimate_quick_cost

            taken = CostAssumptions(rates=read_rates(rate or []), file=assumptions, duty_file=duties)
            if file is not None:
                if workbook is not None:
                    raise InvalidRequest(message("A workbook is written for one part: give --price."))
                _from_file(file, quantity, taken, sources, as_json, language, say)
                return
            if price is None or not country or quantity is None:
                raise InvalidRequest(
                    message("A first cost needs --price, --country and --quantity, or a file of quotations."),
                    message("For example: maillon cost --price 10 --country CN --quantity 2000 --mass 0.5"),
                )
            if duties is not None and not cn:
                raise InvalidRequest(
                    message("A table of duties needs the customs code of the goods."),
                    message("Give it with --cn, for example --cn 84821010."),
                )
            inputs = QuickInputs(price, currency.upper(), country, quantity, mass, lead_time, local_price)
            found = estimate_quick_cost(
                inputs, taken, mode=mode or None, incoterm=incoterm or None, cn=cn or None
            )
            from maillon.cli.cost_likely import likely_json, likely_shown, weigh_likely

            if workbook is not None:
                from maillon.report.workbook.cost_book import write_cost_workbook

                write_cost_workbook(found, workbook, language)
                typer.echo(say(message("Written: {file}", file=str(workbook))), err=True)
            likely = weigh_likely(found)
            if as_json:
                from maillon.cli.cost_figures import comparison_json

                emit_json(comparison_json(found) | {"draws": likely_json(likely)})
                return
            from maillon.cli.cost_tables import comparison_shown

            known = local_price is not None
            show(*comparison_shown(found, language, sources=sources))
            show(*likely_shown(likely, language, local_price_known=known))


def _from_file(
    file: Path,
    quantity: float | None,
    taken: "CostAssumptions",
    sources: bool,
    as_json: bool,
    language: str,
    say: Say,
) -> None:
    """Cost every quotation of a file, part by part."""
    from maillon.cli.cost_figures import doubts_json, ranking_json
    from maillon.cli.cost_tables import doubts_shown, ranking_shown
    from maillon.intake.quotation import read_quotations
    from maillon.method.cost.offers import group_by_part, rank_offers

    with progress(say(message("Reading")), quiet=as_json) as step:
        reading = read_quotations(file, today=taken.today, progress=step)
    ranked = [rank_offers(group, quantity, taken) for group in group_by_part(reading.quotations).values()]
    if as_json:
        emit_json({"parts": [ranking_json(one) for one in ranked], "doubts": doubts_json(reading.doubts)})
        return
    for one in ranked:
        show(*ranking_shown(one, language, sources=sources))
    show(*doubts_shown(reading.doubts, language))
