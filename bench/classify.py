"""Classification of designations, beside plain retrieval, on lines and labels it was not fitted on.

Lines: the test part of the hand-labelled set (``bench/search``), part nouns disjoint from the development
lines. Baselines answer the same lines from the same official titles: character 2-4-gram TF-IDF
(scikit-learn) and BM25 on words (bm25s); a heading's text is all titles below it, a NAF class's its own and
its sub-classes'. Tier A: titles of CN codes held out by heading. Speed: the bill of the invented cobot.
"""

from __future__ import annotations

import csv
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.classify_lines import Line, labelled_lines
from bench.search.calibration import calibration_error, leave_out_by_heading, reliability, top_share
from maillon.intake import read_file
from maillon.method.search import classify_designation, classify_designations
from maillon.reference.classifications import cn, naf

ROOT = Path(__file__).parents[1]
OFFICIAL = ROOT.parent / "shared/data/ref"
Ranking = Callable[[Sequence[str]], list[list[str]]]


def table() -> tuple[str, list[str], list[list[str]]]:
    """Return every figure of the page docs/method/classification.md."""
    lines = labelled_lines("test")
    rows = [*_on_lines(lines), *_calibration(lines), *_on_titles(), *_on_notes(), *_speed()]
    title = f"Classification of {len(lines)} hand-labelled designations never used for fitting"
    return title, ["what", "HS4 top-1", "HS4 top-5", "NAF class top-1", "NAF class top-3", "note"], rows


def _on_lines(lines: Sequence[Line]) -> list[list[str]]:
    goods, activities = _goods_documents(), _class_documents()
    french = [line for line in lines if line.language == "fr"]
    every, delivered = (_ours("cn", 0), _ours("naf", 0)), (_ours("cn"), _ours("naf"))
    rows = [
        _row("Maillon, without abstaining", *every, lines),
        _row("Maillon, as delivered", *delivered, lines, _answered([line.designation for line in lines])),
        _row("Maillon, French lines, without abstaining", *every, french),
    ]
    for name, ranking in (("character 2-4-gram TF-IDF", _char_tfidf), ("words, BM25", _bm25)):
        rows.append(_row(name, ranking(goods), ranking(activities), lines))
    return rows


def _row(
    name: str, of_goods: Ranking, of_classes: Ranking, lines: Sequence[Line], note: str = ""
) -> list[str]:
    texts = [line.designation for line in lines]
    headings = [set(line.headings) for line in lines]
    classes = [set(line.classes) for line in lines]
    goods, activities = of_goods(texts), of_classes(texts)
    figures = [(goods, headings, 1), (goods, headings, 5), (activities, classes, 1), (activities, classes, 3)]
    shown = [f"{top_share(said, right, k):.3f}" for said, right, k in figures]
    return [name, *shown, note or f"{len(texts)} lines"]


def _ours(kind: str, cutoff: float | None = None) -> Ranking:
    options = {} if cutoff is None else {"cutoff": cutoff}
    digits = 4 if kind == "cn" else 5

    def rank(texts: Sequence[str]) -> list[list[str]]:
        found = [getattr(classify_designation(text, **options), kind) for text in texts]
        return [list(dict.fromkeys(share.code[:digits] for share in shares)) for shares in found]

    return rank


def _answered(texts: Sequence[str]) -> str:
    found = [classify_designation(text) for text in texts]
    cn_share = np.mean([bool(one.cn) for one in found])
    naf_share = np.mean([bool(one.naf) for one in found])
    return f"answers {cn_share:.0%} (CN), {naf_share:.0%} (NAF)"


def _calibration(lines: Sequence[Line]) -> list[list[str]]:
    """Return the expected calibration error and the reliability of the first heading and class."""
    rows = []
    for kind, digits, attribute in (("cn", 4, "headings"), ("naf", 5, "classes")):
        said, right = [], []
        for line in lines:
            # never finer than the level that is labelled: sure = 1
            shares = getattr(classify_designation(line.designation, cutoff=0, sure=1), kind)
            if shares:
                said.append(shares[0].probability)
                right.append(shares[0].code[:digits] in getattr(line, attribute))
        bars = reliability(said, right)
        shown = "; ".join(f"{b.said:.2f}: {b.right:.2f} of {b.count}" for b in bars)
        name = "first heading" if kind == "cn" else "first NAF class"
        sure = [ok for p, ok in zip(said, right, strict=True) if p >= 0.8]
        rows.append([f"calibration, {name}", "", "", "", "", f"ECE {calibration_error(said, right):.3f}"])
        rows.append([f"reliability, {name}", "", "", "", "", f"said: right: {shown}"])
        rows.append([f"sure ({name}, p >= 0.8)", "", "", "", "", f"{np.mean(sure):.3f} right of {len(sure)}"])
    return rows


def _goods_documents() -> dict[str, str]:
    """Return heading → every title below it, in both languages."""
    texts: dict[str, list[str]] = defaultdict(list)
    for code in cn.codes():
        if len(code) >= 4:
            texts[code[:4]] += [cn.label(code, tongue, full=False) or "" for tongue in ("fr", "en")]
    return {code: " ".join(parts) for code, parts in texts.items()}


def _class_documents() -> dict[str, str]:
    texts: dict[str, list[str]] = defaultdict(list)
    for code in naf.codes():
        if len(code) >= 5:
            texts[code[:5]] += [naf.label(code, tongue) for tongue in ("fr", "en")]
    return {code: " ".join(parts) for code, parts in texts.items()}


def _char_tfidf(documents: dict[str, str]) -> Ranking:
    shape = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, strip_accents="unicode"
    )
    matrix, codes = shape.fit_transform(documents.values()), list(documents)

    def rank(texts: Sequence[str]) -> list[list[str]]:
        scores = (shape.transform(texts) @ matrix.T).toarray()
        return [[codes[place] for place in np.argsort(-row, kind="stable")[:5]] for row in scores]

    return rank


def _bm25(documents: dict[str, str]) -> Ranking:
    codes = list(documents)
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize(list(documents.values()), stopwords=None, show_progress=False), show_progress=False
    )

    def rank(texts: Sequence[str]) -> list[list[str]]:
        words = bm25s.tokenize(list(texts), stopwords=None, show_progress=False)
        places, _ = index.retrieve(words, k=5, show_progress=False)
        return [[codes[int(place)] for place in row] for row in places]

    return rank


def _on_titles() -> list[list[str]]:
    """Tier A: the official class of makers from a CN title alone, by headings whose titles are held out.

    Both sides learn nothing from the heading: the neighbour is the most alike title of another heading, and
    the product reads the title as if it were a designation.
    """
    path = OFFICIAL / "cn8_prodcom_cpa6_nace4_2021.csv"
    if not path.exists():
        return [["tier A", "", "", "", "", "the official correspondence is not here"]]
    right: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            right[row["cn8"]].add(row["nace4"])
    codes = [code for code in sorted(right) if cn.label(code, "fr")]
    texts = [(cn.label(code, "fr", full=False) or "") + " " + (cn.label(code[:4], "fr", full=False) or "")
             for code in codes]  # fmt: skip
    near = _neighbours(codes, texts, right)
    sample = np.random.default_rng(20261123).permutation(len(codes))[:1000]
    ours = _ours("naf", 0)([texts[k] for k in sample])
    return [
        ["tier A: nearest title elsewhere", "", "", *_share(near, codes, right), f"{len(codes)} codes"],
        ["tier A: Maillon reads the title", "", "", *_share(ours, [codes[k] for k in sample], right),
         "1,000 drawn; its links heading to class are its own"],
    ]  # fmt: skip


def _on_notes() -> list[list[str]]:
    """Items of the notes of NAF 2025 on industry ("la fabrication de …") and the class they stand under."""
    path = OFFICIAL / "naf2025_sous_classes_notes_fr.csv"
    if not path.exists():
        return [["notes of NAF 2025", "", "", "", "", "the official notes are not here"]]
    items: list[tuple[str, str]] = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["Section"] == "C":
                items += [(item, row["Code"][:5]) for item in _items(row["Includes"])]
    drawn = [items[k] for k in np.random.default_rng(20261123).permutation(len(items))[:1000]]
    found = [classify_designation(text, cutoff=0, language="fr").naf_2025 for text, _ in drawn]
    said = [[share.code for share in shares] for shares in found]
    wanted = [{code} for _, code in drawn]
    figures = [f"{top_share(said, wanted, k):.3f}" for k in (1, 3)]
    return [["notes of NAF 2025 (section C)", "", "", *figures, f"{len(drawn)} of {len(items)} items"]]


def _items(notes: str) -> list[str]:
    """Return the items of a note, without the words "la fabrication de" that open them."""
    parts = [part.strip() for part in re.split(r" [-•] ", notes.partition(":")[2])]
    plain = [
        re.sub(r"^(?:la )?(?:fabrication|production) (?:de |d['’]|des |du )(?:la |l['’])?", "", p)
        for p in parts
    ]
    return [text for text in plain if 3 < len(text) < 80]


def _share(said: list[list[str]], codes: Sequence[str], right: dict[str, set[str]]) -> list[str]:
    wanted = [right[code] for code in codes]
    return [f"{top_share(said, wanted, 1):.3f}", f"{top_share(said, wanted, 3):.3f}"]


def _neighbours(codes: Sequence[str], texts: Sequence[str], right: dict[str, set[str]]) -> list[list[str]]:
    matrix = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True).fit_transform(texts)
    answers: list[list[str]] = [[] for _ in codes]
    for held in leave_out_by_heading(list(codes)):
        kept = np.setdiff1d(np.arange(len(codes)), held)
        scores = (matrix[held] @ matrix[kept].T).toarray()
        for row, place in zip(scores, held, strict=True):
            near = (codes[kept[k]] for k in np.argsort(-row, kind="stable")[:30])
            answers[place] = list(dict.fromkeys(c for code in near for c in sorted(right[code])))[:3]
    return answers


def _speed() -> list[list[str]]:
    bom = read_file(ROOT / "examples/cobot.xlsx").bom
    if bom is None:
        raise RuntimeError("the example was not read")
    designations = bom.lines["designation"]
    classify_designation("vis")  # tables are read once
    start, work = time.perf_counter(), time.process_time()
    classify_designations(designations)
    spent, worked = time.perf_counter() - start, time.process_time() - work
    return [
        [
            "speed: all lines of the cobot",
            "",
            "",
            "",
            "",
            f"{len(designations)} lines in {spent:.2f} s, {worked:.2f} CPU-s",
        ]
    ]
