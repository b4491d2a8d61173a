"""An identity provider on this machine, with genuine keys, that can answer as an attacker would."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET = "maillon-tests", "a secret of tests, shared with the provider"


@cache
def make_key(algorithm: str, number: int = 1) -> Any:
    """Make the keys of the tests once: each takes a tenth of a second."""
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 2048)


class Provider:
    """Its keys, the person it knows, and what it changes in its answers."""

    def __init__(self, algorithm: str = "RS256") -> None:
        self.algorithm = algorithm
        self.keys = {"first": make_key(algorithm)}
        self.signs_with = "first"
        self.person: dict[str, Any] = {
            "sub": "agent-1", "email": "owner@example.invalid", "given_name": "Camille",
            "usual_name": "Inventée", "siret": "73282932000074", "idp_id": "idp-of-tests",
        }  # fmt: skip
        self.acr, self.amr = "eidas1", ["pwd"]
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.key_requests = 0
        #: Hooks of the attacks: over the claims, and over how they are written.
        self.change_id_token: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.change_userinfo: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.write_id_token = self.write_userinfo = self.sign
        self.userinfo_type = "application/jwt"
        self.published: dict[str, Any] = {}
        self.issuer = ""

    def sign(self, claims: dict[str, Any], key: Any = None, kid: str | None = None, **header: Any) -> str:
        kid = kid or self.signs_with
        return jwt.encode(
            claims, key or self.keys[kid], algorithm=self.algorithm, headers={"kid": kid, **header}
        )

    def jwks(self) -> dict[str, Any]:
        self.key_requests += 1
        algorithm = jwt.get_algorithm_by_name(self.algorithm)
        found = []
        for kid, key in self.keys.items():
            public = json.loads(algorithm.to_jwk(key.public_key()))
            found.append(public | {"kid": kid, "use": "sig", "alg": self.algorithm})
        return {"keys": found}

    def discovery(self) -> dict[str, Any]:
        names = {
            "authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks",
            "userinfo_endpoint": "userinfo", "end_session_endpoint": "session/end",
        }  # fmt: skip
        found: dict[str, Any] = {name: f"{self.issuer}/{path}" for name, path in names.items()}
        return found | {"issuer": self.issuer, "code_challenge_methods_supported": ["S256"]} | self.published

    def stamped(self, claims: dict[str, Any]) -> dict[str, Any]:
        now = int(time.time())
        return {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, **claims}

    def authorize(self, asked: dict[str, str]) -> str:
        """Sign the person in and return where the browser is sent back to."""
        self.asked.append(asked)
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or given.get("client_secret") != SECRET or "code_verifier" not in given:
            return None
        told = {"sub": self.person["sub"], "nonce": asked["nonce"], "acr": self.acr, "amr": self.amr}
        signed = self.write_id_token(self.change_id_token(self.stamped(told)))
        return {"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def userinfo(self) -> str:
        return self.write_userinfo(self.change_userinfo(self.stamped(self.person)))


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_said: Any) -> None:
            """Nothing of it in the output of tests."""

        def say(self, status: int, body: str, kind: str = "application/json", **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def do_GET(self) -> None:
            where = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            path = where.path.removeprefix("/api")
            if path == "/.well-known/openid-configuration":
                self.say(200, json.dumps(provider.discovery()))
            elif path == "/jwks":
                self.say(200, json.dumps(provider.jwks()))
            elif path == "/authorize":
                self.say(302, "", Location=provider.authorize(asked))
            elif path == "/userinfo" and self.headers.get("Authorization") == "Bearer access":
                self.say(200, provider.userinfo(), provider.userinfo_type)
            elif path == "/session/end":
                back = f"{asked['post_logout_redirect_uri']}?{urlencode({'state': asked['state']})}"
                self.say(302, "", Location=back)
            else:
                self.say(404, "{}")

        def do_POST(self) -> None:
            given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            found = provider.token({name: values[0] for name, values in given.items()})
            self.say(200 if found else 400, json.dumps(found or {"error": "invalid_grant"}))

    return Handler


@contextmanager
def running_provider(algorithm: str = "RS256") -> Iterator[Provider]:
    """Serve a provider on a free port of this machine."""
    provider = Provider(algorithm)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}/api"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
