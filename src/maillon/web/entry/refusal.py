"""Why a sign-in by the identity provider was refused: a code for the log, never what was claimed."""

from __future__ import annotations

from allauth.socialaccount.providers.oauth2.client import OAuth2Error


class Refused(OAuth2Error):
    """An answer of the identity provider that is not believed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
