"""``maillon demo register`` writes what it says."""

import pytest

from maillon.cli.main import main


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    return int(end.value.code or 0)


def test_it_writes_every_file_and_says_that_all_is_invented(tmp_path, capsys):
    status = run("demo", "register", "--size", "200", "--out", str(tmp_path), "--form", "csv", "--lang", "fr")
    assert status == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Tout est inventé" in said
    assert {path.name for path in tmp_path.iterdir()} == {
        "StockEtablissement_utf8.csv",
        "StockUniteLegale_utf8.csv",
        "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv",
        "StockEtablissementLiensSuccession_utf8.csv",
        "bodacc-annonces-commerciales.csv",
        "plan-de-relance.csv",
        "decp.csv",
        "membres.csv",
        "entreprises-du-patrimoine-vivant.csv",
        "liste-des-entreprises-rge-2.csv",
        "liste-publique-des-of-v2.csv",
        "truth.parquet",
        "DONNEES-INVENTEES.txt",
    }
    assert len((tmp_path / "StockEtablissement_utf8.csv").read_text(encoding="utf-8").splitlines()) == 201


def test_a_wrong_choice_is_a_sentence_and_a_hint(tmp_path, capsys):
    assert run("demo", "register", "--layout", "2030", "--out", str(tmp_path / "new"), "--lang", "fr") == 2
    said = capsys.readouterr().err
    assert "Un registre inventé ne s'écrit pas sous la forme 2030." in said
    assert "current, former" in said
    assert not (tmp_path / "new").exists()


def test_a_file_is_no_folder(tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert run("demo", "register", "--size", "100", "--out", str(tmp_path / "taken"), "--lang", "en") == 2
    assert "is a file." in capsys.readouterr().err
