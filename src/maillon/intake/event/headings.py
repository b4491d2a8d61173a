"""The tables of an event's file and the headings of their columns, French and English, as folded text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from maillon.reference.places.fold import fold

#: Each table: its columns, each with the headings that name it. The first two columns must be there.
TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "pairs": {
        "rule": ("regle", "rule", "obligatoire ou interdit", "contrainte", "constraint"),
        "one": ("entreprise a", "firm a", "company a", "entreprise 1", "firm 1", "company 1"),
        "other": ("entreprise b", "firm b", "company b", "entreprise 2", "firm 2", "company 2"),
        "time": ("heure", "creneau", "time", "slot", "start"),
    },
    "wishes": {
        "asker": ("demandeur", "entreprise demandeuse", "qui demande", "asker", "requester", "from", "de"),
        "asked": (
            "demande", "entreprise demandee", "souhaite rencontrer", "rencontrer", "avec", "asked",
            "wants to meet", "requested", "to", "with", "vers",
        ),
        "rank": ("rang", "priorite", "ordre", "choix", "rank", "priority", "order", "choice"),
        "person": ("personne", "interlocuteur", "contact", "person"),
        "session": ("session", "demi journee", "moment", "half day", "period"),
        "track": ("filiere", "parcours", "thematique", "track", "topic"),
        "why": ("motif", "besoin", "raison", "why", "need", "reason"),
        "score": ("score", "note", "adequation", "fit"),
        "origin": ("origine", "source", "origin"),
    },
    "caps": {
        "kind": ("type", "profil", "kind", "profile"),
        "other": ("avec le type", "avec type", "type rencontre", "with kind", "other kind", "avec"),
        "most": ("maximum", "max", "plafond", "rendez vous max", "most", "cap", "max meetings"),
    },
    "groups": {
        "group": ("rencontre collective", "groupe", "atelier", "group", "group meeting", "workshop"),
        "firms": ("entreprises", "participants", "firms", "companies"),
        "time": ("heure", "creneau", "time", "slot", "start"),
        "place": ("lieu", "table", "salle", "place", "location", "room"),
    },
    "sessions": {
        "start": ("debut", "heure de debut", "commence", "start", "from", "begins"),
        "end": ("fin", "heure de fin", "finit", "end", "until", "ends"),
        "session": ("session", "demi journee", "half day", "name", "nom"),
        "date": ("date", "jour", "day"),
        "minutes": ("duree", "duree min", "duree minutes", "minutes", "length", "length min", "slot minutes"),
        "gap": ("battement", "battement min", "intervalle", "gap", "gap min", "changeover"),
        "buffers": ("creneaux libres", "tampons", "creneaux tampons", "buffers", "buffer slots", "kept free"),
    },
    "participants": {
        "firm": (
            "entreprise", "raison sociale", "societe", "nom de l entreprise", "firm", "company",
            "organisation", "organization",
        ),
        "person": (
            "nom", "participant", "personne", "nom et prenom", "prenom nom", "contact", "person", "name",
            "attendee",
        ),
        "kind": ("type", "profil", "categorie", "kind", "profile", "category"),
        "role": ("fonction", "poste", "role", "position", "job title", "title"),
        "city": ("ville", "commune", "city", "town"),
        "most": ("rendez vous max", "max rdv", "maximum", "plafond", "max meetings", "most", "cap"),
        "away": ("indisponibilite", "indisponibilites", "absence", "absences", "unavailable", "away"),
        "booth": ("stand", "booth", "emplacement"),
        "siret": ("siret", "siren", "siret ou siren", "siret siren", "siret or siren"),
        "needs": ("besoins", "besoin", "pieces recherchees", "recherche", "needs", "need", "looking for"),
    },
    "locations": {
        "place": ("table", "lieu", "emplacement", "location", "place"),
        "track": ("filiere", "parcours", "thematique", "track", "topic"),
    },
    "settings": {
        "key": ("parametre", "reglage", "setting", "parameter"),
        "value": ("valeur", "value"),
    },
}  # fmt: skip
#: Settings by their folded names.
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("nom", "nom de l evenement", "evenement", "name", "event"),
    "place": ("lieu", "ville", "place", "venue", "city"),
    "tables": ("tables", "nombre de tables", "number of tables"),
    "spare": (
        "creneaux libres par personne", "creneaux a laisser libres", "spare slots", "spare slots per person",
    ),
    "invented": ("donnees inventees", "invented", "invented data"),
}  # fmt: skip
MUST = ("obligatoire", "impose", "must", "required", "mandatory")
FORBIDDEN = ("interdit", "exclu", "forbidden", "never", "excluded", "conflit", "conflict")
PROPOSED = ("propose", "proposee", "recherche", "proposed", "search")
YES = ("oui", "yes", "vrai", "true", "x", "1")


def folded(cell: object) -> str:
    """Return a heading or a keyword as plain lower-case words.

    >>> folded("Durée (min)"), folded("Rendez-vous max."), folded(None)
    ('duree min', 'rendez vous max', '')
    """
    return " ".join(re.findall(r"[a-z0-9]+", fold(str(cell)))) if cell is not None else ""
