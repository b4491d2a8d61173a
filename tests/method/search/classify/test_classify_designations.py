"""A column of designations: one row per value, the same answers as one by one."""

import polars as pl

from maillon.method.search import classify_designation, classify_designations

TEXTS = ["VIS CHC M6X20", None, "ROULEMENT 6205-2RS", "zzqx", "VIS CHC M6X20", ""]


def test_a_column_keeps_its_rows_and_agrees_with_single_answers():
    frame = classify_designations(pl.Series("article", TEXTS))
    assert frame["designation"].to_list() == TEXTS
    for row in frame.iter_rows(named=True):
        if row["designation"] is None:
            assert [value for name, value in row.items() if name != "designation"] == [None] * 11
            continue
        one = classify_designation(row["designation"])
        for kind in ("processes", "naf", "cpa", "cn", "naf_2025"):
            expected = [(share.code, share.probability) for share in getattr(one, kind)]
            assert [(s["code"], s["probability"]) for s in row[f"{kind}_listed"]] == expected
        assert row["cn"] == (one.cn[0].code if one.cn else None)
        assert row["naf_probability"] == (one.naf[0].probability if one.naf else None)


def test_an_empty_column_gives_an_empty_frame_of_the_same_columns():
    full, empty = (classify_designations(pl.Series(t, dtype=pl.String)) for t in (TEXTS, []))
    assert empty.schema == full.schema
    assert empty.height == 0


def test_options_reach_every_line():
    frame = classify_designations(pl.Series(["ROULEMENT 6205-2RS"]), cutoff=0, sure=1)
    assert frame["cn_listed"][0][0]["code"] == "8482"
    assert classify_designations(pl.Series(["ROULEMENT"]), cutoff=1)["cn"].to_list() == [None]
