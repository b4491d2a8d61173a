"""Keys, codes and proofs in a real browser: nothing before a second factor where one is compulsory."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager

import pytest

from browsing.application import running_application
from browsing.pages import opened_page, sideways, violations
from factories.web import PASSWORD

ADDRESS = "adviser_without@example.invalid"
#: What an adviser would open first, and pages of the account that are not the setting-up.
CLOSED = ("/", "/people/", "/search/", "/accounts/email/", "/accounts/password/change/", "/privacy/")
VIEWS = [("fr", 360, "dark"), ("en", 1280, "light")]


@pytest.fixture(scope="module")
def strict(tmp_path_factory, browser):
    """An application where a second factor is compulsory, under a name that keys can be bound to."""
    home = tmp_path_factory.mktemp("strict") / "home"
    with running_application(home, demo=False, host="localhost") as started:
        yield started


@pytest.fixture
def forgetful(strict):
    """The adviser has no second factor, a verified address and nothing remembered."""
    with closing(sqlite3.connect(strict.home / "maillon.sqlite3")) as rows, rows:
        user = rows.execute("SELECT id FROM people_user WHERE email = ?", [ADDRESS]).fetchone()[0]
        rows.execute("DELETE FROM mfa_authenticator WHERE user_id = ?", [user])
        rows.execute("DELETE FROM account_emailaddress WHERE user_id = ?", [user])
        rows.execute(
            'INSERT INTO account_emailaddress (email, verified, "primary", user_id) VALUES (?, 1, 1, ?)',
            [ADDRESS, user],
        )
    return strict


@contextmanager
def visitor(browser, application, **how):
    """A browser with a key of its own, as a computer with a fingerprint reader has."""
    with opened_page(browser, application, None, **how) as (page, wrong):
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        traits = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": traits})
        yield page, wrong


def look(page, wrong, url: str | None = None) -> None:
    """The page as it stands is accessible, quiet and no wider than the screen."""
    if url is not None:
        assert page.goto(url).status == 200
    assert (page.url, violations(page)) == (page.url, [])
    assert (page.url, wrong) == (page.url, [])
    assert sideways(page) <= 0, page.url


def sign_in(page, application) -> None:
    page.goto(f"{application.url}/accounts/login/")
    page.locator("input[name=login]").fill(ADDRESS)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("form:has(input[name=password]) button[type=submit]").click()


def prove(page) -> None:
    """Type the password again where it is asked for."""
    if "/reauthenticate/" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("form:has(input[name=password]) button[type=submit]").click()


@pytest.mark.parametrize(("language", "width", "theme"), VIEWS)
def test_an_adviser_sets_a_key_and_comes_in_by_it(browser, forgetful, language, width, theme) -> None:
    view = {"language": language, "width": width, "theme": theme}
    base = f"{forgetful.url}/accounts"
    with visitor(browser, forgetful, **view) as (page, wrong):
        page.goto(f"{base}/login/")
        look(page, wrong)
        sign_in(page, forgetful)
        for path in CLOSED:
            page.goto(forgetful.url + path)
            assert page.url == f"{base}/2fa/", path
        look(page, wrong)
        page.goto(f"{base}/2fa/webauthn/add/")
        assert "/reauthenticate/" in page.url
        look(page, wrong)
        prove(page)
        assert page.url.endswith("/2fa/webauthn/add/")
        look(page, wrong)
        page.locator("input[name=name]").fill("Portable")
        page.locator("input[name=passwordless]").check()
        with page.expect_navigation():
            page.locator("#mfa_webauthn_add").click()
        look(page, wrong)
        for path in CLOSED:
            assert page.goto(forgetful.url + path).status == 200
            assert page.url == forgetful.url + path
        for path in ("", "webauthn/", "totp/activate/", "recovery-codes/generate/"):
            page.goto(f"{base}/2fa/{path}")
            prove(page)
            look(page, wrong)
        page.goto(f"{base}/logout/")
        look(page, wrong)
        with page.expect_navigation():
            page.locator("main form button").first.click()
        page.goto(f"{base}/login/")
        page.locator("#passkey_login").click()
        page.wait_for_url(f"{forgetful.url}/")
        assert page.goto(f"{forgetful.url}/people/").status == 200
        assert page.url == f"{forgetful.url}/people/"
        assert wrong == []


def test_a_password_alone_no_longer_opens(browser, forgetful) -> None:
    with visitor(browser, forgetful) as (page, wrong):
        sign_in(page, forgetful)
        page.goto(f"{forgetful.url}/accounts/2fa/webauthn/add/")
        prove(page)
        page.locator("input[name=name]").fill("Clé")
        with page.expect_navigation():
            page.locator("#mfa_webauthn_add").click()
        look(page, wrong)
        page.context.clear_cookies(name="session")
        sign_in(page, forgetful)
        assert page.url.startswith(f"{forgetful.url}/accounts/2fa/authenticate/")
        look(page, wrong)
        page.goto(f"{forgetful.url}/people/")
        assert page.url.startswith(f"{forgetful.url}/accounts/2fa/authenticate/")
        page.locator("#mfa_webauthn_authenticate").click()
        page.wait_for_url(f"{forgetful.url}/")
        assert page.goto(f"{forgetful.url}/people/").status == 200
