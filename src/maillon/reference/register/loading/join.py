"""One set of lazy expressions from the official files to a snapshot, the same on every engine."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from maillon.reference.register.loading.activity import flag, headcount, naf_2025, naf_rev2
from maillon.reference.register.loading.cleaning import Frame, as_date, clean_columns
from maillon.reference.register.loading.layouts import POINTS, SITES, UNITS
from maillon.reference.register.loading.naming import (
    address_line,
    legal_name,
    natural_person,
    shown_name,
    trade_names,
)
from maillon.reference.register.loading.placing import add_precise_point, departement_of
from maillon.reference.register.loading.scope import after_units, before_units
from maillon.reference.register.schema import ESTABLISHMENTS

#: A tenth of a metre, rounded out of the engine: their sines differ in the last bit, their roundings more.
_DIGITS = 6
_HIDDEN = ("P", "N")
#: Columns that say who or exactly where a masked person is.
_PERSONAL = ("name", "legal_name", "trade_names", "acronym", "address")


def join_establishments(frames: Mapping[str, Frame], scope: str) -> Frame:
    """Return the establishments of a scope in the columns of ``ESTABLISHMENTS``, in the order of ``siret``.

    ``frames`` holds, on one engine: ``establishments``, ``units`` and, where given, ``points`` as in the
    official files; ``communes`` and ``departements`` of ``placing``; ``predecessors`` (siret, predecessor);
    ``insolvencies`` (siren, insolvency); ``named_sites`` (siret, named_site) and ``named_firms`` (siren,
    named_firm), kept whatever their activity. ``trade_names`` is one text until ``finish`` splits it.
    """
    sites = _sites(frames, scope)
    units = clean_columns(frames["units"], UNITS, "unit_").rename({"unit_siren": "siren"})
    joined = _where(sites.join(units, on="siren", how="left"), after_units(scope))
    if "points" in frames:
        points = clean_columns(frames["points"], POINTS, "point_").rename({"point_siret": "siret"})
        joined = joined.join(points, on="siret", how="left")
    else:
        columns = [f"point_{name}" for name in POINTS.used if name != "siret"]
        joined = joined.with_columns(**{name: nw.lit(None, dtype=nw.String) for name in columns})
    joined = joined.join(frames["communes"], left_on="codeCommune", right_on="code", how="left")
    joined = joined.join(frames["predecessors"], on="siret", how="left")
    joined = joined.join(frames["insolvencies"], on="siren", how="left")
    told = _placed(_told(joined)).join(frames["departements"], on="departement", how="left")
    return _without_masked(told).select(*ESTABLISHMENTS).sort("siret")


def _sites(frames: Mapping[str, Frame], scope: str) -> Frame:
    """Return the establishments that a scope may keep, with their codes read."""
    sites = clean_columns(frames["establishments"], SITES)
    sites = sites.filter(nw.col("siret").str.contains(r"^\d{14}$"))
    sites = sites.with_columns(siren=nw.col("siret").str.slice(0, 9), naf=naf_rev2(), naf25=naf_2025())
    if scope == "industry":
        sites = sites.join(frames["named_sites"], on="siret", how="left")
        sites = sites.join(frames["named_firms"], on="siren", how="left")
    return _where(sites, before_units(scope))


def _where(frame: Frame, wanted: nw.Expr | None) -> Frame:
    return frame if wanted is None else frame.filter(wanted)


def _told(joined: Frame) -> Frame:
    """Add what the two files say in words and codes."""
    hidden = nw.any_horizontal(
        nw.col("statutDiffusion").is_in(_HIDDEN),
        nw.col("unit_statutDiffusion").is_in(_HIDDEN),
        ignore_nulls=True,
    )
    return joined.with_columns(
        masked=hidden,
        head_office=flag("etablissementSiege", "true", "false"),
        name=shown_name(),
        legal_name=legal_name(),
        trade_names=trade_names(),
        acronym=nw.col("unit_sigle"),
        natural_person=natural_person(),
        address=address_line(),
        postcode=nw.col("codePostal"),
        headcount_band=nw.col("trancheEffectifs"),
        headcount_low=headcount(most=False),
        headcount_high=headcount(most=True),
        category=nw.col("unit_categorieEntreprise"),
        legal_form=nw.col("unit_categorieJuridique"),
        created=as_date("dateCreation"),
        active=flag("etatAdministratif", "A", "F"),
        employer=flag("caractereEmployeur", "O", "N"),
    )


def _placed(told: Frame) -> Frame:
    """Add the place. A masked establishment, or one without a point of its own, stands at its commune's."""
    shown = ~nw.col("masked")
    placed = add_precise_point(told).with_columns(
        commune=nw.coalesce(nw.col("place_commune"), nw.col("codeCommune")),
        commune_name=nw.coalesce(
            nw.col("libelleCommune"), nw.col("place_name"), nw.col("libelleCommuneEtranger")
        ),
        own_lat=nw.when(shown).then(nw.col("own_lat")),
        own_lon=nw.when(shown).then(nw.col("own_lon")),
    )
    precise = ~(nw.col("own_lat").is_null() | nw.col("own_lon").is_null())
    known = ~nw.col("place_lat").is_null()
    return placed.with_columns(
        departement=departement_of(nw.col("commune")),
        lat=nw.when(precise).then(nw.col("own_lat")).otherwise(nw.col("place_lat")),
        lon=nw.when(precise).then(nw.col("own_lon")).otherwise(nw.col("place_lon")),
        point_source=nw.when(precise).then(nw.lit("address")).when(known).then(nw.lit("commune")),
    )


def _without_masked(told: Frame) -> Frame:
    shown = ~nw.col("masked")
    return told.with_columns(**{name: nw.when(shown).then(nw.col(name)) for name in _PERSONAL})


def finish(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return joined rows in the exact types of ``ESTABLISHMENTS``, one row a SIRET."""
    names = pl.col("trade_names").str.split("\x1f").fill_null([])
    return (
        rows.filter(pl.col("siret").ne_missing(pl.col("siret").shift(1)))
        .with_columns(names, pl.col("lat", "lon").round(_DIGITS))
        .select(*ESTABLISHMENTS)
        .cast(pl.Schema(ESTABLISHMENTS))
    )
