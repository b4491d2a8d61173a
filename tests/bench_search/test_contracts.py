"""Public contracts as questions: which are asked, cleaned how, and who is right, on files made here."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from bench.search.contract_tier import MAKERS, TRADERS, choose_cutoff, forget_contracts, make_tier
from bench.search.corpus import make_corpus
from bench.search.notices import Notice, read_notices, region_of_name, region_of_place
from bench.search.objects import clean_object

from maillon.core.errors import RefusedFile

LATEST = dt.date(2026, 6, 1)
#: Numbers with true keys.
MAKER, OTHER, TRADER = "73282932000074", "55210055400013", "54210765113030"
HEADER = (
    "id;acheteur_id;objet;codeCPV;lieuExecution_code;lieuExecution_typeCode;dateNotification;montant;"
    "titulaire_id_1;titulaire_id_2"
)
ROWS = [
    f"1;;Fourniture de vannes;42131000-6;90;Code département;2024-01-05;1000;{MAKER};",
    f"2;;Fourniture de vannes;42131000-6;90;Code département;2024-02-05;1000;{OTHER};",
    f"3;;Nettoyage des locaux;90910000-9;90;Code département;2024-01-05;1000;{MAKER};",
    f"4;;Construction d'un pont;45221111-3;90;Code département;2024-01-05;1000;{MAKER};",
    f"5;;Logiciel de paie;48450000-7;90;Code département;2024-01-05;1000;{MAKER};",
    "6;;Vis et boulons;44531000-1;90;Code département;2024-01-05;1000;12345678900011;",
    f"7;;Vis et boulons;44531000-1;FR;Code pays;2024-01-05;1000;{MAKER};",
    f"8;;;44531000-1;90;Code département;2024-01-05;1000;{MAKER};",
    f"9;;Sans CPV;;90;Code département;2024-01-05;1000;{MAKER};",
    f"10;;Ressorts;44531000-1;59000;Code postal;05/03/2025;1000;{MAKER};{TRADER}",
    f"11;21900010600012;Tôles;44170000-2;;;2025-03-06;1000;{OTHER};",
]


@pytest.fixture
def decp(tmp_path):
    path = tmp_path / "decp-2025.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    return path


def test_only_goods_with_a_true_winner_and_a_region_are_kept(decp):
    read = read_notices(decp, {"21900010600012": "27"}.get, LATEST)
    assert [(n.object, n.cpv, n.day, n.region) for n in read.notices] == [
        ("Fourniture de vannes", "42131000", dt.date(2024, 1, 5), "27"),
        ("Ressorts", "44531000", dt.date(2025, 3, 5), "32"),
        ("Tôles", "44170000", dt.date(2025, 3, 6), "27"),
    ]
    assert read.notices[0].winners == {MAKER[:9], OTHER[:9]}, "one object bought twice is one notice"
    assert read.notices[1].winners == {MAKER[:9], TRADER[:9]}
    assert read.left_out == {
        "without object, CPV or day": 2, "no goods": 3, "no true winner": 1, "region unknown": 1,
    }  # fmt: skip


def test_parquet_with_the_points_of_2019_is_read_too(decp, tmp_path):
    table = pl.read_csv(decp, separator=";", infer_schema=False)
    dotted = {"acheteur_id": "acheteur.id", "lieuExecution_code": "lieuExecution.code",
              "lieuExecution_typeCode": "lieuExecution.typeCode"}  # fmt: skip
    path = tmp_path / "decp.parquet"
    table.rename(dotted).write_parquet(path)
    assert read_notices(path, lambda number: None, LATEST).notices[1].region == "32"


def test_a_file_without_contracts_is_refused(tmp_path):
    path = tmp_path / "decp.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(RefusedFile):
        read_notices(path, lambda number: None, LATEST)


@pytest.mark.parametrize(
    ("code", "kind", "region"),
    [
        ("2A", "Code département", "94"),
        ("974", "Code département", "04"),
        ("27", "Code région", "27"),
        ("27", "Code département", "28"),
        ("99", "Code région", None),
        ("90010", "Code commune", "27"),
        ("59000", "Code postal", "32"),
        ("59000", "CODE POSTAL", "32"),
        ("", None, None),
        (None, None, None),
        ("FRANCE", "Code pays", None),
    ],
)
def test_a_place_has_a_region(code, kind, region):
    assert region_of_place(code, kind) == region


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("VILLE DE BESANCON", "27"),
        ("Département du Nord", "32"),
        ("Région Normandie", "28"),
        ("SYNDICAT DES EAUX DE PONTARLIER", "27"),
        ("CENTRE HOSPITALIER DE LA HAUTE-SAÔNE", "27"),
        ("COMMUNE DE SAINTE-COLOMBE", None),
        ("MINISTERE DE L'INTERIEUR", None),
        ("", None),
    ],
)
def test_a_buyer_may_bear_the_name_of_its_town(name, region):
    assert region_of_name(name) == region


def test_the_buyers_own_codes_come_before_where_the_work_is_done(tmp_path):
    header = HEADER + ";acheteur_departement_code"
    row = f"1;;Vannes;42131000-6;59;Code département;2024-01-05;1000;{MAKER};;90"
    path = tmp_path / "decp.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert [n.region for n in read_notices(path, lambda number: None, LATEST).notices] == ["27"]


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Vannes de l'Ets Dupond", ["DUPOND SA"], "Vannes de l'Ets"),
        ("VANNES Mécanique Générale Comtoise", ["MECANIQUE GENERALE COMTOISE"], "VANNES"),
        ("mécanique générale", ["MECANIQUE GENERALE COMTOISE"], "mécanique générale"),
        ("Lot n° 12 - vannes", [], "vannes"),
        ("Marché subséquent n°4 vannes papillon DN100", [], "vannes papillon DN100"),
        ("accord-cadre 2023-F-012 : pièces de fonderie", [], "pièces de fonderie"),
        ("Groupe électrogène", ["GROUPE SAS"], "Groupe électrogène"),
        ("Fourniture de groupes France", ["FRANCE"], "Fourniture de groupes France"),
        ("DUPOND", ["Dupond"], ""),
        ("vannes", [""], "vannes"),
    ],
)
def test_objects_lose_names_and_file_numbers_but_no_goods(text, names, left):
    assert clean_object(text, names) == left


def notice(text, cpv, day, winners, region="27"):
    return Notice(text, cpv, dt.date.fromisoformat(day), region, frozenset(winners))


@pytest.fixture
def corpus(establishments, capabilities):
    return make_corpus(establishments, capabilities, enriched=True)


NOTICES = [
    notice("Ressorts de traction", "44530000", "2024-01-01", ["700000003"]),
    notice("Ressorts MECA DOUBS", "44531000", "2024-02-01", ["100000009"]),
    notice("Ressorts RESSORTS COMTOIS", "44530000", "2025-01-01", ["300000007"]),
    notice("Roulements", "44440000", "2025-01-02", ["400000006"]),
    notice("Vis", "44530000", "2025-01-03", ["999999999"]),
    notice("Ressorts au loin", "44530000", "2025-01-04", ["300000007"], region="32"),
]
CUTOFF = dt.date(2025, 1, 1)
FRANCHE_COMTE = ("21", "25", "39", "58", "70", "71", "89", "90")


def test_winners_are_graded_by_kind_of_goods(corpus):
    names = {"300000007": ["RESSORTS COMTOIS"]}
    tier = make_tier(NOTICES, corpus, names, CUTOFF)
    (asked,) = tier.asked
    assert (asked.need.designation, asked.need.noun, asked.territory) == ("Ressorts", "44530", FRANCHE_COMTE)
    assert asked.grades == {2: 3.0, 6: 2.0, 0: 1.0}
    assert tier.rows[FRANCHE_COMTE].tolist() == [0, 1, 2, 4, 5, 6], "no trader among makers"
    assert tier.judged == {0, 2, 6}


def test_a_tier_of_one_part_asks_only_what_its_firms_won(corpus):
    sides = corpus.firms.with_columns(
        part=pl.when(pl.col("siren") == "700000003").then(pl.lit("dev")).otherwise(pl.lit("test"))
    )
    parted = replace(corpus, firms=sides)
    tier = make_tier(NOTICES, parted, {}, CUTOFF)
    assert tier.of(parted, "dev").asked == ()
    (asked,) = tier.of(parted, "test").asked
    assert asked.grades == {2: 3.0, 0: 1.0}
    assert tier.of(parted, "test").rows[FRANCHE_COMTE].tolist() == [0, 1, 2, 4, 5]
    assert tier.of(parted, "test").judged == {0, 2}


def test_traders_are_apart(corpus):
    tier = make_tier(NOTICES, corpus, {}, CUTOFF, TRADERS)
    assert [(asked.need.designation, asked.grades) for asked in tier.asked] == [("Roulements", {3: 3.0})]
    assert tier.rows[FRANCHE_COMTE].tolist() == [3]


def test_a_firm_is_found_by_any_of_its_sites_in_the_region(corpus, establishments, capabilities):
    second = establishments.filter(pl.col("siren") == "300000007").with_columns(
        siret=pl.lit("30000000700025")
    )
    wider = make_corpus(pl.concat([establishments, second]), capabilities, enriched=True)
    (asked,) = make_tier(NOTICES, wider, {}, CUTOFF).asked
    assert sorted(asked.grades.values()) == [1, 2, 3, 3]


def test_activities_of_makers_are_industry():
    codes = ("09.90Z", "10.11Z", "33.20D", "35.11Z", "46.69B")
    assert [code for code in codes if code.startswith(MAKERS)] == ["10.11Z", "33.20D"]


def test_what_was_not_yet_known_is_forgotten(capabilities):
    told = pl.concat(
        [
            capabilities.head(1),
            capabilities.head(3).with_columns(
                source=pl.lit("decp"), date=pl.Series([dt.date(2024, 12, 31), CUTOFF, None])
            ),
        ]
    )
    assert forget_contracts(told, CUTOFF).select("source", "date").rows() == [
        ("members", None), ("decp", dt.date(2024, 12, 31)),
    ]  # fmt: skip


def test_the_cutoff_leaves_a_share_before():
    assert choose_cutoff(NOTICES, 0.5) == dt.date(2025, 1, 2)
    assert choose_cutoff(NOTICES, 1.0) == dt.date(2025, 1, 4)
    with pytest.raises(ValueError, match="no notice"):
        choose_cutoff([])
