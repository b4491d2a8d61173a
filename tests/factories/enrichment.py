"""Files of other sources in their published layouts, and numbers whose keys are true."""

import csv
import io

from stdnum import luhn

RELANCE = (
    "entreprise",
    "type_entreprise",
    "siren",
    "volet_relance",
    "mesure",
    "nom_departement",
    "nom_commune",
    "code_postal",
    "coordonnees_gps",
    "description_projet",
    "mesure_light",
    "mise_a_jour",
    "filiere",
)
DECP_2019 = (
    "id",
    "uid",
    "acheteur.id",
    "acheteur.nom",
    "nature",
    "objet",
    "codeCPV",
    "procedure",
    "lieuExecution.code",
    "dureeMois",
    "dateNotification",
    "datePublicationDonnees",
    "montant",
    "formePrix",
    "titulaire.id",
    "titulaire.typeIdentifiant",
    "titulaire.denominationSociale",
)
DECP_2024 = (
    "id",
    "acheteur_id",
    "nature",
    "objet",
    "techniques",
    "codeCPV",
    "procedure",
    "dureeMois",
    "dateNotification",
    "datePublicationDonnees",
    "montant",
    "ccag",
    "offresRecues",
    "titulaire_id_1",
    "titulaire_typeIdentifiant_1",
    "titulaire_id_2",
    "titulaire_typeIdentifiant_2",
    "titulaire_id_3",
    "titulaire_typeIdentifiant_3",
)
RGE = (
    "siret",
    "nom_entreprise",
    "adresse",
    "code_postal",
    "commune",
    "telephone",
    "email",
    "code_qualification",
    "nom_qualification",
    "url_qualification",
    "nom_certificat",
    "domaine",
    "meta_domaine",
    "organisme",
    "particulier",
    "lien_date_debut",
    "lien_date_fin",
)
QUALIOPI = (
    "numeroDeclarationActivite",
    "denomination",
    "siren",
    "siretEtablissementDeclarant",
    "adressePhysiqueOrganismeFormation.voie",
    "certifications.actionsDeFormation",
    "certifications.bilansDeCompetences",
    "certifications.VAE",
    "certifications.actionsDeFormationParApprentissage",
)
EPV = ("Raison sociale", "SIRET", "Activité", "Savoir-faire", "Code postal", "Date de labellisation")


def make_siren(number):
    """The number-th SIREN of the tests: eight digits and their key."""
    start = f"{10_000_000 + number:08d}"
    return start + luhn.calc_check_digit(start)


def make_siret(number, establishment=1):
    """The SIRET of an establishment of the number-th firm."""
    start = f"{make_siren(number)}{establishment:04d}"
    return start + luhn.calc_check_digit(start)


def spoil(number):
    """The same number with a false key."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def write_rows(path, header, rows, *, separator=";", encoding="utf-8"):
    """Write rows given as column → cell under a header; absent cells are empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_text(path, text, encoding="utf-8"):
    """Write a text as it is."""
    path.write_bytes(text.encode(encoding))
    return path


def facts(frame):
    """The rows of a frame without what is null."""
    return [{name: value for name, value in row.items() if value is not None} for row in frame.to_dicts()]
