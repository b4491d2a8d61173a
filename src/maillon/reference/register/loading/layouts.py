"""The columns of the official files, in their published order, former and current layouts.

Columns are found by name, never by position: INSEE adds some without notice. A file is fatal only when one of
its key columns lacks; what else lacks is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of official file.

    ``columns`` is the current order, ``keys`` cannot lack, ``added`` lack in the former layout,
    ``used`` are those that the snapshot reads, ``dated`` tells the day of the last change of a row.
    """

    kind: str
    file: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    added: tuple[str, ...]
    used: tuple[str, ...]
    dated: str = ""
    publisher: str = "INSEE"
    licence: str = "Licence Ouverte 2.0"

    def layout_of(self, columns: Sequence[str]) -> str:
        """Say which layout a file with these columns has: ``current`` as soon as it has an added column."""
        return "current" if not self.added or set(self.added) & set(columns) else "former"


def _named(text: str, suffix: str) -> tuple[str, ...]:
    """Write out names in which ``~`` stands for ``suffix``."""
    return tuple(text.replace("~", suffix).split())


def _without(columns: Sequence[str], added: Sequence[str]) -> tuple[str, ...]:
    return tuple(column for column in columns if column not in added)


_ADDRESS = (
    "complementAdresse{n}~ numeroVoie{n}~ indiceRepetition{n}~ {more}typeVoie{n}~ libelleVoie{n}~ "
    "codePostal{n}~ libelleCommune{n}~ libelleCommuneEtranger{n}~ distributionSpeciale{n}~ codeCommune{n}~ "
    "codeCedex{n}~ libelleCedex{n}~ codePaysEtranger{n}~ libellePaysEtranger{n}~ "
)
_MORE = "dernierNumeroVoie~ indiceRepetitionDernierNumeroVoie~ "
_SITE_START = (
    "siren nic siret statutDiffusion~ dateCreation~ trancheEffectifs~ anneeEffectifs~ "
    "activitePrincipaleRegistreMetiers~ dateDernierTraitement~ etablissementSiege nombrePeriodes~ "
)
_SITE_PLACED = "identifiantAdresse~ coordonneeLambertAbscisse~ coordonneeLambertOrdonnee~ "
_SITE_END = (
    "dateDebut etatAdministratif~ enseigne1~ enseigne2~ enseigne3~ denominationUsuelle~ activitePrincipale~ "
    "nomenclatureActivitePrincipale~ caractereEmployeur~ activitePrincipaleNAF25~"
)
_SITE = _SITE_START + _ADDRESS.format(n="", more=_MORE) + _SITE_PLACED + _ADDRESS.format(n="2", more="")
_SITE_ADDED = _named(_MORE + _SITE_PLACED + "activitePrincipaleNAF25~", "Etablissement")
_SITE_USED = (
    "siret etablissementSiege statutDiffusion~ dateCreation~ trancheEffectifs~ complementAdresse~ "
    "numeroVoie~ indiceRepetition~ dernierNumeroVoie~ indiceRepetitionDernierNumeroVoie~ typeVoie~ "
    "libelleVoie~ codePostal~ libelleCommune~ libelleCommuneEtranger~ distributionSpeciale~ codeCommune~ "
    "libellePaysEtranger~ coordonneeLambertAbscisse~ coordonneeLambertOrdonnee~ etatAdministratif~ "
    "enseigne1~ enseigne2~ enseigne3~ denominationUsuelle~ activitePrincipale~ "
    "nomenclatureActivitePrincipale~ caractereEmployeur~ activitePrincipaleNAF25~"
)

SITES = Layout(
    "establishments",
    "StockEtablissement",
    _named(_SITE + _SITE_END, "Etablissement"),
    _named("siret etatAdministratif~ activitePrincipale~ codeCommune~", "Etablissement"),
    _SITE_ADDED,
    _named(_SITE_USED, "Etablissement"),
    "dateDernierTraitementEtablissement",
)

_UNIT = (
    "siren statutDiffusion~ unitePurgee~ dateCreation~ sigle~ sexe~ prenom1~ prenom2~ prenom3~ prenom4~ "
    "prenomUsuel~ pseudonyme~ identifiantAssociation~ trancheEffectifs~ anneeEffectifs~ "
    "dateDernierTraitement~ nombrePeriodes~ categorieEntreprise anneeCategorieEntreprise dateDebut "
    "etatAdministratif~ nom~ nomUsage~ denomination~ denominationUsuelle1~ denominationUsuelle2~ "
    "denominationUsuelle3~ categorieJuridique~ activitePrincipale~ nomenclatureActivitePrincipale~ nicSiege~ "
    "economieSocialeSolidaire~ societeMission~ caractereEmployeur~ activitePrincipaleNAF25~"
)
_UNIT_USED = (
    "siren statutDiffusion~ sigle~ prenom1~ prenomUsuel~ categorieEntreprise nom~ nomUsage~ denomination~ "
    "denominationUsuelle1~ denominationUsuelle2~ denominationUsuelle3~ categorieJuridique~"
)

UNITS = Layout(
    "units",
    "StockUniteLegale",
    _named(_UNIT, "UniteLegale"),
    _named("siren denomination~ nom~ categorieJuridique~", "UniteLegale"),
    _named("societeMission~ activitePrincipaleNAF25~", "UniteLegale"),
    _named(_UNIT_USED, "UniteLegale"),
    "dateDernierTraitementUniteLegale",
)

_POINTS = (
    "siret x y qualite_xy epsg plg_qp24 plg_iris plg_zus plg_qp15 plg_qva plg_code_commune "
    "distance_precision qualite_qp24 qualite_iris qualite_zus qualite_qp15 qualite_qva y_latitude x_longitude"
)
POINTS = Layout(
    "points",
    "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques",
    tuple(_POINTS.split()),
    ("siret",),
    ("y_latitude", "x_longitude"),
    ("siret", "x", "y", "qualite_xy", "epsg", "y_latitude", "x_longitude"),
)

LINKS = Layout(
    "links",
    "StockEtablissementLiensSuccession",
    (
        "siretEtablissementPredecesseur",
        "siretEtablissementSuccesseur",
        "dateLienSuccession",
        "transfertSiege",
        "continuiteEconomique",
        "dateDernierTraitementLienSuccession",
    ),
    ("siretEtablissementPredecesseur", "siretEtablissementSuccesseur"),
    (),
    ("siretEtablissementPredecesseur", "siretEtablissementSuccesseur", "dateLienSuccession"),
    "dateDernierTraitementLienSuccession",
)

_NOTICES = (
    "id publicationavis publicationavis_facette parution dateparution numeroannonce typeavis typeavis_lib "
    "familleavis familleavis_lib numerodepartement departement_nom_officiel region_code "
    "region_nom_officiel tribunal commercant ville registre cp pdf_parution_subfolder ispdf_unitaire "
    "listepersonnes listeetablissements jugement acte modificationsgenerales radiationaurcs depot "
    "listeprecedentexploitant listeprecedentproprietaire divers parutionavisprecedent url_complete"
)
NOTICES = Layout(
    "notices",
    "BODACC",
    tuple(_NOTICES.split()),
    ("registre", "dateparution", "jugement"),
    (),
    ("registre", "dateparution", "jugement", "typeavis"),
    "dateparution",
    publisher="DILA",
)

LAYOUTS = (SITES, UNITS, POINTS, LINKS, NOTICES)
