"""What the identity provider publishes about itself: addresses and keys, kept an hour by each process."""

from __future__ import annotations

from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from django.core.cache import caches

from maillon.web.entry.refusal import Refused

HOUR = 3600
#: NIST SP 800-131A: nothing shorter signs.
SHORTEST_RSA = 2048


def fetch_published(address: str, *, again: bool = False) -> dict[str, Any]:
    """Return a JSON document of the provider; ``again`` asks even where one is kept."""
    kept, name = caches["process"], f"identity:{address}"
    found: dict[str, Any] | None = None if again else kept.get(name)
    if found is None:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            found = answer.json()
        if not isinstance(found, dict):
            raise Refused("published")
        kept.set(name, found, HOUR)
    return found


def key_of(kid: object, algorithm: str, address: str) -> jwt.PyJWK:
    """Return the key that signs under ``kid``; an unknown one is asked for once more: keys are renewed."""
    found = _pick(fetch_published(address), kid) or _pick(fetch_published(address, again=True), kid)
    if found is None:
        raise Refused("unknown_key")
    if found.get("alg", algorithm) != algorithm:
        raise Refused("algorithm")
    try:
        key = jwt.PyJWK.from_dict(found, algorithm=algorithm)
    except jwt.PyJWTError as error:
        raise Refused("key") from error
    if getattr(key.key, "key_size", 0) < SHORTEST_RSA and algorithm.startswith("RS"):
        raise Refused("short_key")
    return key


def _pick(published: dict[str, Any], kid: object) -> dict[str, Any] | None:
    keys = published.get("keys")
    if not isinstance(kid, str) or not isinstance(keys, list):
        return None
    named = [k for k in keys if isinstance(k, dict) and k.get("kid") == kid]
    return next((k for k in named if k.get("use", "sig") == "sig"), None)
