"""Where mails go, from one address: ``console://``, ``memory://`` or ``smtp://user:password@host:587``."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

_BACKENDS = {"console": "console", "memory": "locmem", "smtp": "smtp", "smtps": "smtp"}


def mail_settings(url: str) -> dict[str, object]:
    """Return Django's settings for ``url``; ``smtps`` is TLS from the start, ``smtp`` upgrades to it.

    >>> mail_settings("smtps://maillon:s3cret@mail.example.invalid")["EMAIL_PORT"]
    465
    """
    parts = urlsplit(url)
    if parts.scheme not in _BACKENDS:
        raise ValueError(f"MAILLON_EMAIL_URL: {parts.scheme or url!r} is none of {', '.join(_BACKENDS)}")
    found: dict[str, object] = {
        "EMAIL_BACKEND": f"django.core.mail.backends.{_BACKENDS[parts.scheme]}.EmailBackend"
    }
    if parts.scheme in ("smtp", "smtps"):
        direct = parts.scheme == "smtps"
        found |= {
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or (465 if direct else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": direct,
            "EMAIL_USE_TLS": not direct and parts.hostname not in ("localhost", "127.0.0.1"),
            "EMAIL_TIMEOUT": 20,
        }
    return found
