"""Which invented firms which source speaks of: most are told of by none, as in reality."""

from __future__ import annotations

import polars as pl

from maillon.demo.register.draws import Dice

#: Name of the source in the truth → its file.
FILES = {
    "relance": "plan-de-relance",
    "decp": "decp",
    "members": "membres",
    "epv": "entreprises-du-patrimoine-vivant",
    "rge": "liste-des-entreprises-rge-2",
    "qualiopi": "liste-publique-des-of-v2",
    "bodacc": "bodacc-annonces-commerciales",
}
#: Of the firms that are told of, how many each of the three sources of text tells.
_TEXTS = {"relance": 0.30, "decp": 0.45, "members": 0.35}
_INSOLVENT = 0.006


def choose_sources(
    dice: Dice, facts: pl.DataFrame, truth: pl.DataFrame, described: float, every: bool
) -> pl.Series:
    """Return, for each row, the sources that speak of it; ``described`` of the makers have a text.

    With ``every``, all makers are members: the firms of the example files.
    """
    ranks = facts["rank"].to_numpy()
    known = (truth["processes"].list.len() > 0) & truth["active"] & ~facts["masked"]
    told = known & (truth["role"] != "distributor") & pl.Series(dice.happens("described", ranks, described))
    drawn = {
        name: told & pl.Series(dice.happens(f"told {name}", ranks, share)) for name, share in _TEXTS.items()
    }
    none = told & ~(drawn["relance"] | drawn["decp"] | drawn["members"])
    drawn["decp"] = drawn["decp"] | none
    if every:
        drawn["members"] = drawn["members"] | (truth["role"] == "maker")
    division = facts["naf"].str.head(2)
    shown = truth["active"] & ~facts["masked"]
    drawn["epv"] = shown & truth["certificates"].list.contains("epv")
    drawn["rge"] = shown & (division == "43") & pl.Series(dice.happens("rge", ranks, 0.12))
    drawn["qualiopi"] = shown & (division == "85") & pl.Series(dice.happens("qualiopi", ranks, 0.2))
    drawn["bodacc"] = (
        facts["head_office"] & ~facts["natural"] & pl.Series(dice.happens("bodacc", ranks, _INSOLVENT))
    )
    if every:
        drawn["bodacc"] = pl.Series([False]).new_from_index(0, len(ranks))
    frame = pl.DataFrame({name: drawn[name].fill_null(value=False) for name in FILES})
    listed = [pl.when(name).then(pl.lit(name)) for name in FILES]
    return frame.select(pl.concat_list(listed).list.drop_nulls().alias("sources"))["sources"]
