"""A column that a person named keeps the meaning given, whatever the readers conclude from its neighbours."""

import pytest

from maillon.intake import read_file

FILE = (
    "Réf.;Désignation;Qté;Fournisseur;Pays\n"
    "A1;carter aluminium;2;Fonderie Ormelune;FR\nA2;vis M6 inox;12;Visserie;CN\n"
)


@pytest.mark.parametrize(
    ("columns", "made", "sold"),
    [
        ({}, [None, None], ["FR", "CN"]),
        ({"making_country": "Pays"}, ["FR", "CN"], [None, None]),
        ({"making_site": "Pays", "supplier_country": ""}, ["FR", "CN"], [None, None]),
        ({"supplier_country": "Pays"}, [None, None], ["FR", "CN"]),
        ({"supplier_country": "", "note": "Pays"}, [None, None], [None, None]),
    ],
)
def test_a_country_is_the_sellers_or_the_makers_as_told(tmp_path, columns, made, sold):
    path = tmp_path / "achats.csv"
    path.write_text(FILE, encoding="utf-8")
    table = {"sheet": "", "header_row": 1, "columns": columns}
    lines = read_file(path, mapping={"format": "maillon-mapping/1", "tables": [table]}).bom.lines
    assert lines["making_country"].to_list() == made
    assert lines["supplier_country"].to_list() == sold
