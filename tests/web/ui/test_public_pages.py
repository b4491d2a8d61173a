"""Public pages about the application, and going to a page by its name."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_sources_name_every_table_with_its_licence(client) -> None:
    page = client.get("/sources/").content.decode()
    assert "GeoNames" in page
    assert "CC BY 4.0 (GeoNames)" in page
    assert "Aucun registre n’est chargé" in page


def test_the_accessibility_page_names_a_contact(client) -> None:
    assert "mailto:contact@example.invalid" in client.get("/accessibility/").content.decode()


def suggested(client, text):
    return client.get("/suggest/", {"q": text}, headers={"HX-Request": "true"}).content.decode()


def test_a_project_is_found_by_its_name_and_by_its_firm(signed_in, territory) -> None:
    client, address = signed_in("owner"), reverse("follow:project", args=[territory.project.pk])
    assert address in suggested(client, "cobo")
    assert address in suggested(client, "valtren")
    assert "<html" not in suggested(client, "cobo")


def test_what_is_not_ours_is_not_suggested(signed_in, client, territory) -> None:
    client = signed_in("owner")
    assert "Fauteuil" not in suggested(client, "fauteuil").replace("q=fauteuil", "").replace("« fauteuil", "")
    assert str(territory.other_project.pk) not in suggested(client, "fauteuil")


def test_a_stranger_is_offered_public_pages_only(client, territory) -> None:
    assert str(territory.project.pk) not in suggested(client, "cobot")
    assert "/projects/" not in suggested(client, "dossiers")
    assert "/sources/" in suggested(client, "donnees")


def test_without_javascript_the_palette_is_a_page(signed_in) -> None:
    page = signed_in("owner").get("/suggest/", {"q": "<b>"}).content.decode()
    assert "<h1>Où aller" in page
    assert "&lt;b&gt;" in page


def test_the_way_of_reading_is_kept_in_cookies(client) -> None:
    answer = client.post(
        "/reading/", {"legible": "1", "theme": "dark", "language": "xx", "next": "//evil.invalid"}
    )
    assert answer.url == "/"
    assert {name: cookie.value for name, cookie in answer.cookies.items()} == {
        "theme": "dark",
        "legible": "1",
    }
    assert 'data-font="legible"' in client.get("/sources/").content.decode()
