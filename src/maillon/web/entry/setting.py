"""From the administrator's settings to those of allauth. Imported by the settings: nothing of Django here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillon.web.env import Environment

#: The scopes of ProConnect; the usual ones of the others.
SCOPES = {
    "proconnect": ["openid", "given_name", "usual_name", "email", "siret", "idp_id"],
    "plain": ["openid", "profile", "email"],
}
NAMES = {"proconnect": "ProConnect", "plain": "OpenID Connect"}


def identity_settings(environment: Environment) -> dict[str, object]:
    """Return the one identity provider that was set, or none."""
    if not environment.oidc_issuer:
        return {}
    kind = environment.oidc_kind
    app = {
        "provider_id": kind,
        "name": NAMES[kind],
        "client_id": environment.oidc_client_id,
        "secret": environment.oidc_secret.get_secret_value(),
        "settings": {
            "server_url": environment.oidc_issuer,
            "scope": SCOPES[kind],
            "signed_userinfo": kind == "proconnect",
            "oauth_pkce_enabled": True,
        },
    }
    return {"identity": {"APPS": [app]}}
