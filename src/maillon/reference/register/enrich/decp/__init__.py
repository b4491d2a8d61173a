"""DECP: essential data of public contracts: what a firm sold to which public buyer.

Three tabular layouts are read, by the names of their columns: the layout of the order of 2019
(``acheteur.id``, ``titulaire.id`` …, one row a winner, or ``titulaire_id_1`` … ``_3``), that of the orders
of 2022 in force since 2024 (``acheteur_id``, ``titulaire_id_1`` …, with ``ccag``, ``offresRecues`` …) and the
SCDL files of local authorities (``MARCHE_OBJET``, ``CPV_CODE``, ``TITULAIRES_ID``); ``titulaires`` may
also hold JSON. Licence Ouverte 2.0.

Gives a ``contract`` row for each winner: the object, the CPV as ``code``, the amount in euros as ``high``,
the day of notification. The ``source`` is ``decp`` for supplies, ``decp-works`` (CPV 45) and
``decp-services`` (CPV 50 and above) for the rest, ``decp-unclassed`` without CPV. Amounts of 10
billion euros and more, or below 0, reject the contract; an amount of nines only is a filler and stays
unknown. Winners are kept where the key of their number is true; foreign ones have none.
"""

from maillon.reference.register.enrich.decp.contracts import SOURCE, read_contracts

__all__ = ["SOURCE", "read_contracts"]
