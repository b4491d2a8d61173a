"""What is invented looks like France: places, activities, names, masks; the same from the same seed."""

import csv
import math
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.errors import InvalidRequest
from maillon.demo.draws import draws
from maillon.demo.firm import VALTRENNE
from maillon.demo.register import Mix, RegisterFiles, write_register_files
from maillon.demo.register.phrases import describe_firm, name_part, trades
from maillon.demo.register.structure import BLOCK
from maillon.demo.suppliers import all_suppliers
from maillon.reference.classifications import naf
from maillon.reference.classifications.processes.process import all_processes
from maillon.reference.places.communes import commune
from maillon.reference.places.distance import distance_km

SIZE = 12_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> RegisterFiles:
    return write_register_files(tmp_path_factory.mktemp("register"), size=SIZE)


@pytest.fixture(scope="module")
def sites(files: RegisterFiles) -> pl.DataFrame:
    return pl.read_parquet(files.establishments)


@pytest.fixture(scope="module")
def truth(files: RegisterFiles) -> pl.DataFrame:
    return pl.read_parquet(files.truth)


def contents(files: RegisterFiles) -> dict[str, object]:
    return {
        path.name: pl.read_parquet(path).to_dict(as_series=False)
        if path.suffix == ".parquet"
        else path.read_text(encoding="utf-8")
        for path in files.paths
    }


def test_the_same_whatever_is_written_at_once(tmp_path):
    whole = write_register_files(tmp_path / "whole", size=1_500)
    parts = write_register_files(tmp_path / "parts", size=1_500, stretch=BLOCK)
    assert contents(whole) == contents(parts)


def test_another_seed_is_another_register(tmp_path):
    first = write_register_files(tmp_path / "first", size=500)
    second = write_register_files(tmp_path / "second", size=500, seed=2)
    names = [
        pl.read_parquet(files.units)["denominationUniteLegale"].drop_nulls().to_list()
        for files in (first, second)
    ]
    assert names[0] != names[1]


def test_communes_are_real_and_in_their_departement(sites):
    here = sites.filter(pl.col("codeCommuneEtablissement").is_not_null())
    assert here.height > 0.99 * SIZE
    for code, postcode, status in here.select(
        "codeCommuneEtablissement", "codePostalEtablissement", "statutDiffusionEtablissement"
    ).iter_rows():
        found = commune(code)
        assert found is not None
        known = {*found.postcodes, "[ND]"} if status == "P" else {*found.postcodes}
        assert postcode in known


def test_abroad_has_a_country_and_no_commune(sites):
    abroad = sites.filter(pl.col("codePaysEtrangerEtablissement").is_not_null())
    assert 10 < abroad.height < 120
    assert abroad["codeCommuneEtablissement"].null_count() == abroad.height
    assert set(abroad["libellePaysEtrangerEtablissement"]) <= {
        "ALLEMAGNE",
        "BELGIQUE",
        "ITALIE",
        "SUISSE",
        "ESPAGNE",
    }


def test_points_lie_near_the_town_hall(files, sites):
    points = pl.read_parquet(files.geolocation)
    for code, lat, lon in (
        points.head(400).select("plg_code_commune", "y_latitude", "x_longitude").iter_rows()
    ):
        found = commune(code)
        assert distance_km(found.lat, found.lon, lat, lon) < 4


def test_metres_and_degrees_agree(files):
    points = pl.read_parquet(files.geolocation).filter(pl.col("epsg") == "2154")
    near = points.join(points.with_columns(pl.all().shift(-1).name.prefix("next_")), on="siret").head(300)
    for row in near.iter_rows(named=True):
        if row["next_x"] is None:
            continue
        metres = math.hypot(row["x"] - row["next_x"], row["y"] - row["next_y"])
        true = 1000 * distance_km(
            row["y_latitude"], row["x_longitude"], row["next_y_latitude"], row["next_x_longitude"]
        )
        # Lambert-93 keeps lengths to a few thousandths; haversine's sphere to half a hundredth
        assert metres == pytest.approx(true, rel=0.009)


def test_codes_are_of_naf_but_for_what_closed_before(sites):
    now = sites.filter(pl.col("nomenclatureActivitePrincipaleEtablissement") == "NAFRev2")
    assert all(naf.normalise(code) == code for code in now["activitePrincipaleEtablissement"].unique())
    before = sites.filter(pl.col("nomenclatureActivitePrincipaleEtablissement") != "NAFRev2")
    assert set(before["nomenclatureActivitePrincipaleEtablissement"]) == {"NAFRev1", "NAF1993", "NAP"}
    assert before["etatAdministratifEtablissement"].unique().to_list() == ["F"]
    assert before["dateDebut"].dt.year().max() < 2008


def test_shares_are_those_asked_for(sites, truth):
    sections = Counter(naf.section(code) for code in truth["naf"])
    divisions = truth["naf"].str.head(2)
    serving = sum(divisions.is_in(["46", "62", "71", "72"]))
    industrial = sum(sections[name] for name in "BCDE") + serving
    assert industrial / SIZE == pytest.approx(0.6, abs=0.03)
    closed = (sites["etatAdministratifEtablissement"] == "F").sum()
    assert closed / SIZE == pytest.approx(0.1, abs=0.03)


def test_what_is_masked_shows_neither_name_nor_street(files, sites):
    masked = sites.filter(pl.col("statutDiffusionEtablissement") == "P")
    assert masked.height > 200
    for name in ("libelleVoieEtablissement", "codePostalEtablissement", "enseigne1Etablissement"):
        assert set(masked[name].drop_nulls()) <= {"[ND]"}
    units = pl.read_parquet(files.units).filter(pl.col("statutDiffusionUniteLegale") == "P")
    for name in ("nomUniteLegale", "prenom1UniteLegale", "denominationUniteLegale", "sigleUniteLegale"):
        assert set(units[name].drop_nulls()) <= {"[ND]"}
    told = "".join(path.read_text(encoding="utf-8") for path in files.enrichment)
    assert not any(siren in told for siren in units["siren"])


def test_persons_have_a_name_and_companies_a_denomination(files):
    units = pl.read_parquet(files.units)
    persons = units.filter(pl.col("categorieJuridiqueUniteLegale") == "1000")
    companies = units.filter(pl.col("categorieJuridiqueUniteLegale") != "1000")
    assert persons["nomUniteLegale"].null_count() == 0
    assert persons["denominationUniteLegale"].null_count() == persons.height
    assert companies["denominationUniteLegale"].null_count() == 0
    assert companies["nomUniteLegale"].null_count() == companies.height


def test_some_names_are_shared_and_some_are_acronyms(files):
    names = pl.read_parquet(files.units)["denominationUniteLegale"].drop_nulls()
    counts = Counter(name for name in names if name != "[ND]")
    shared = sum(count for count in counts.values() if count > 1) / names.len()
    assert 0.04 < shared < 0.25
    assert sum(len(name) <= 4 and name.isupper() for name in counts) > 200


def test_firms_of_the_example_files_are_there(files):
    units = pl.read_parquet(files.units)
    expected = {VALTRENNE.siren} | {one.siren for one in all_suppliers() if one.country == "FR"}
    assert set(units["siren"].head(len(expected))) == expected
    named = dict(units.select("siren", "denominationUniteLegale").iter_rows())
    assert named[VALTRENNE.siren] == "VALTRENNE ROBOTIQUE"
    sites = pl.read_parquet(files.establishments)
    cities = dict(sites.select("siren", "libelleCommuneEtablissement").iter_rows())
    for supplier in all_suppliers():
        if supplier.country == "FR" and supplier.name == "Plasturgie Oyonnix":
            assert cities[supplier.siren] == "OYONNAX"


def test_truth_follows_the_activity_code_mostly(truth):
    by_naf = {code: set() for code in truth["naf"]}
    for process in all_processes():
        for code in process.naf:
            by_naf.setdefault(code, set()).add(process.code)
    makers = truth.filter(pl.col("role") == "maker", pl.col("processes").list.len() > 0).slice(33)
    told = [
        processes[0] in by_naf[code]
        for code, processes in makers.select("naf", "processes").iter_rows()
        if naf.section(code) == "C" and by_naf[code] and code[:2] != "33"
    ]
    assert 0.84 < sum(told) / len(told) < 0.93


def test_wholesalers_are_distributors(truth):
    roles = truth.filter(pl.col("naf").str.starts_with("46"))["role"].value_counts(normalize=True)
    shares = dict(roles.iter_rows())
    assert shares["distributor"] > 0.94
    assert set(shares) == {"distributor", "maker"}


def test_texts_tell_of_the_share_of_makers_asked_for(tmp_path):
    files = write_register_files(tmp_path, size=6_000, mix=Mix(described=0.5))
    truth = pl.read_parquet(files.truth).slice(33)
    able = truth.filter(
        pl.col("active"), pl.col("role").is_in(["maker", "service"]), pl.col("processes").list.len() > 0
    )
    told = able.filter(pl.col("sources").list.set_intersection(["relance", "decp", "members"]).list.len() > 0)
    # the masked among them are never told of
    assert 0.44 < told.height / able.height < 0.52


def test_every_process_has_phrases_and_each_text_speaks_of_the_truth(files, truth):
    assert set(trades()) == {process.code for process in all_processes()}
    relance = next(path for path in files.enrichment if path.stem == "plan-de-relance")
    rows = pl.read_csv(relance, separator=";", infer_schema=False)
    makes = dict(
        truth.filter(pl.col("sources").list.contains("relance")).select("siren", "processes").iter_rows()
    )
    assert rows.height > 50
    spoken = 0
    for siren, text in rows.select("siren", "description_projet").iter_rows():
        said = [phrase for code in makes.get(siren, []) for phrase in trades()[code].says]
        spoken += any(phrase in text for phrase in said)
    # a typing error or another site of the same firm hides some
    assert spoken / rows.height > 0.9


def test_interruption_leaves_the_former_files(tmp_path):
    before = contents(write_register_files(tmp_path, size=300))

    def interrupt(share: float) -> None:
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_register_files(tmp_path, size=900, seed=5, stretch=BLOCK, progress=interrupt)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(before)
    assert pl.read_parquet(tmp_path / "StockEtablissement_utf8.parquet").height == 300


def test_progress_goes_from_nothing_to_all(tmp_path):
    told: list[float] = []
    write_register_files(tmp_path, size=400, stretch=BLOCK, progress=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 10},
        {"size": 200_000_000},
        {"layout": "2030"},
        {"form": "xml"},
        {"departements": ["999"]},
        {"departements": []},
    ],
)
def test_impossible_requests_are_refused_and_write_nothing(tmp_path: Path, wrong):
    with pytest.raises(InvalidRequest) as refused:
        write_register_files(tmp_path / "new", **{"size": 100, **wrong})
    assert refused.value.hint is not None
    assert not (tmp_path / "new").exists()


def test_departements_bound_where_firms_are(tmp_path):
    files = write_register_files(tmp_path, size=800, departements=["90", "2A"])
    codes = pl.read_parquet(files.establishments).slice(33)["codeCommuneEtablissement"].drop_nulls()
    assert {code[:2] for code in codes} == {"90", "2A"}


@settings(max_examples=10, deadline=None)
@given(st.integers(34, 700), st.integers(0, 2**40))
def test_any_size_is_exact(tmp_path_factory, size, seed):
    files = write_register_files(tmp_path_factory.mktemp("any"), size=size, seed=seed, departements=["90"])
    assert pl.read_parquet(files.establishments).height == size
    assert pl.read_parquet(files.truth).height == size


def test_other_sources_are_under_their_published_headers(files):
    headers = {path.stem: path.read_text(encoding="utf-8").splitlines()[0] for path in files.enrichment}
    assert headers["plan-de-relance"] == (
        "entreprise;type_entreprise;siren;volet_relance;mesure;nom_departement;nom_commune;code_postal;"
        "coordonnees_gps;description_projet;mesure_light;mise_a_jour;filiere;"
        "tonnes_equivalent_co2_pour_les_projets_decarbonation;code_departement;nom_region"
    )
    assert {"objet", "codeCPV", "montant", "titulaire_id", "dateNotification"} <= set(
        headers["decp"].split(",")
    )
    assert headers["entreprises-du-patrimoine-vivant"].split(";")[0] == "SIRET"
    assert {"siret", "code_qualification"} <= set(headers["liste-des-entreprises-rge-2"].split(","))
    assert "siretEtablissementDeclarant" in headers["liste-publique-des-of-v2"].split(";")


def test_every_row_of_the_other_sources_has_as_many_cells_as_its_header(files):
    for path in (*files.enrichment, files.insolvencies):
        with path.open(encoding="utf-8", newline="") as file:
            separator = ";" if ";" in file.readline() else ","
            file.seek(0)
            lengths = {len(row) for row in csv.reader(file, delimiter=separator)}
        assert len(lengths) == 1, path.name


def test_projects_are_in_the_departement_that_they_name(files):
    relance = next(path for path in files.enrichment if path.stem == "plan-de-relance")
    rows = pl.read_csv(relance, separator=";", infer_schema=False)
    named = dict(rows.select("code_departement", "nom_departement").iter_rows())
    assert {"25": "Doubs", "74": "Haute-Savoie"}.items() <= named.items()
    regions = dict(rows.select("code_departement", "nom_region").iter_rows())
    assert regions["25"] == "Bourgogne-Franche-Comté"


def test_some_contracts_have_a_false_number_or_a_senseless_amount(tmp_path):
    files = write_register_files(tmp_path, size=20_000, mix=Mix(described=0.8))
    contracts = pl.read_csv(next(p for p in files.enrichment if p.stem == "decp"), infer_schema=False)
    known = set(pl.read_parquet(files.truth)["siret"])
    false = sum(siret not in known for siret in contracts["titulaire_id"])
    senseless = (contracts["montant"] == "1e17").sum()
    assert 0.001 < false / contracts.height < 0.012
    assert 0.001 < senseless / contracts.height < 0.012


def test_a_quarter_of_the_descriptions_name_a_part():
    chance = draws(1, "parts")
    named = sum(bool(name_part(chance, ["turning"], "")) for _ in range(4_000))
    assert named / 4_000 == pytest.approx(0.25, abs=0.03)


@given(st.integers(0, 10**6), st.sampled_from(sorted(trades())))
def test_descriptions_begin_with_a_capital_and_speak_of_the_trade(seed, code):
    text = describe_firm(draws(seed, "text"), [code], [])
    assert text[0].isupper() or text[1].isupper()
    swapped = {text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1)} | {text}
    assert any(phrase in one for phrase in trades()[code].says for one in swapped)
