"""The steps in order, on real files: what goes in, what comes out, what is refused."""

import datetime as dt
from pathlib import Path

import pytest

from maillon import __version__
from maillon.core.errors import InvalidRequest, NoTableFound, RefusedFile
from maillon.core.place import Territory, TerritoryKind
from maillon.method.diagnose.results import Basis, Site
from maillon.pipeline import Request, run, split_variants, territories_of
from maillon.reference.places import locate

ROOT = Path(__file__).parents[1]
HEADER = "Désignation;Qté;PU HT (€);Fournisseur;Ville;Lieu de fabrication"


def write_csv(folder: Path, name: str, *rows: str, header: str = HEADER) -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def bom(tmp_path):
    return write_csv(
        tmp_path,
        "nomenclature.csv",
        "CARTER ALU USINE;1;60,00;Alpha;Besançon (25);Besançon (25)",
        "MOTEUR BRUSHLESS 48V;1;30,00;Beta;Paris;Shenzhen, Chine",
        "VIS CHC M5X16;20;0,50;Gamma;Lyon;",
    )


def test_a_file_becomes_a_dossier_with_located_sites_and_families(bom):
    dossier = run([bom], Request(name="Essai", today=dt.date(2026, 11, 22), seed=7))
    lines = dossier.bom.lines
    assert (dossier.name, dossier.version, dossier.seed) == ("Essai", __version__, 7)
    assert lines["making_country"].to_list() == ["FR", "CN", None]
    assert lines["making_region"].to_list() == ["27", None, None]
    assert lines["family"].to_list()[2] == "bolts-screws"
    france = dossier.diagnosis.local_content[Basis.ORIGIN_VALUE]["country:FR"]
    assert (france.min, france.max) == pytest.approx((0.6, 0.7))


def test_the_firms_site_adds_its_circle_and_its_region(bom):
    dossier = run([bom], Request(site=locate("Belfort")))
    region = dossier.diagnosis.indices[Site.MAKING]["region:27"]
    assert (region.min, region.max) == pytest.approx((0.6, 0.7))
    assert list(dossier.diagnosis.indices[Site.MAKING])[:2] == ["radius:90010:100", "region:27"]


def test_the_same_request_gives_the_same_dossier(bom):
    request = Request(today=dt.date(2026, 11, 22))
    first, second = run([bom], request), run([bom], request)
    assert first.bom.lines.equals(second.bom.lines)
    assert first.diagnosis.local_content == second.diagnosis.local_content


def test_progress_rises_to_one(bom):
    seen: list[float] = []
    run([bom], Request(), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_two_bills_are_refused_with_the_way_to_compare_them(bom, tmp_path):
    other = write_csv(tmp_path, "autre.csv", "RONDELLE M5;4;0,10;Delta;Lyon;")
    with pytest.raises(InvalidRequest) as caught:
        run([bom, other], Request())
    assert "--against" in str(caught.value.hint)


def test_nothing_to_read_and_nothing_found_are_said(tmp_path):
    with pytest.raises(InvalidRequest):
        run([], Request())
    prose = tmp_path / "lettre.csv"
    prose.write_text("Bonjour\nVeuillez trouver ci-joint\nCordialement\n", encoding="utf-8")
    with pytest.raises(NoTableFound) as caught:
        run([prose], Request())
    assert "lettre.csv" in str(caught.value)


def test_a_refusal_names_its_file_among_several(bom, tmp_path):
    empty = tmp_path / "vide.xlsx"
    empty.write_bytes(b"")
    with pytest.raises(RefusedFile, match=r"vide\.xlsx"):
        run([bom, empty], Request())


def test_variants_are_diagnosed_apart_and_share_common_lines(tmp_path):
    path = write_csv(
        tmp_path,
        "variantes.csv",
        "CARTER;10,00;Alpha;France;1;1",
        "MOTEUR A;40,00;Beta;France;1;0",
        "MOTEUR B;40,00;Beta;Chine;0;1",
        header="Désignation;PU HT (€);Fournisseur;Lieu de fabrication;Qté version A;Qté version B",
    )
    dossier = run([path], Request())
    shares = {
        variant.name.split()[-1]: variant.local_content[Basis.ORIGIN_VALUE]["country:FR"].min
        for variant in dossier.variants
    }
    assert shares == {"A": pytest.approx(1.0), "B": pytest.approx(0.2)}
    assert len(split_variants(dossier.bom)) == 2


def test_papers_raise_the_evidence_of_the_cobot():
    folder = ROOT / "examples"
    alone = run([folder / "cobot.xlsx"], Request())
    joined = run(
        [folder / "cobot.xlsx", folder / "factures-2025.zip", folder / "importations-2025.csv"], Request()
    )
    assert joined.diagnosis.evidence_spend["unknown"] < alone.diagnosis.evidence_spend["unknown"] / 2
    assert len(joined.sources) == 3
    assert joined.joining


def test_purchases_alone_are_those_of_a_period_not_of_a_product(bom):
    from maillon.report.figures import period

    accounts = next((ROOT / "examples").glob("*FEC*.txt"))
    assert str(period(run([accounts], Request()).diagnosis)) == "over the period"
    assert str(period(run([bom], Request()).diagnosis)) == "for one product"


def test_territories_asked_for_come_first_and_once():
    asked = (Territory(TerritoryKind.DEPARTEMENT, "90"), Territory(TerritoryKind.EU))
    keys = [t.key for t in territories_of(Request(territories=asked))]
    assert keys == ["departement:90", "eu", "country:FR", "europe", "world"]
