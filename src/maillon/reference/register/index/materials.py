"""Which material classes each establishment works: those that it states, and those its words mention."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from maillon.reference.classifications.lexicon.folding import clean_text, fold
from maillon.reference.classifications.lexicon.materials import (
    PACKAGE,
    all_materials,
    grade_names,
    material_phrases,
    squash,
)
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell

#: A material in running text proves less than one in a list of materials.
MENTIONED = 0.6
LISTING = "*"  # the key of those that list the materials they work
SHORTEST = 4  # letters: "alu", "pe" and "cu" mean too many things outside a list of materials
_SPEAKING = ["description", "contract", "machine", "product", "process"]


def gather_materials(capabilities: pl.DataFrame) -> pl.DataFrame:
    """Return who works which material class, as ``HELD``, from ``row, source, kind, code, text``."""
    classes = {material.code: material.material_class for material in all_materials()}
    classes |= {name: name for name in set(classes.values())}
    stated = capabilities.filter(pl.col("kind") == "material")
    named = {text: _class_named(text) for text in stated["text"].drop_nulls().unique().to_list()}
    listed = stated.with_columns(
        key=pl.coalesce(
            pl.col("code").replace_strict(classes, default=None, return_dtype=pl.String),
            pl.col("text").replace_strict(named, default=None, return_dtype=pl.String),
        ),
        strength=pl.lit(1.0),
    ).drop_nulls("key")
    speaking = capabilities.filter(pl.col("kind").is_in(_SPEAKING)).drop_nulls("text")
    mentioned = _mentions(speaking).with_columns(strength=pl.lit(MENTIONED))
    columns = ["key", pl.col("row").cast(pl.UInt32), "strength", "kind", "source"]
    listing = listed.with_columns(key=pl.lit(LISTING))
    return pl.concat([frame.select(columns) for frame in (listed, listing, mentioned)])


def _class_named(text: str) -> str | None:
    """Return the class of a material or grade written alone: "inox 304L", "EN AW-6082"."""
    code = material_phrases().get(text)
    grade = grade_names().get(squash(text))
    if code is None and grade is not None:
        code = grade.material
    return {m.code: m.material_class for m in all_materials()}.get(code) if code else None


def _mentions(speaking: pl.DataFrame) -> pl.DataFrame:
    texts = speaking.select("text").unique()
    folded = texts.with_columns(
        folded=pl.col("text").str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    )
    found = [
        folded.filter(pl.col("folded").str.contains(pattern)).select("text", pl.lit(name).alias("key"))
        for name, pattern in _patterns().items()
    ]
    return speaking.join(pl.concat(found).unique(), on="text")


@cache
def _patterns() -> dict[str, str]:
    """Return material class → expression of the words that name its materials, in either number."""
    words: dict[str, set[str]] = {}
    for row in read_rows(sheet_path(PACKAGE, "materials.csv")):
        forms = (*split_cell(row["words_fr"]), *split_cell(row["words_en"]))
        long = {fold(clean_text(form)) for form in forms if len(form) >= SHORTEST}
        words.setdefault(row["class"], set()).update(long)
    return {
        name: rf"\b(?:{'|'.join(re.escape(form) for form in sorted(forms))})(?:s|x)?\b"
        for name, forms in sorted(words.items())
        if forms
    }
