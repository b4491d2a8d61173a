"""Every sentence of the web application has its French, once said the same everywhere, well typed."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

HIGH_SIGN = re.compile(r"(?<![\u202f\u00a0\s(])[;!?»](?=\s|$)|(?<=\S) [;!?:»](?=\s|$)")
SLOT = re.compile(r"%\((\w+)\)s|%s|\{(\w*)\}")
#: The sentences of Django's and Babel's own functions, by what their arguments are.
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


@pytest.fixture(scope="module")
def web(root) -> Path:
    return root / "src/maillon/web"


def said_in(path: Path, text: str):
    """Yield each sentence of a module or template: one text, or singular and plural."""
    source = templatize(text) if path.suffix in {".html", ".txt"} else text
    for _line, found, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        yield context, found if isinstance(found, tuple) else (found,)


@pytest.fixture(scope="module")
def said(web):
    """Sentence → applications that say it."""
    found = defaultdict(set)
    for path in sorted([*web.rglob("*.py"), *web.rglob("*.html"), *web.rglob("*.txt")]):
        if "migrations" in path.parts or "static" in path.parts:
            continue
        for context, sentence in said_in(path, path.read_text(encoding="utf-8")):
            found[context, sentence].add(str(path.relative_to(web)))
    return found


@pytest.fixture(scope="module")
def catalogues(web):
    paths = sorted(web.glob("*/locale/fr/LC_MESSAGES/django.po"))
    return {path.parts[-5]: read_po(io.BytesIO(path.read_bytes()), locale="fr") for path in paths}


def ids(entry):
    return entry.id if isinstance(entry.id, tuple) else (entry.id,)


def french(entry):
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)


@pytest.fixture(scope="module")
def entries(catalogues):
    return [(name, entry) for name, catalogue in catalogues.items() for entry in catalogue if entry.id]


def test_every_sentence_has_its_french(said, entries):
    known = {(entry.context, ids(entry)) for _, entry in entries}
    missing = [f"{sorted(places)[0]}: {one[1][0]}" for one, places in said.items() if one not in known]
    assert missing == []


def test_no_catalogue_holds_what_nobody_says(said, entries):
    stale = [ids(entry)[0] for _, entry in entries if (entry.context, ids(entry)) not in said]
    assert stale == []


def test_translations_are_finished(entries):
    assert [f"{name}: {ids(e)[0]}" for name, e in entries if not all(french(e)) or e.fuzzy] == []


def test_the_same_sentence_has_the_same_french(entries):
    told = defaultdict(set)
    for _, entry in entries:
        told[entry.context, ids(entry)].add(french(entry))
    assert [f"{one[1][0]}: {texts}" for one, texts in told.items() if len(texts) > 1] == []


def test_translations_keep_the_slots(entries):
    wrong = []
    for name, entry in entries:
        slots = {m for text in ids(entry) for m in SLOT.findall(text)}
        wrong += [
            f"{name}: {text}"
            for text in french(entry)
            if not set(SLOT.findall(text)) <= slots
            or (len(french(entry)) == 1 and set(SLOT.findall(text)) != slots)
        ]
    assert wrong == []


def test_high_signs_follow_a_no_break_space(entries):
    bare = re.compile(r"https?://\S+|%\(\w+\)s|\{\w*\}|<[^>]*>|&\w+;")
    loose = [
        f"{n}: {text}" for n, e in entries for text in french(e) if HIGH_SIGN.search(bare.sub("x", text))
    ]
    assert loose == []


def test_pages_hold_no_style_and_no_script_of_their_own(web):
    """The content security policy would refuse them."""
    inline = re.compile(r"\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.I)
    found = [
        f"{path.relative_to(web)}: {match[0].strip()}"
        for path in sorted(web.glob("*/templates/**/*.html"))
        for match in inline.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_template_is_used(web):
    texts = [p.read_text(encoding="utf-8") for p in [*web.rglob("*.py"), *web.rglob("*.html")]]
    own = {"400.html", "403.html", "404.html", "500.html"}
    unused = []
    for path in sorted(web.glob("*/templates/**/*.html")):
        name = "/".join(path.parts[path.parts.index("templates") + 1 :])
        overriding = name.split("/")[0] in {"account", "mfa", "socialaccount", "allauth", "usersessions"}
        if name not in own and not overriding and not any(name in text for text in texts):
            unused.append(name)
    assert unused == []


def test_views_reach_rows_only_by_who_looks(web):
    """A bare ``.objects`` in a page forgets the reader: rows come from queries or ``visible_to``."""
    bare = re.compile(r"(\w+)\.objects\.(?!visible_to|changeable_by|decidable_by|none\(|open\()")
    found = [
        f"{path.relative_to(web)}: {match[0]}"
        for path in sorted(web.glob("*/views/**/*.py"))
        for match in bare.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    from django.core.management import call_command

    told = io.StringIO()
    call_command("makemigrations", dry_run=True, stdout=told)
    assert told.getvalue().strip() == "No changes detected"


def test_the_rules_see_what_they_look_for(tmp_path):
    page = tmp_path / "a.html"
    counted = "{% blocktranslate count n=x %}{{ n }} a{% plural %}{{ n }} b{% endblocktranslate %}"
    text = "{% load i18n %}{% translate 'One' %}" + counted
    assert [sentence for _, sentence in said_in(page, text)] == [("One",), ("%(n)s a", "%(n)s b")]
    assert HIGH_SIGN.search("Attention !")
    assert not HIGH_SIGN.search("Attention\u202f! Vu")
