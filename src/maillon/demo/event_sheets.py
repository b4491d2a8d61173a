"""The sheets of the invented event that no chance enters: its sessions, tables, caps and settings."""

from __future__ import annotations

Sheets = dict[str, list[list[object]]]


def fixed_sheets(tables: int) -> Sheets:
    """Return the sheets of settings, sessions, caps and of ``tables`` tables with a room for groups."""
    return {
        "Événement": [
            ["Paramètre", "Valeur"],
            ["Nom de l'événement", "Rencontres d'affaires de l'exemple"],
            ["Lieu", "Belfort"],
            ["Créneaux libres par personne", 1],
            ["Données inventées", "oui"],
        ],
        "Sessions": [
            ["Session", "Date", "Début", "Fin", "Durée (min)", "Battement (min)", "Créneaux tampons"],
            ["Matin", "26/11/2026", "9h00", "12h20", 20, 0, "10h40"],
            ["Après-midi", "26/11/2026", "14h00", "17h20", 20, 0, "15h40"],
        ],
        "Tables": _tables(tables),
        "Plafonds": [["Type", "Avec le type", "Maximum"], ["Donneur d'ordre", "Sous-traitant", 14]],
    }


def _tables(count: int) -> list[list[object]]:
    names: list[object] = ["Table", *(f"T{number:02d}" for number in range(1, count + 1)), "Salon bleu"]
    return [[name] for name in names]
