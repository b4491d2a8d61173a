"""What makes no sense in the inputs of a plan, said in words before any solver is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from maillon.core.errors import InvalidRequest
from maillon.core.message import Message, message

_KEYS: Mapping[str, tuple[str, ...]] = {
    "parts": ("part",),
    "offers": ("part", "supplier"),
    "suppliers": ("supplier",),
    "scenarios": ("scenario",),
    "losses": ("scenario", "supplier"),
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "parts": ("spend",),
    "offers": ("annual_cost",),
    "losses": ("lost_share",),
}
_SHARES = ("least_share", "most_share", "local_value", "ideal_share", "lost_share", "probability")


def check_frames(frames: Mapping[str, pl.DataFrame]) -> None:
    """Raise ``InvalidRequest`` for the first thing wrong in the frames of a problem."""
    if frames["parts"].is_empty():
        raise InvalidRequest(message("There is no part to plan."), message("List at least one part."))
    for table, frame in frames.items():
        _check_keys(table, frame)
        _check_figures(table, frame)
    _check_known(frames)
    _check_offered(frames)
    _check_one_off_costs(frames)
    _check_probabilities(frames["scenarios"])


def _check_keys(table: str, frame: pl.DataFrame) -> None:
    key = _KEYS[table]
    for name in (*key, *_NEEDED.get(table, ())):
        if (rows := _rows(frame, pl.col(name).is_null())) is not None:
            raise InvalidRequest(
                message("Table “{table}”: row {row} has no “{column}”.", table=table, row=rows, column=name),
                message("Fill the cell, or leave the row out."),
            )
    twice = frame.filter(frame.select(key).is_duplicated())
    if not twice.is_empty():
        raise InvalidRequest(
            message("Table “{table}”: {name} is written twice.", table=table, name=_name(twice, key)),
            message("Keep one row for it."),
        )


def _check_figures(table: str, frame: pl.DataFrame) -> None:
    for name in (name for name, kind in frame.schema.items() if kind == pl.Float64):
        column, key = pl.col(name), _KEYS[table]
        wrong = frame.filter(column.is_not_null() & ~(column.is_finite() & (column >= 0)))
        if not wrong.is_empty():
            raise _bad_figure(
                table, wrong, key, name, message("It must be zero or more; leave it empty when unknown.")
            )
        wrong = frame.filter(column > 1) if name in _SHARES else frame.clear()
        if not wrong.is_empty():
            raise _bad_figure(table, wrong, key, name, message("It is a share: write 0.3 for 30 %."))


def _bad_figure(
    table: str, wrong: pl.DataFrame, key: Sequence[str], column: str, hint: Message
) -> InvalidRequest:
    what = message(
        "Table “{table}”: “{column}” of {name} is {value}.",
        table=table,
        column=column,
        name=_name(wrong, key),
        value=wrong[column][0],
    )
    return InvalidRequest(what, hint)


def _check_known(frames: Mapping[str, pl.DataFrame]) -> None:
    """Refuse rows that speak of a part, a supplier or a disruption which has no row of its own."""
    for table, column, home in (
        ("offers", "part", "parts"),
        ("offers", "supplier", "suppliers"),
        ("losses", "supplier", "suppliers"),
        ("losses", "scenario", "scenarios"),
    ):
        strange = frames[table].join(frames[home], on=column, how="anti")
        if not strange.is_empty():
            raise InvalidRequest(
                message(
                    "Table “{table}” names {name}, which table “{home}” does not hold.",
                    table=table,
                    name=strange[column][0],
                    home=home,
                ),
                message("Add it there, or correct the name."),
            )


def _check_offered(frames: Mapping[str, pl.DataFrame]) -> None:
    alone = frames["parts"].join(frames["offers"], on="part", how="anti")
    if not alone.is_empty():
        raise InvalidRequest(
            message("Nobody offers part {part}.", part=alone["part"][0]),
            message("Add today's supplier or a candidate for it, or leave the part out of the plan."),
        )


def _check_one_off_costs(frames: Mapping[str, pl.DataFrame]) -> None:
    """Refuse an unknown one-off cost, except where nothing has to be done: at today's supplier."""
    today = frames["parts"].select("part", "supplier").drop_nulls()
    unknown = frames["offers"].filter(pl.col("qualification_cost").is_null())
    unknown = unknown.join(today, on=["part", "supplier"], how="anti")
    if not unknown.is_empty():
        raise InvalidRequest(
            message("The cost of qualifying {name} is not given.", name=_name(unknown, ("part", "supplier"))),
            message("Give an estimate, or 0 if there is nothing to qualify."),
        )
    closed = frames["suppliers"].filter(
        pl.col("opening_cost").is_null() & ~pl.col("current").fill_null(value=False)
    )
    closed = closed.join(today, on="supplier", how="anti")
    if not closed.is_empty():
        raise InvalidRequest(
            message("The cost of opening supplier {name} is not given.", name=closed["supplier"][0]),
            message("Give an estimate, or 0 if there is none."),
        )


def _check_probabilities(scenarios: pl.DataFrame) -> None:
    given = scenarios["probability"].drop_nulls()
    if 0 < len(given) < scenarios.height:
        raise InvalidRequest(
            message("Some disruptions have a probability and others have none."),
            message("Give every one, or none: they then count as equally likely."),
        )
    if float(given.sum()) > 1 + 1e-9:
        raise InvalidRequest(
            message(
                "The probabilities of the disruptions sum to {total}.", total=round(float(given.sum()), 4)
            ),
            message("They are chances within one year that exclude each other: 1 at most."),
        )


def _rows(frame: pl.DataFrame, wrong: pl.Expr) -> int | None:
    """Return the first row, counted from one, that is wrong."""
    found = frame.select(wrong.arg_true()).to_series()
    return int(found[0]) + 1 if len(found) else None


def _name(frame: pl.DataFrame, key: Sequence[str]) -> str:
    return " / ".join(str(frame[name][0]) for name in key)
