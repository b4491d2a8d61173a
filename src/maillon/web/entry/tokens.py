"""Verifying what the identity provider signed: its key, its name, for us, now, and about whom."""

from __future__ import annotations

from typing import Any

import jwt

from maillon.web.entry.keys import key_of
from maillon.web.entry.refusal import Refused

#: Signatures by a key that only the provider holds; never ``none``, never a secret that we share.
ALGORITHMS = frozenset({"RS256", "ES256"})
#: Seconds by which clocks may differ.
LEEWAY = 30
REQUIRED = ("iss", "aud", "exp", "iat", "sub")


def verify(token: object, *, keys: str, issuer: str, client: str) -> dict[str, Any]:
    """Return the claims of ``token``. Raises ``Refused`` where anything about it is not as it must be."""
    if not isinstance(token, str):
        raise Refused("no_token")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS or "crit" in header:
            raise Refused("algorithm")
        claims: dict[str, Any] = jwt.decode(
            token,
            key_of(header.get("kid"), algorithm, keys),
            algorithms=[algorithm],
            issuer=issuer,
            audience=client,
            leeway=LEEWAY,
            options={"require": list(REQUIRED)},
        )
    except jwt.PyJWTError as error:
        raise Refused(type(error).__name__) from error
    if claims["aud"] not in (client, [client]):
        raise Refused("audience")  # it was made for others too, who could bring it to us
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise Refused("subject")
    return claims
