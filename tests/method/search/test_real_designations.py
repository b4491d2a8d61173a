"""Recognition on real bills of materials, kept out of the project: floors against regressions.

The figures themselves are in ``docs/method/lexicon.md``; the lexicon is not tuned to these files.
"""

from pathlib import Path

import openpyxl
import polars as pl
import pytest

from maillon.intake import read_file
from maillon.method.search import read_designation, read_designations

BOMS = Path(__file__).parents[3] / "../shared/data/boms"
FILES = {  # file → least share of lines whose noun is recognised
    "fr_plasticrecycler_nomenclature.xlsx": 0.95,
    "fr_cealeti_pickremove_bom.xlsx": 0.9,
    "fr_rpiroadbook_nomenclature.xlsx": 0.8,
    "ultimaker_original_bom.xlsx": 0.9,
    "voron1_generated_bom.csv": 0.8,
    "planktoscope_v2.5_bom.csv": 0.8,
}


def _path(name: str) -> Path:
    path = BOMS / name
    if not path.exists():
        pytest.skip(f"missing {name}")
    return path


@pytest.mark.parametrize(("name", "least"), FILES.items())
def test_most_lines_have_a_noun(name, least):
    bom = read_file(_path(name)).bom
    read = read_designations(bom.lines["designation"].drop_nulls())
    assert read["noun"].is_not_null().mean() >= least


@pytest.mark.filterwarnings("ignore:Print area cannot be set")
def test_process_labels_of_a_firm_agree_more_often_than_the_most_frequent_guess():
    sheet = openpyxl.load_workbook(_path("fr_plasticrecycler_nomenclature.xlsx"), data_only=True).worksheets[
        0
    ]
    labels = {
        "Imprimante 3D": "3d-printing-plastic",
        "Découple laser": "laser-cutting",  # as the file spells it
        "Scie à métaux": "sawing-cutting-to-length",
    }
    rows = [r for r in sheet.iter_rows(min_row=3, values_only=True) if r[5] in labels]
    assert len(rows) == 26
    found = [read_designation(f"{row[2]} {row[4]}").processes for row in rows]
    top = sum(shares[0].code == labels[row[5]] for row, shares in zip(rows, found, strict=True) if shares)
    listed = sum(labels[row[5]] in {s.code for s in shares} for row, shares in zip(rows, found, strict=True))
    assert top >= 12
    assert listed >= 18


def test_the_frame_says_nothing_of_what_it_did_not_recognise():
    read = read_designations(pl.Series(["MANNEQUIN", "VIS M8"]))
    unknown = read.filter(pl.col("noun").is_null())
    assert unknown["family"].is_null().all()
    assert unknown["process"].is_null().all()
