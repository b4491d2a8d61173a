"""The identity provider of allauth, stricter: a nonce, verified signatures, userinfo that is signed."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.base.provider import Provider
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillon.web.entry.keys import fetch_published
from maillon.web.entry.refusal import Refused
from maillon.web.entry.tokens import verify

#: Levels of ProConnect that say: with a second factor.
STRONG = frozenset(
    {
        "eidas2",
        "eidas3",
        "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
        "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
    }
)
#: What is kept of the claims: enough to recognise the person and to explain the link, no more.
KEPT = ("sub", "email", "siret", "idp_id", "acr", "amr")


def had_second_factor(claims: dict[str, Any]) -> bool:
    """Whether the provider itself asked for a second factor: by its level, else by its methods."""
    methods = claims.get("amr")
    return claims.get("acr") in STRONG or (isinstance(methods, list) and "mfa" in methods)


class VerifyingAdapter(OpenIDConnectOAuth2Adapter):
    """Talks to the provider and believes only what it signed for us, for this very sign-in."""

    def __init__(self, request: HttpRequest, provider_id: str) -> None:
        super().__init__(request, provider_id)
        #: What was remembered when the person left for the provider; the callback's view fills it.
        self.remembered: dict[str, Any] = {}

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider publishes, which must name itself as the administrator named it."""
        provider = self.get_provider()
        found = fetch_published(provider.server_url)
        if found.get("issuer") != provider.app.settings["server_url"]:
            raise Refused("issuer")
        return found

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return where the provider sends people back to: at the address set, whatever host was asked."""
        return f"{settings.ENVIRONMENT.origin}{reverse('entry_callback')}"

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Return who came, after every check."""
        signed = kwargs["response"].get("id_token")
        told = self._verified(signed, app)
        nonce = self.remembered.get("nonce")
        if not nonce or not secrets.compare_digest(str(told.get("nonce", "")), nonce):
            raise Refused("nonce")
        person = self._person(app, token.token)
        if person.get("sub") != told["sub"]:
            raise Refused("subject")
        if not person.get("email"):
            raise Refused("no_address")
        self.remembered |= {"id_token": signed, "second_factor": had_second_factor(told)}
        data = {"userinfo": person, "id_token": told}
        return self.get_provider().sociallogin_from_response(request, data)

    def _verified(self, token: object, app: SocialApp) -> dict[str, Any]:
        known = self.openid_config
        return verify(token, keys=known["jwks_uri"], issuer=known["issuer"], client=app.client_id)

    def _person(self, app: SocialApp, access: str) -> dict[str, Any]:
        """Return what the provider tells about the person: signed, unless it was set up to answer plainly."""
        from allauth.socialaccount.adapter import get_adapter  # noqa: PLC0415 - ours, which imports this

        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access}"})
            answer.raise_for_status()
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if app.settings["signed_userinfo"]:
            if kind != "application/jwt":
                raise Refused("unsigned")
            return self._verified(answer.text.strip(), app)
        found = answer.json() if kind == "application/json" else None
        if not isinstance(found, dict):
            raise Refused("userinfo")
        return found


class IdentityProvider(OpenIDConnectProvider):
    """ProConnect, or another provider of OpenID Connect, as the administrator set it."""

    id = "identity"
    name = "OpenID Connect"
    package = "maillon.web.entry"
    oauth2_adapter_class = VerifyingAdapter
    #: Nobody brings a token of his own: it comes from the provider, to this server.
    supports_token_authentication = False

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """Return where the way to the provider begins."""
        return reverse("entry_begin")

    def get_callback_url(self) -> str:
        """Return where the provider sends people back to."""
        return reverse("entry_callback")

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Return where to go afterwards; scopes and parameters are ours, never those of the address."""
        told: dict[str, Any] = Provider.get_redirect_from_request_kwargs(self, request)
        linking = told["process"] == AuthProcess.CONNECT
        return told | {"process": AuthProcess.CONNECT if linking else AuthProcess.LOGIN}

    def get_pkce_params(self) -> dict[str, str]:
        """Bind the code to this server where the provider can; ProConnect refuses unknown parameters."""
        known = self.get_oauth2_adapter(self.request).openid_config
        able = "S256" in known.get("code_challenge_methods_supported", ())
        return super().get_pkce_params() if able else {}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Return a page that leads to the provider.

        A redirect would not do: the policy of our pages lets forms be sent to this very site only, and
        browsers hold the whole chain of redirects to it.
        """
        adapter = self.get_oauth2_adapter(request)
        client, nonce = adapter.get_client(request, self.app), secrets.token_urlsafe(32)
        bound = self.get_pkce_params()
        client.state = self.stash_redirect_state(
            request, process, next_url, data, nonce=nonce, pkce_code_verifier=bound.pop("code_verifier", None)
        )
        asked = {"nonce": nonce, "claims": json.dumps({"id_token": {"amr": {"essential": True}}})} | bound
        address = client.get_redirect_url(adapter.authorize_url, self.get_scope(), asked)
        return render(request, "entry/leave.html", {"address": address, "name": self.name})

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return who it is, for this provider: the same number at another one is somebody else."""
        told = data["id_token"]
        return hashlib.sha256(f"{told['iss']}\n{told['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return what is kept of the claims."""
        told = data["id_token"] | data["userinfo"]
        return {name: told[name] for name in KEPT if name in told}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the address and the name as the person uses it."""
        told = data["userinfo"]
        parts = (told.get("given_name"), told.get("usual_name") or told.get("family_name"))
        return {"email": told.get("email"), "name": " ".join(str(p) for p in parts if p)[:120]}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Return the address. ProConnect vouches for it; another provider must say that it verified it."""
        told = data["userinfo"]
        verified = self.app.settings["signed_userinfo"] or told.get("email_verified") is True
        return [EmailAddress(email=told["email"], verified=verified, primary=True)]


provider_classes = [IdentityProvider]
