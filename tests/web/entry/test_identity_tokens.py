"""What is not signed by the provider, for us, for this very sign-in, opens nothing and creates nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from factories.identity_provider import SECRET, make_key
from maillon.web.people.models import User

pytestmark = pytest.mark.django_db
ORIGIN = "http://127.0.0.1:8000"


def signed_in_as(client) -> str | None:
    return client.session.get("_auth_user_id")


def written(parts) -> str:
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts)


def unsigned(claims) -> str:
    return f"{written(({'alg': 'none', 'kid': 'first'}, claims))}."


def by_secret(provider, secret: bytes):
    """Sign by HMAC, as the library itself refuses to with a public key."""

    def write(claims):
        text = written(({"alg": "HS256", "kid": "first"}, claims))
        mac = hmac.new(secret, text.encode(), hashlib.sha256).digest()
        return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    return write


def public_key(provider) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return provider.keys["first"].public_key().public_bytes(serialization.Encoding.PEM, form)


STRANGE = make_key("RS256", 2)
#: How each token is attacked: name → (change of the claims, or None) or a way of writing.
CLAIMS = {
    "issuer": lambda c: c | {"iss": "https://elsewhere.example"},
    "audience": lambda c: c | {"aud": "another-client"},
    "shared audience": lambda c: c | {"aud": [c["aud"], "another-client"]},
    "expired": lambda c: c | {"exp": int(time.time()) - 31},
    "of tomorrow": lambda c: c | {"iat": int(time.time()) + 3600},
    "no expiry": lambda c: {k: v for k, v in c.items() if k != "exp"},
    "no audience": lambda c: {k: v for k, v in c.items() if k != "aud"},
    "no issuer": lambda c: {k: v for k, v in c.items() if k != "iss"},
    "another subject": lambda c: c | {"sub": "agent-2"},
    "no subject": lambda c: {k: v for k, v in c.items() if k != "sub"},
}
WRITTEN = {
    "strange key": lambda p: lambda c: p.sign(c, key=STRANGE),
    "unknown kid": lambda p: lambda c: p.sign(c, key=STRANGE, kid="of-the-attacker"),
    "alg none": lambda p: unsigned,
    "public key as secret": lambda p: by_secret(p, public_key(p)),
    "client secret": lambda p: by_secret(p, SECRET.encode()),
    "critical header": lambda p: lambda c: p.sign(c, crit=["future"], future=True),
    "other algorithm": lambda p: lambda c: jwt.encode(c, p.keys["first"], "RS512", headers={"kid": "first"}),
    "not a token": lambda p: lambda c: "x.y.z",
    "empty": lambda p: lambda c: "",
}


def check_refused(client, answer, caplog):
    assert answer.status_code == 401
    assert "n’a pas pu être vérifiée" in answer.content.decode()
    assert signed_in_as(client) is None
    assert SocialAccount.objects.count() == 0
    assert [r.message for r in caplog.records if r.name == "maillon.web.entry"] == ["sign-in refused"]


@pytest.mark.parametrize("which", ["id_token", "userinfo"])
@pytest.mark.parametrize("attack", CLAIMS)
def test_claims_that_are_not_ours_are_refused(way, which, attack):
    people = User.objects.count()
    setattr(way.provider, f"change_{which}", CLAIMS[attack])
    check_refused(way.client, way.come(), way.caplog)
    assert User.objects.count() == people


@pytest.mark.parametrize("which", ["id_token", "userinfo"])
@pytest.mark.parametrize("attack", WRITTEN)
def test_signatures_that_are_not_the_providers_are_refused(way, which, attack):
    setattr(way.provider, f"write_{which}", WRITTEN[attack](way.provider))
    check_refused(way.client, way.come(), way.caplog)


@pytest.mark.parametrize("nonce", [None, "", "another"])
def test_a_token_of_another_sign_in_is_refused(client, known, provider, come, caplog, nonce):
    provider.change_id_token = lambda c: (
        {k: v for k, v in c.items() if k != "nonce"} | ({"nonce": nonce} if nonce is not None else {})
    )
    check_refused(client, come(), caplog)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/jwt"])
def test_userinfo_that_nobody_signed_is_refused(client, known, provider, come, caplog, kind):
    provider.write_userinfo, provider.userinfo_type = json.dumps, kind
    check_refused(client, come(), caplog)


def test_a_provider_that_names_itself_otherwise_is_refused(client, known, provider):
    provider.published = {"issuer": "https://elsewhere.example"}
    assert client.post("/accounts/identity/login/").status_code == 401


def test_an_answer_comes_once_and_to_the_browser_that_asked(client, known, provider, travel, caplog):
    way = travel()
    stranger = client.__class__()
    check_refused(stranger, stranger.get(way.back), caplog)
    assert client.get(way.back).status_code == 302
    client.logout()
    caplog.clear()
    assert client.get(way.back).status_code == 401
    assert signed_in_as(client) is None


@pytest.mark.parametrize("provider", ["RS256", "ES256"], indirect=True)
def test_a_known_person_comes_in(client, known, provider, come):
    answer = come()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in_as(client) == str(known.owner.pk)


def test_what_is_asked_is_bound_to_us(travel):
    asked = travel().asked
    assert asked["redirect_uri"] == f"{ORIGIN}/accounts/identity/login/callback/"
    assert (len(asked["state"]), len(asked["nonce"])) == (43, 43)
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "given_name", "usual_name", "email", "siret", "idp_id"}


def test_the_address_bar_asks_for_nothing_more(client, provider):
    page = client.post("/accounts/identity/login/?scope=offline_access&auth_params=nonce%3Dx%26prompt%3Dnone")
    assert "offline_access" not in page.context["address"]
    assert "prompt=" not in page.context["address"]


def test_keys_are_kept_and_renewed_once(client, known, provider, come):
    come()
    client.logout()
    assert provider.key_requests == 1
    provider.keys["second"] = make_key("RS256", 3)
    provider.signs_with = "second"
    come()
    assert signed_in_as(client) == str(known.owner.pk)
    assert provider.key_requests == 2


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_short_key_is_refused(client, known, provider, come, caplog):
    provider.keys["first"] = rsa.generate_private_key(65537, 1024)  # noqa: S505 - the attack
    check_refused(client, come(), caplog)
