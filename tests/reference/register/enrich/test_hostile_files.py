"""Files that are no tables, or want to hurt, are refused or bounded; every row is accounted for."""

import os
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.enrichment import DECP_2024, EPV, RELANCE, RGE, make_siret, write_rows, write_text
from maillon.core.errors import RefusedFile
from maillon.reference.register.enrich import read_enrichment, read_enrichment_rows

DAY = date(2025, 6, 1)
BAD = [
    "=cmd|' /C calc'!A0",
    "\x00\x00",
    '"',
    "\u202egnp",
    "x" * 5_000,
    "é" * 3,
    "-1",
    "1e999",
    "[" * 500,
    "{}",
    "nan",
]


@pytest.mark.parametrize("start", [b"PK\x03\x04rest", b"\x1f\x8bzip", b"%PDF-1.7", b"SQLite format 3\x00"])
def test_files_of_another_kind_are_refused_with_a_hint(tmp_path, start):
    path = tmp_path / "x.csv"
    path.write_bytes(start)
    with pytest.raises(RefusedFile, match=r"neither CSV nor Parquet.*Unpack an archive first"):
        read_enrichment(path)


@pytest.mark.parametrize("text", ["", "\n\n", "a;b\n1;2\n", "\x00" * 1000, '"' * 1001])
def test_tables_of_no_known_source_are_refused(tmp_path, text):
    with pytest.raises(RefusedFile, match="No known source has the columns"):
        read_enrichment(write_text(tmp_path / "x.csv", text))


def test_a_folder_a_pipe_and_a_missing_file_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / "pipe.csv"):
        with pytest.raises(RefusedFile, match="cannot be opened"):
            read_enrichment(path)


def test_a_damaged_parquet_file_is_refused(tmp_path):
    path = tmp_path / "x.parquet"
    pl.DataFrame(
        {"siret": [make_siret(1)], "nom_qualification": ["x"], "code_qualification": ["1"]}
    ).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20] + os.urandom(20))
    with pytest.raises(RefusedFile, match="is damaged"):
        read_enrichment(path)


def test_nested_columns_of_parquet_are_read_as_json(tmp_path):
    winners = [[{"id": make_siret(1)}, {"id": make_siret(2)}], [{"id": make_siret(3)}]]
    frame = pl.DataFrame(
        {"objet": ["a", "b"], "montant": [1.0, 2.0], "codeCPV": ["1", "2"], "titulaires": winners}
    )
    frame.write_parquet(tmp_path / "decp.parquet")
    assert read_enrichment(tmp_path / "decp.parquet").capabilities["siret"].to_list() == [
        make_siret(n) for n in (1, 2, 3)
    ]


def test_a_huge_cell_costs_its_row(tmp_path):
    rows = [{"siren": make_siret(n), "description_projet": "Fonderie"} for n in (1, 2)]
    rows.insert(1, {"siren": make_siret(3), "description_projet": "x" * 10_000_000})
    read = read_enrichment(write_rows(tmp_path / "x.csv", RELANCE, rows), day=DAY)
    assert read.report.aside.select("row", "reason").rows() == [(3, "cell-too-long")]
    assert read.capabilities["siret"].to_list() == [make_siret(1), make_siret(2)]


def test_marks_in_texts_do_not_decide_of_the_separator(tmp_path):
    rows = [{"siren": make_siret(1), "description_projet": "a,b,c|" * 40}] * 2
    read = read_enrichment(write_rows(tmp_path / "x.csv", RELANCE, rows), day=DAY)
    assert (read.report.separator, read.capabilities.height) == (";", 1)
    path = write_text(
        tmp_path / "y.csv", f"sep=,\nsiren,description_projet,mesure\n{make_siret(1)},Forge,x;y;z;w\n"
    )
    assert read_enrichment(path).report.separator == ","


def test_long_texts_are_cut_and_marks_of_control_left_out(tmp_path):
    rows = [{"siren": make_siret(1), "description_projet": "a\x00\u202e" * 3_000}]
    read = read_enrichment(write_rows(tmp_path / "x.csv", RELANCE, rows), day=DAY)
    assert set(read.capabilities["text"][0]) == {"a", " "}
    assert len(read.capabilities["text"][0]) == 2_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    st.sampled_from([RELANCE, DECP_2024, RGE, EPV]),
    st.lists(
        st.lists(st.sampled_from([*BAD, make_siret(1), "42000000", "2024-01-01"]), min_size=1, max_size=19),
        max_size=8,
    ),
)
def test_rows_read_are_rows_kept_and_rejected(tmp_path, header, rows):
    cells = [dict(zip(header, row, strict=False)) for row in rows]
    read = read_enrichment(write_rows(tmp_path / "x.csv", header, cells), day=DAY)
    report = read.report
    rejected = report.aside.filter(~pl.col("kept"))["row"].n_unique()
    assert report.rows_read == report.rows_kept + report.rows_rejected
    assert report.rows_rejected == rejected
    assert report.rows_read == len(rows)


def test_progress_is_told_and_an_interruption_passes(tmp_path):
    path = write_rows(tmp_path / "x.csv", RELANCE, [{"siren": make_siret(1), "description_projet": "x"}] * 3)
    seen = []
    read_enrichment(path, progress=seen.append)
    assert seen == [3]

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_enrichment(path, progress=stop)


def test_rows_of_a_sheet_without_header_are_refused():
    with pytest.raises(RefusedFile, match="No known source"):
        read_enrichment_rows([["x", 1.0, None]], "x.xlsx")
