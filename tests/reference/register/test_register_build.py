"""Snapshots built, swapped, refused and interrupted; the files around SIRENE."""

import datetime as dt
import json

import polars as pl
import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from factories.sirene import links, notice, notices, points, save, sites, units
from maillon.core.errors import InvalidRequest, MissingData, RefusedFile
from maillon.reference.register import Register, build_register, open_register
from maillon.reference.register.enrich import read_enrichment_rows
from maillon.reference.register.overlay import Correction, add_corrections
from maillon.reference.register.verify import verify_register

A, B, C, D = (siret_of(number) for number in (11_111_111, 22_222_222, 33_333_333, 44_444_444))


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def stock(tmp_path):
    """The two files that a build needs: A and B stand, C is closed."""
    closed = {"siret": C, "etatAdministratif": "F"}
    return [
        save(sites({"siret": A}, {"siret": B}, closed), tmp_path / "s.parquet"),
        save(units(*({"siren": one[:9]} for one in (A, B, C))), tmp_path / "u.parquet"),
    ]


def test_a_built_snapshot_is_in_use_and_described(stock, own_home):
    shares = []
    folder = build_register(stock, progress=shares.append)
    opened = open_register()
    assert opened == Register(folder, opened.manifest)
    assert folder.parent == own_home / "snapshots"
    today = dt.datetime.now(tz=dt.UTC).strftime("%Y%m%d")
    assert folder.name.startswith(f"register-{today}-")
    assert opened.manifest.name == folder.name
    assert opened.establishments(["siret"])["siret"].to_list() == [A, B]
    assert opened.rows == 2
    kinds = {
        source.kind: (source.rows, source.layout, source.data_date) for source in opened.manifest.sources
    }
    assert kinds == {"establishments": (3, "current", "2026-10-03"), "units": (3, "current", "2026-10-02")}
    assert opened.manifest.counts["read"] == 3
    assert opened.manifest.counts["kept"] == 2
    assert opened.manifest.counts["point_of_commune"] == 2
    assert (opened.manifest.scope, opened.manifest.engine) == ("industry", "polars")
    assert verify_register(opened) == []
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_no_register_says_how_to_build_one(own_home):
    with pytest.raises(MissingData) as raised:
        open_register()
    assert "maillon register build" in str(raised.value)


def test_the_engines_build_the_same_tables(stock, tmp_path):
    built = [build_register(stock, engine=name, folder=tmp_path / name) for name in ("polars", "duckdb")]
    tables = [open_register(folder).establishments() for folder in built]
    assert tables[0].equals(tables[1])


def test_nothing_is_left_and_the_former_stays_when_a_build_is_interrupted(stock, own_home):
    former = build_register(stock)

    def stop(share):
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_register(stock, scope="all", progress=stop)
    assert open_register().folder == former
    assert sorted(path.name for path in (own_home / "snapshots").iterdir()) == sorted(
        [former.name, "register.current"]
    )


def test_the_two_last_snapshots_are_kept(stock, own_home):
    built = [build_register(stock, scope=scope).name for scope in ("industry", "active", "all")]
    kept = {path.name for path in (own_home / "snapshots").glob("register-*")}
    assert kept == set(built[1:])
    assert open_register().folder.name == built[2]


def test_a_second_file_of_a_kind_is_refused(stock, tmp_path):
    with pytest.raises(InvalidRequest, match=r"s\.parquet and t\.csv"):
        build_register([*stock, save(sites({"siret": D}), tmp_path / "t.csv")])


def test_units_cannot_lack(stock):
    with pytest.raises(MissingData, match="StockUniteLegale"):
        build_register(stock[:1])


@pytest.mark.parametrize("choice", [{"scope": "north"}, {"engine": "abacus"}])
def test_unknown_choices_are_refused(stock, choice):
    with pytest.raises(InvalidRequest):
        build_register(stock, **choice)


def test_a_key_column_that_lacks_is_fatal(stock, tmp_path):
    cut = sites({"siret": A}).drop("activitePrincipaleEtablissement")
    with pytest.raises(RefusedFile, match="activitePrincipaleEtablissement"):
        build_register([save(cut, tmp_path / "cut.csv"), stock[1]])


DAMAGED = {
    "empty": b"",
    "text": b"Bonjour, ceci n'est pas un tableau.",
    "parquet": b"PAR1 and nothing else PAR1",
    "zip": b"PK\x03\x04 and nothing else",
    "gzip": b"\x1f\x8b and nothing else",
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_is_refused_by_name(stock, tmp_path, kind):
    (tmp_path / "bad.csv").write_bytes(DAMAGED[kind])
    with pytest.raises(RefusedFile, match=r"bad\.csv"):
        build_register([tmp_path / "bad.csv", stock[1]])


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_download_cut_short_is_refused(stock, tmp_path, engine):
    whole = save(sites({"siret": A}, {"siret": B}), tmp_path / "w.csv").read_bytes()
    (tmp_path / "cut.csv").write_bytes(whole + b'"an unclosed quote,\n' + whole[:400])
    with pytest.raises(RefusedFile):
        build_register([tmp_path / "cut.csv", stock[1]], engine=engine)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("bad", ["latin-1", "wide"])
def test_a_row_that_cannot_be_read_is_no_traceback(stock, tmp_path, engine, bad):
    text = sites({"siret": A, "enseigne1": "FORGE"}, {"siret": B, "enseigne1": "ÉCLAIR"}).write_csv()
    first = text.splitlines()[1]
    whole = text.encode("latin-1") if bad == "latin-1" else text.replace(first, f"{first},x,y").encode()
    (tmp_path / "bad.csv").write_bytes(whole)
    with pytest.raises(RefusedFile, match=r"bad\.csv"):
        build_register([tmp_path / "bad.csv", stock[1]], engine=engine)


def test_a_missing_file_is_refused(stock, tmp_path):
    with pytest.raises(RefusedFile, match=r"none\.csv"):
        build_register([tmp_path / "none.csv", stock[1]])


def test_successions_give_predecessors_and_are_followed(stock, tmp_path):
    chain = links((D, C, "2019-01-01"), (C, B, "2020-01-01"), (A, B, "2018-01-01"), (B, B, "2021-01-01"))
    build_register([*stock, save(chain, tmp_path / "l.csv")])
    opened = open_register()
    rows = dict(opened.establishments(["siret", "predecessor"]).iter_rows())
    assert rows == {A: None, B: C}
    assert opened.current_siret(D) == B
    assert opened.current_sirets([A, C, "99999999999999"]) == {A: A, C: B, "99999999999999": "99999999999999"}


def test_successions_that_turn_in_a_circle_end(stock, tmp_path):
    circle = links((C, D, "2019-01-01"), (D, C, "2020-01-01"))
    build_register([*stock, save(circle, tmp_path / "l.parquet")])
    assert open_register().current_siret(C) == D


def test_the_later_of_two_successions_is_followed(stock, tmp_path):
    fork = links((C, B, "2022-01-01"), (C, A, "2020-01-01"))
    build_register([*stock, save(fork, tmp_path / "l.csv")])
    assert open_register().current_siret(C) == B


OPENING = ("Jugement d'ouverture", "Jugement d'ouverture de liquidation judiciaire")


def test_insolvency_is_the_last_opening(stock, tmp_path):
    told = notices(
        notice(A[:9], "2025-03-12", *OPENING, date="2025-03-01"),
        notice(A[:9], "2025-09-12", *OPENING),
        notice(A[:9], "2026-01-12", "Jugement de clôture", "Jugement de clôture pour insuffisance d'actif"),
        notice(A[:9], "2026-02-12", *OPENING, typeavis="annulation"),
        notice(B[:9], "2026-01-12", "Jugement prononçant", "Jugement de plan de redressement"),
        {**notice(C[:9], "2026-01-12", *OPENING), "jugement": "{broken"},
    )
    build_register([*stock, save(told, tmp_path / "b.csv", separator=";")], scope="all")
    rows = dict(open_register().establishments(["siret", "insolvency"]).iter_rows())
    assert rows == {A: dt.date(2025, 9, 12), B: None, C: None}


def test_points_are_used_where_given(stock, tmp_path):
    placed = save(points({"siret": A, "y_latitude": "47.5", "x_longitude": "6.5"}), tmp_path / "p.csv")
    build_register([*stock, placed])
    rows = open_register().establishments(["siret", "lat", "lon", "point_source"]).rows()
    assert rows[0] == (A, 47.5, 6.5, "address")
    assert rows[1][3] == "commune"


def members(*rows):
    return read_enrichment_rows([["siret", "procédés"], *rows], "members.xlsx", source="members")


def test_enrichment_goes_to_the_establishment_its_successor_or_the_head_office(tmp_path):
    other = siret_of(int(A[:8]), 2)
    stock = [
        save(sites({"siret": A}, {"siret": other, "etablissementSiege": "false"}), tmp_path / "s.csv"),
        save(units({"siren": A[:9]}), tmp_path / "u.csv"),
        save(links((C, other, "2020-01-01")), tmp_path / "l.csv"),
    ]
    told = members([other, "tournage"], [C, "fraisage"], [A[:9], "soudage"], [D, "moulage"])
    build_register(stock, enrichment=[told])
    opened = open_register()
    where = {row["siret"] for row in opened.capabilities().to_dicts()}
    assert where == {A, other}
    assert opened.manifest.counts["lost_members"] > 0
    assert {source.kind for source in opened.manifest.sources} == {
        "establishments",
        "units",
        "links",
        "members",
    }
    texts = {(row["siret"], row["text"]) for row in opened.capabilities().to_dicts()}
    assert (A, "soudage") in texts
    assert (other, "fraisage") in texts


def test_what_a_chamber_names_is_kept_whatever_its_activity(tmp_path):
    builder = {"activitePrincipale": "43.32B", "caractereEmployeur": "N"}
    shop = siret_of(int(B[:8]), 2)
    site = sites(
        {"siret": A, **builder},
        {"siret": B, **builder},
        {"siret": shop, **builder, "etablissementSiege": "false"},
        {"siret": C, **builder},
        {"siret": D, **builder, "etatAdministratif": "F"},
    )
    unit = units(*({"siren": one[:9], "categorieJuridique": "1000"} for one in (A, B, C, D)))
    stock = [save(site, tmp_path / "s.csv"), save(unit, tmp_path / "u.csv")]
    told = members([A, "soudage"], [B[:9], "soudage"], [D, "soudage"])
    build_register(stock, enrichment=[told])
    assert open_register().establishments(["siret"])["siret"].to_list() == [A, B]
    with pytest.raises(MissingData, match="industry"):
        build_register(stock)
    assert open_register().rows == 2


def test_a_row_without_a_number_is_joined_where_name_and_place_leave_one_firm(tmp_path):
    site = sites(
        {"siret": A},
        {"siret": siret_of(int(A[:8]), 2), "etablissementSiege": "false"},
        {"siret": B, "enseigne1": "L'Éclair"},
        {"siret": C, "codePostal": "90100"},
        {"siret": D},
    )
    unit = units(
        {"siren": A[:9], "denomination": "FORGE DU LION"},
        {"siren": B[:9], "denomination": "TOURNAGE MARTIN"},
        {"siren": C[:9], "denomination": "TOURNAGE MARTIN"},
        {"siren": D[:9], "denomination": "L ECLAIR"},
    )
    header = ["nom", "code postal", "ville", "procédés"]
    named = [
        ["Forge du Lion SAS", "90000", "", "forge"],
        ["tournage martin", "90100", "", "tournage"],
        ["L'éclair", "90000", "", "soudage"],
        ["Forge du lion", "", "Belfort", "fraisage"],
        ["Forge du lion", "75001", "", "moulage"],
    ]
    told = read_enrichment_rows([header, *named], "members.xlsx", source="members")
    stock = [save(site, tmp_path / "s.csv"), save(unit, tmp_path / "u.csv")]
    build_register(stock, enrichment=[told])
    opened = open_register()
    found = {(row["siret"], row["text"]) for row in opened.capabilities().to_dicts()}
    assert {(A, "forge"), (C, "tournage"), (A, "fraisage")} == found
    assert opened.manifest.counts["by_name_members"] > 0


def correct(siret, column, value, date="2026-11-01"):
    add_corrections([Correction(date, siret, column, value)])


def test_corrections_hold_at_once_and_after_a_rebuild(stock):
    build_register(stock)
    correct(A, "name", "FORGE NEUVE")
    correct(A, "headcount_band", "21")
    correct(B, "name", "")
    for _ in range(2):
        opened = open_register()
        rows = opened.establishments(["name", "headcount_low", "headcount_high"]).rows()
        assert rows == [("FORGE NEUVE", 50, 99), (None, 20, 49)]
        assert opened.establishments(["postcode"])["postcode"].to_list() == ["90000", "90000"]
        build_register(stock)
    stored = pl.read_parquet(open_register().folder / "establishments.parquet")
    assert stored["name"].to_list() == ["FORGE NEUVE", None]


def test_a_corrected_commune_moves_the_point(stock):
    build_register(stock)
    correct(A, "commune", "75056")
    row = open_register().establishments().row(0, named=True)
    assert (row["departement"], row["region"], row["point_source"]) == ("75", "11", "commune")
    assert round(row["lat"], 1) == 48.9


def test_of_two_corrections_the_later_holds_whatever_the_order(stock):
    build_register(stock)
    correct(A, "name", "SECOND", date="2026-11-02")
    correct(A, "name", "FIRST", date="2026-11-01")
    assert open_register().establishments(["name"])["name"].to_list()[0] == "SECOND"


def test_capabilities_are_corrected(tmp_path):
    told = capabilities_frame(
        {"siret": A, "kind": "process", "code": "false"}, {"siret": B, "kind": "process", "code": "true"}
    )
    opened = open_register(
        write_snapshot(tmp_path / "s", establishments_frame({"siret": A}, {"siret": B}), told)
    )
    correct(A, "process", "", date="2026-01-01")
    correct(A, "process", "milling-5-axis: fraisage 5 axes", date="2026-02-01")
    correct(B, "lot", "10/100/1000")
    rows = opened.capabilities().select(
        "siret", "source", "kind", "code", "text", "low", "ideal", "high", "unit"
    )
    assert rows.rows() == [
        (B, "members", "process", "true", None, None, None, None, None),
        (A, "correction", "process", "milling-5-axis", "fraisage 5 axes", None, None, None, None),
        (B, "correction", "lot", None, "10/100/1000", 10.0, 100.0, 1000.0, "pieces"),
    ]


@pytest.mark.parametrize(
    ("siret", "column", "value"),
    [
        ("12345678901234", "name", "X"),
        (A, "siret", B),
        (A, "colour", "red"),
        (A, "created", "17/05/2001"),
        (A, "headcount_low", "many"),
        (A, "active", "perhaps"),
        (A, "lot", "1/2/3/4"),
    ],
)
def test_senseless_corrections_are_refused_and_not_written(own_home, siret, column, value):
    with pytest.raises(InvalidRequest):
        correct(siret, column, value)
    assert not (own_home / "register-overlay.csv").exists()


def test_a_broken_line_of_the_overlay_is_named(own_home):
    correct(A, "name", "FORGE")
    with (own_home / "register-overlay.csv").open("a", encoding="utf-8") as overlay:
        overlay.write("2026-11-01,not a siret,name,X,\n")
    with pytest.raises(RefusedFile, match="Line 3"):
        correct(A, "name", "TOUR")


def test_verify_finds_what_changed(stock):
    opened = open_register(build_register(stock))
    path = opened.folder / "establishments.parquet"
    pl.read_parquet(path).reverse().write_parquet(path)
    assert [(fault.file, fault.code) for fault in verify_register(opened)] == [(path.name, "hash")]
    (opened.folder / "capabilities.parquet").unlink()
    assert {fault.code for fault in verify_register(opened)} == {"hash", "missing"}


def test_verify_finds_rows_out_of_order(tmp_path):
    rows = establishments_frame({"siret": A}, {"siret": B})
    folder = write_snapshot(tmp_path / "s", rows)
    rows.reverse().write_parquet(folder / "establishments.parquet")
    manifest = json.loads((folder / "manifest.json").read_text())
    from maillon.reference.register.manifest import hash_file

    manifest["tables"][0]["sha256"] = hash_file(folder / "establishments.parquet")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert [fault.code for fault in verify_register(open_register(folder))] == ["order"]


@pytest.mark.parametrize("text", ["{", "[]", '{"form": 1}'])
def test_a_damaged_manifest_is_refused(tmp_path, text):
    folder = write_snapshot(tmp_path / "s", establishments_frame({}))
    (folder / "manifest.json").write_text(text)
    with pytest.raises(RefusedFile):
        open_register(folder)
