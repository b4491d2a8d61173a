"""The example files of the invented firm, written together so that they agree with one another."""

from __future__ import annotations

from pathlib import Path

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.demo.answers import answered_bill
from maillon.demo.bill import build_bill
from maillon.demo.customs_papers import write_arrivals, write_imports
from maillon.demo.fec import fec_name, write_fec
from maillon.demo.firm import VALTRENNE
from maillon.demo.invoice_archive import write_archive
from maillon.demo.ledger_file import write_ledger
from maillon.demo.purchases import year_of_purchases
from maillon.demo.workbook import write_workbook


def write_examples(folder: Path, *, seed: int = 1) -> list[Path]:
    """Write every example file into ``folder`` (made when absent) and return their paths.

    Bill of materials before and after the suppliers' answers, purchase ledger, FEC, electronic invoices,
    EMEBI answers, import declarations. The content depends on ``seed`` alone: no clock, no machine name,
    fixed dates inside archives. Raises ``InvalidRequest`` when ``folder`` is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise InvalidRequest(
            message("{path} is a file.", path=str(folder)), message("Name a folder, which may be new.")
        )
    folder.mkdir(parents=True, exist_ok=True)
    year = VALTRENNE.year
    papers = (f"achats-{year}.csv", fec_name(), f"factures-{year}.zip")
    customs = (f"emebi-{year}.csv", f"importations-{year}.csv")
    names = ("cobot.xlsx", "cobot-reponses.xlsx", *papers, *customs)
    bill, answered, ledger, fec, invoices, emebi, imports = paths = [folder / name for name in names]
    lines = build_bill(seed)
    documents = year_of_purchases(lines, seed)
    write_workbook(bill, lines, seed)
    write_workbook(answered, answered_bill(lines), seed, "indice C, réponses des fournisseurs")
    write_ledger(ledger, documents, seed)
    write_fec(fec, documents, seed)
    write_archive(invoices, documents, seed)
    write_arrivals(emebi, documents)
    write_imports(imports, documents, seed)
    return paths
