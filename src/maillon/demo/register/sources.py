"""Files of other sources on the invented firms, in the form in which each is published.

Each function gives the cells of one row, in the order of the header of ``HEADERS``. A firm is a mapping with
the columns of the facts, its ``name`` and its truth.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

from maillon.demo.register.firms import TODAY
from maillon.demo.register.phrases import (
    blur,
    describe_firm,
    name_machines,
    name_materials,
    name_part,
    say_processes,
    sentences,
    trades,
)
from maillon.reference.classifications.processes.process import find_process
from maillon.reference.tables import read_table

Firm = dict[str, Any]
Cells = list[str]

_RELANCE = """entreprise type_entreprise siren volet_relance mesure nom_departement nom_commune code_postal
coordonnees_gps description_projet mesure_light mise_a_jour filiere
tonnes_equivalent_co2_pour_les_projets_decarbonation code_departement nom_region"""
_DECP = """uid id nature acheteur_id acheteur_nom acheteur_siren titulaire_id titulaire_typeIdentifiant
titulaire_nom titulaire_siren objet montant codeCPV procedure dureeMois dateNotification
datePublicationDonnees formePrix"""
_QUALIOPI = """numeroDeclarationActivite numerosDeclarationActivitePrecedent denomination siren
siretEtablissementDeclarant adressePhysiqueOrganismeFormation.voie
adressePhysiqueOrganismeFormation.codePostal adressePhysiqueOrganismeFormation.ville
adressePhysiqueOrganismeFormation.codeRegion certifications.actionsDeFormation
certifications.bilansDeCompetences certifications.VAE certifications.actionsDeFormationParApprentissage
informationsDeclarees.dateDerniereDeclaration"""
_RGE = """siret nom_entreprise adresse code_postal commune latitude longitude telephone email site_internet
code_qualification nom_qualification url_qualification nom_certificat domaine meta_domaine organisme
particulier lien_date_debut lien_date_fin"""
_BODACC = """id publicationavis publicationavis_facette parution dateparution numeroannonce typeavis
typeavis_lib familleavis familleavis_lib numerodepartement departement_nom_officiel tribunal commercant
ville registre cp jugement"""
_MEMBERS = (
    "SIRET|Raison sociale|Code postal|Ville|Procédés|Parc machines|Matières|Longueur max|Tolérance|"
    "Certifications|Lot min|Lot idéal|Lot max|Capacité libre|Produits|Description|Mise à jour"
)

#: File → separator and header.
HEADERS: dict[str, tuple[str, Cells]] = {
    "plan-de-relance": (";", _RELANCE.split()),
    "decp": (",", _DECP.split()),
    "entreprises-du-patrimoine-vivant": (
        ";",
        ["SIRET", "raison_sociale", "savoir_faire", "date_de_labellisation"],
    ),
    "liste-des-entreprises-rge-2": (",", _RGE.split()),
    "liste-publique-des-of-v2": (";", _QUALIOPI.split()),
    "bodacc-annonces-commerciales": (";", _BODACC.split()),
    "membres": (";", _MEMBERS.split("|")),
}


def _degrees(firm: Firm) -> Cells:
    """Return latitude and longitude, nothing where the commune has no point."""
    return ["", ""] if math.isnan(firm["lat"]) else [f"{firm['lat']:.6f}", f"{firm['lon']:.6f}"]


@cache
def _departements() -> dict[str, tuple[str, str]]:
    """Return the names of each département and of its region."""
    regions = dict(read_table("places/data/regions.parquet").select("code", "nom").iter_rows())
    table = read_table("places/data/departements.parquet").select("code", "nom", "region")
    return {code: (name, regions.get(region, "")) for code, name, region in table.iter_rows()}


def relance_cells(chance: Random, firm: Firm) -> Cells:
    """Return a project that the recovery plan paid for (one row a firm, known by its SIREN)."""
    processes = firm["processes"]
    machine = chance.choice(trades()[processes[0]].machines)
    aim, gain = chance.choice(sentences("aim")).strip(), chance.choice(sentences("gain"))
    what = machine if aim.endswith("acquérir") or chance.random() < 0.3 else ""
    body = " ".join(filter(None, (aim, what, "pour" if what else "", say_processes(chance, processes), gain)))
    text = blur(chance, body + name_part(chance, processes, ", par exemple "))
    measure = chance.choice(sentences("measure"))
    kind = firm["category"] or "PME"
    place = ", ".join(filter(None, _degrees(firm)))
    departement, region = _departements()[firm["departement"]]
    return [
        *(firm["name"], kind, firm["siren"], chance.choice(sentences("pillar")), measure),
        *(departement, firm["commune_name"], firm["postcode"], place, text, measure, "2022-12-15"),
        *(chance.choice(sentences("sector_name")), "", firm["departement"], region),
    ]


def contract_cells(chance: Random, firm: Firm) -> Cells:
    """Return a public contract that the firm won; one in a hundred has a false number or amount."""
    processes = firm["processes"]
    what = say_processes(chance, processes) + name_part(chance, processes, " et fourniture de ")
    text = blur(chance, f"{chance.choice(sentences('object'))} {what}")
    day = TODAY - dt.timedelta(days=chance.randrange(30, 1800))
    number = f"{chance.randrange(10**8):08d}"
    siret, amount = firm["siret"], f"{chance.lognormvariate(11, 1):.2f}"
    fault = chance.random()
    if fault < 0.005:
        siret = siret[:13] + str((int(siret[13]) + 1) % 10)
    elif fault < 0.01:
        amount = "1e17"
    buyer = f"{chance.choice(sentences('buyer'))} {firm['commune_name']}"
    return [
        *(f"00099999900018{number}", number, "Marché", "00099999900018", buyer, "000999999", siret, "SIRET"),
        *(firm["name"], firm["siren"], text, amount, trades()[processes[0]].cpv, "Procédure adaptée"),
        *(str(chance.choice((12, 24, 36, 48))), str(day), str(day + dt.timedelta(days=20)), "Unitaire"),
    ]


def member_cells(chance: Random, firm: Firm) -> Cells:
    """Return what a member tells its association: processes by their labels, sizes, lots, free capacity."""
    processes = firm["processes"]
    certificates = [code.upper().replace("-", " ", 1) for code in firm["certificates"]]
    lots = [f"{firm[name]:.0f}" for name in ("lot_low", "lot_ideal", "lot_high")]
    tolerance = f"{firm['tolerance_mm']:g} mm".replace(".", ",")
    return [
        *(firm["siret"], firm["name"], firm["postcode"], firm["commune_name"]),
        ", ".join(find_process(code).fr for code in processes),
        name_machines(chance, processes).removeprefix("Parc machines : "),
        ", ".join(name_materials(firm["materials"])),
        *(f"{firm['max_size_mm']:.0f} mm", tolerance, ", ".join(certificates), *lots),
        f"{firm['free_hours']:.0f} h/mois",
        name_part(chance, processes, ""),
        describe_firm(chance, processes, firm["materials"]),
        str(TODAY - dt.timedelta(days=chance.randrange(700))),
    ]


def heritage_cells(chance: Random, firm: Firm) -> Cells:
    """Return the entry of a living heritage company."""
    said = (
        say_processes(chance, firm["processes"]) if firm["processes"] else chance.choice(sentences("skill"))
    )
    return [firm["siret"], firm["name"], said, f"{chance.randrange(2019, 2026)}-06-30"]


def renovation_cells(chance: Random, firm: Firm) -> Cells:
    """Return an RGE qualification."""
    skill = chance.choice(sentences("qualification"))
    begun = TODAY - dt.timedelta(days=chance.randrange(10, 400))
    ended = begun + dt.timedelta(days=chance.choice((365, 730, 1460)))
    return [
        *(firm["siret"], firm["name"], "", firm["postcode"], firm["commune_name"]),
        *(
            *_degrees(firm),
            "",
            "",
            "",
            str(chance.randrange(1000, 9999)),
            skill,
            "",
        ),
        *(
            "QUALIBAT-RGE",
            skill,
            "Travaux d'efficacité énergétique",
            "qualibat",
            "true",
            str(begun),
            str(ended),
        ),
    ]


def training_cells(chance: Random, firm: Firm) -> Cells:
    """Return a training body with its quality certification."""
    number = f"{chance.randrange(10**11):011d}"
    day = str(TODAY - dt.timedelta(days=chance.randrange(700)))
    held = [str(chance.random() < share).lower() for share in (0.9, 0.1, 0.05, 0.15)]
    return [
        *(number, "", firm["name"], firm["siren"], firm["siret"], "", firm["postcode"]),
        *(firm["commune_name"], "", *held, day),
    ]


def insolvency_cells(chance: Random, firm: Firm) -> Cells:
    """Return the notice of the opening of insolvency proceedings."""
    day = TODAY - dt.timedelta(days=chance.randrange(15, 1500))
    nature = chance.choice(sentences("judgment"))
    judgment = {"type": "initial", "famille": "Jugement d'ouverture", "nature": nature, "date": str(day)}
    number, printed = str(chance.randrange(1, 4000)), day + dt.timedelta(days=9)
    written = f"{firm['siren'][:3]} {firm['siren'][3:6]} {firm['siren'][6:]},{firm['siren']}"
    return [
        *(
            f"A{printed:%Y%m%d}{number}",
            "A",
            "Bodacc A",
            f"{printed:%Y%m%d}",
            str(printed),
            number,
            "annonce",
        ),
        *("Avis initial", "collective", "Procédures collectives", firm["departement"]),
        _departements()[firm["departement"]][0],
        *(f"{chance.choice(sentences('court'))} {firm['commune_name']}", firm["name"], firm["commune_name"]),
        *(written, firm["postcode"], json.dumps(judgment, ensure_ascii=False)),
    ]


WRITERS: dict[str, Callable[[Random, Firm], Cells]] = {
    "plan-de-relance": relance_cells,
    "decp": contract_cells,
    "entreprises-du-patrimoine-vivant": heritage_cells,
    "liste-des-entreprises-rge-2": renovation_cells,
    "liste-publique-des-of-v2": training_cells,
    "bodacc-annonces-commerciales": insolvency_cells,
    "membres": member_cells,
}
