"""The page of lines: who sees it, what it shows and filters, how many queries it takes."""

import pytest
from django_scopes import scopes_disabled

from maillon.web.intake.models import Line, Version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    """Let advisers in with a password alone, as an invented territory does."""
    settings.DEMO = True


@pytest.fixture
def page(territory):
    return f"/projects/{territory.project.pk}/bom/"


@pytest.fixture
def version(territory):
    with scopes_disabled():
        return Version.objects.get(project=territory.project)


@pytest.fixture
def lines(version):
    """Return what changes columns of a line, by its number."""

    def change(number, **values):
        with scopes_disabled():
            Line.objects.filter(version=version, line=number).update(**values)

    return change


def shown(answer):
    return [row.line.line for row in answer.context["found"].rows]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("owner", 200), ("reader", 200), ("buyer", 200), ("adviser", 200), ("adviser_prices", 200),
        ("member", 404), ("adviser_unconfirmed", 404), ("adviser_without", 404), ("manager", 404),
        ("other_owner", 404), ("supplier", 404), ("startup", 404), ("platform", 404),
    ],
)  # fmt: skip
def test_who_sees_the_lines(signed_in, page, name, status):
    answer = signed_in(name).get(page)
    assert (answer.status_code, b"CANARYOURS" in answer.content) == (status, status == 200)


@pytest.mark.parametrize(("count", "queries"), [(1, 12), (3, 12)])
def test_the_page_takes_as_many_queries_for_one_line_as_for_three(
    signed_in, page, version, django_assert_num_queries, count, queries
):
    client = signed_in("owner")
    with scopes_disabled():
        Line.objects.filter(version=version, line__gt=count).delete()
    with django_assert_num_queries(queries):
        assert len(shown(client.get(page))) == count


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3]),
        ("text=carter+2", [2]),
        ("making=CN", [1, 3]),
        ("making=-", []),
        ("abroad=1", [1, 3]),
        ("supplier=Fournisseur+3+CANARYOURS", [3]),
        ("from=FR&making=FR", [2]),
        ("line=1,3", [1, 3]),
        ("line=3&line=1", [1, 3]),
        ("line=99999999999999", [1, 2, 3]),
        ("evidence=declared", [1, 2, 3]),
        ("keep=1", []),
        ("edited=1", []),
        ("sort=-amount", [3, 2, 1]),
        ("sort=password", [1, 2, 3]),
        ("page=nonsense", [1, 2, 3]),
    ],
)
def test_filters_and_sorts(signed_in, page, query, numbers):
    assert shown(signed_in("owner").get(f"{page}?{query}")) == numbers


def test_what_is_unknown_is_asked_for_by_a_dash(signed_in, page, lines):
    lines(2, making_country=None)
    assert shown(signed_in("owner").get(f"{page}?making=-")) == [2]
    assert shown(signed_in("owner").get(f"{page}?abroad=1")) == [1, 3]


def test_a_single_source_is_a_reference_bought_from_one_supplier_only(signed_in, page, lines):
    lines(1, reference="A", supplier="Un")
    lines(2, reference="A", supplier="Deux")
    lines(3, reference="B", supplier="Un")
    assert shown(signed_in("owner").get(f"{page}?single=1")) == [3]


def test_prices_are_neither_shown_nor_sorted_by_without_the_right(signed_in, page, lines):
    lines(1, unit_price=7654.25, amount=98765.5)
    with_prices = signed_in("buyer").get(page).content.decode()
    assert "7\u202f654,25" in with_prices
    reader = signed_in("reader")
    for query in ("", "?sort=-amount", "?sort=price", "?unpriced=1"):
        answer = reader.get(page + query)
        assert shown(answer) == [1, 2, 3]
        assert not [
            figure for figure in ("7654", "654,25", "98765", "765,5") if figure in answer.content.decode()
        ]


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_files_hold_prices_only_for_who_may_see_them(signed_in, page, lines, form):
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    lines(1, amount=98765.5)

    def text(name):
        content = signed_in(name).get(f"{page}lines.{form}").content
        if form != "xlsx":
            return content.decode()
        return str(CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python())

    assert ["98765" in text(name) for name in ("buyer", "adviser_prices", "reader", "adviser")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert signed_in("member").get(f"{page}lines.{form}").status_code == 404


def test_a_csv_runs_no_text_as_a_formula(signed_in, page, lines):
    lines(1, designation='=HYPERLINK("http://x","y")', supplier="@SUM(1)")
    text = signed_in("reader").get(f"{page}lines.csv?line=1").content.decode()
    assert text.startswith("\ufeffline;reference;designation")
    assert '"\'=HYPERLINK(""http://x"",""y"")"' in text
    assert ";'@SUM(1);" in text


def test_a_cell_of_another_firm_never_shows(signed_in, territory, page):
    other = f"/projects/{territory.other_project.pk}/bom/"
    owner = signed_in("owner")
    for path in (other, f"{other}1/", f"{other}1/family/", f"{other}lines.csv", f"{other}versions/"):
        assert owner.get(path).status_code == 404


def test_a_tree_opens_and_closes(signed_in, page, lines):
    lines(2, parent=1, level=2)
    lines(3, parent=2, level=3)
    client = signed_in("owner")
    assert shown(client.get(page)) == [1, 2]
    assert shown(client.get(f"{page}?flip=2")) == [1, 2, 3]
    assert shown(client.get(f"{page}?flip=1")) == [1]
    assert shown(client.get(f"{page}?depth=99")) == [1, 2, 3]
    assert shown(client.get(f"{page}?text=carter")) == [1, 2, 3]


def test_a_project_without_lines_offers_to_import(signed_in, page, version):
    with scopes_disabled():
        version.delete()
    answer = signed_in("owner").get(page)
    assert answer.status_code == 200
    assert f"{page.removesuffix('bom/')}import/" in answer.content.decode()


def test_a_fragment_holds_the_lines_and_a_tidy_address(signed_in, page):
    answer = signed_in("owner").get(f"{page}?text=carter&family=", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == f"{page}?text=carter"
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("fr", "Pays de fabrication"), ("en", "Country of making")])
def test_both_languages(signed_in, page, language, words):
    client = signed_in("owner")
    client.cookies["language"] = language
    assert words in client.get(page).content.decode()


def test_the_numbers_beside_the_filters_follow_an_edit(signed_in, page):
    owner = signed_in("owner")

    def makers():
        return {one.code: one.lines for one in owner.get(page).context["facets"]["making"]}

    before = makers()
    assert makers() == before
    seen = next(iter(owner.get(page).context["found"].rows)).line.making_country
    assert owner.post(f"{page}1/making_country/", {"value": "JP", "seen": f'"{seen}"'}).status_code == 302
    after = makers()
    assert after["JP"] == before.get("JP", 0) + 1
    assert after.get(seen, 0) == before[seen] - 1


@pytest.mark.parametrize(("language", "name"), [("fr", "Allemagne"), ("en", "Germany")])
def test_countries_are_proposed_by_name_to_who_may_change_them(signed_in, page, language, name):
    option = f'<option value="{name}">DE</option>'

    def read(person, path):
        client = signed_in(person)
        client.cookies["language"] = language
        return client.get(path).content.decode()

    for path in (page, f"{page}1/making_country/"):
        found = read("owner", path)
        assert option in found
        assert found.count('id="countries"') == 1
    assert option not in read("reader", page)
