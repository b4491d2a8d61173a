"""The columns of INSEE's files, in their order, with the types of INSEE's own Parquet files.

``current`` is the layout since December 2025 (NAF 2025 beside NAF rev. 2), ``former`` the one before.
"""

from __future__ import annotations

import polars as pl

Schema = dict[str, pl.DataType | type[pl.DataType]]

LAYOUTS = ("current", "former")

#: Every other column is text.
_TYPES: Schema = {
    "dateCreationEtablissement": pl.Date,
    "anneeEffectifsEtablissement": pl.Int64,
    "dateDernierTraitementEtablissement": pl.Datetime("us"),
    "etablissementSiege": pl.Boolean,
    "nombrePeriodesEtablissement": pl.Int64,
    "dateDebut": pl.Date,
    "unitePurgeeUniteLegale": pl.Boolean,
    "dateCreationUniteLegale": pl.Date,
    "anneeEffectifsUniteLegale": pl.Int64,
    "dateDernierTraitementUniteLegale": pl.Datetime("us"),
    "nombrePeriodesUniteLegale": pl.Int64,
    "anneeCategorieEntreprise": pl.Int64,
    "x": pl.Float64,
    "y": pl.Float64,
    "distance_precision": pl.Int64,
    "y_latitude": pl.Float64,
    "x_longitude": pl.Float64,
    "dateLienSuccession": pl.Date,
    "transfertSiege": pl.Boolean,
    "continuiteEconomique": pl.Boolean,
    "dateDernierTraitementLienSuccession": pl.Datetime("us"),
}

_OPENING = """siren nic siret statutDiffusion~ dateCreation~ trancheEffectifs~ anneeEffectifs~
activitePrincipaleRegistreMetiers~ dateDernierTraitement~ etablissementSiege nombrePeriodes~"""
_STREET = "complementAdresse{n}~ numeroVoie{n}~ indiceRepetition{n}~"
_LAST_NUMBER = "dernierNumeroVoie~ indiceRepetitionDernierNumeroVoie~"
_PLACE = """typeVoie{n}~ libelleVoie{n}~ codePostal{n}~ libelleCommune{n}~ libelleCommuneEtranger{n}~
distributionSpeciale{n}~ codeCommune{n}~ codeCedex{n}~ libelleCedex{n}~ codePaysEtranger{n}~
libellePaysEtranger{n}~"""
_POINT = "identifiantAdresse~ coordonneeLambertAbscisse~ coordonneeLambertOrdonnee~"
_CLOSING = """dateDebut etatAdministratif~ enseigne1~ enseigne2~ enseigne3~ denominationUsuelle~
activitePrincipale~ nomenclatureActivitePrincipale~ caractereEmployeur~"""

_UNIT = """siren statutDiffusion^ unitePurgee^ dateCreation^ sigle^ sexe^ prenom1^ prenom2^ prenom3^ prenom4^
prenomUsuel^ pseudonyme^ identifiantAssociation^ trancheEffectifs^ anneeEffectifs^ dateDernierTraitement^
nombrePeriodes^ categorieEntreprise anneeCategorieEntreprise dateDebut etatAdministratif^ nom^ nomUsage^
denomination^ denominationUsuelle1^ denominationUsuelle2^ denominationUsuelle3^ categorieJuridique^
activitePrincipale^ nomenclatureActivitePrincipale^ nicSiege^ economieSocialeSolidaire^"""

_GEOLOCATION = """siret x y qualite_xy epsg plg_qp24 plg_iris plg_zus plg_qp15 plg_qva plg_code_commune
distance_precision qualite_qp24 qualite_iris qualite_zus qualite_qp15 qualite_qva y_latitude x_longitude"""

_SUCCESSION = """siretEtablissementPredecesseur siretEtablissementSuccesseur dateLienSuccession
transfertSiege continuiteEconomique dateDernierTraitementLienSuccession"""


def establishment_columns(layout: str) -> Schema:
    """Return the columns of StockEtablissement: 54 in the current layout, 48 in the former one.

    >>> len(establishment_columns("current")), len(establishment_columns("former"))
    (54, 48)
    """
    new = layout == "current"
    first, second = (f"{_STREET} {{last}} {_PLACE}".format(n=n, last="{last}") for n in ("", "2"))
    words = " ".join(
        [
            _OPENING,
            first.format(last=_LAST_NUMBER if new else ""),
            _POINT if new else "",
            second.format(last=""),
            _CLOSING,
            "activitePrincipaleNAF25~" if new else "",
        ]
    )
    return _typed(words.replace("~", "Etablissement"))


def unit_columns(layout: str) -> Schema:
    """Return the columns of StockUniteLegale: 35 in the current layout, 33 in the former one.

    >>> len(unit_columns("current")), len(unit_columns("former"))
    (35, 33)
    """
    new = layout == "current"
    society, naf25 = ("societeMission^", "activitePrincipaleNAF25^") if new else ("", "")
    return _typed(f"{_UNIT} {society} caractereEmployeur^ {naf25}".replace("^", "UniteLegale"))


def geolocation_columns() -> Schema:
    """Return the 19 columns of the geolocation file."""
    return _typed(_GEOLOCATION)


def succession_columns() -> Schema:
    """Return the 6 columns of StockEtablissementLiensSuccession."""
    return _typed(_SUCCESSION)


def shape_columns(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """Return ``frame`` with the columns of ``schema`` in order and typed; those it has not are null."""
    have = set(frame.columns)
    return frame.select(
        (pl.col(name) if name in have else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )


def _typed(words: str) -> Schema:
    return {name: _TYPES.get(name, pl.String) for name in words.split()}
