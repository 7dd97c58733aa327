"""Coming in over OpenID Connect, with a real provider on a local port."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.integration.web.browsing import HOST, Browser
from tests.integration.web.conftest import Site, read
from workflow.settings import Settings
from workflow.web.app import create_app

KEY, STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "k"}), RSAKey.generate_key(2048, {"kid": "k"})


@dataclass
class Provider:
    """A small provider: what it asks of a client, and the claims that it makes."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: KEY)
    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    now: int = 0

    def authorize(self, address: str) -> str:
        """What a browser that is let in there is sent back to."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"{urlsplit(self.asked['redirect_uri']).path}?state={self.asked['state']}&code=once"

    def token(self, form: dict[str, list[str]], authorization: str) -> tuple[int, dict[str, Any]]:
        """The answer to a code: refused unless verifier, client and code are right."""
        challenge = urlsafe_b64encode(sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        basic = "Basic Y2xpZW50OnNlY3JldA=="  # client:secret
        if (challenge, form["code"], authorization) != (self.asked["code_challenge"], ["once"], basic):
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.issuer, "aud": "client", "exp": self.now + 60, "nonce": self.asked["nonce"]}
        claims |= {"sub": "1", "email": "LAN@example.invalid", "email_verified": True}
        return 200, {"id_token": jwt.encode({"alg": "RS256", "kid": "k"}, claims | self.claims, self.key)}

    def answer(self, path: str) -> dict[str, Any]:
        """What it says of itself."""
        if path == "/jwks":
            return {"keys": [KEY.as_dict(private=False)]}
        base = self.issuer
        ends = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        return {"issuer": base, **{name: base + path for name, path in ends.items()}}


@pytest.fixture
def provider(site: Site) -> Iterator[Provider]:
    """A provider that the site sends people to."""
    told = Provider(now=int(site.clock.now().timestamp()))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, told.answer(self.path))

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._send(*told.token(form, self.headers["Authorization"]))

        def _send(self, status: int, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.issuer = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    settings = Settings(
        data=site.application.settings.data,
        base_url=HOST,
        oidc_issuer=told.issuer,
        oidc_client="client",
        oidc_secret="secret",
    )
    site.application = replace(site.application, settings=settings)
    site.app = create_app(site.application)
    yield told
    server.shutdown()
    server.server_close()


def _come_in(client: Browser, provider: Provider, to: str = "/account") -> int:
    sent = client.get(f"/sign-in/oidc?to={to}", follow=False)
    answer = client.get(provider.authorize(sent.headers["location"]), follow=False)
    return answer.status_code


def test_whoever_the_service_vouches_for_comes_in_and_goes_on(site: Site, provider: Provider) -> None:
    client = site.visitor()
    assert "tài khoản cơ quan" in read(client, "/sign-in").text
    sent = client.get("/sign-in/oidc?to=/account", follow=False)
    answer = client.get(provider.authorize(sent.headers["location"]))
    assert (answer.status_code, answer.url.path) == (200, "/account")
    assert "Nguyễn Thị Lan" in answer.text


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email": None},
        {"email": "stranger@example.invalid"},
        {"iss": "https://other.example"},
        {"aud": "other"},
        {"nonce": "other"},
        {"exp": 1},
    ],
    ids=str,
)
def test_an_answer_that_proves_too_little_lets_nobody_in(
    site: Site, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    client = site.visitor()
    assert _come_in(client, provider) == 401
    assert client.get("/").status_code == 401


def test_an_answer_signed_with_another_key_lets_nobody_in(site: Site, provider: Provider) -> None:
    provider.key = STRANGE_KEY
    assert _come_in(site.visitor(), provider) == 401


def test_an_answer_to_somebody_elses_question_lets_nobody_in(site: Site, provider: Provider) -> None:
    theirs, client = site.visitor(), site.visitor()
    sent = theirs.get("/sign-in/oidc", follow=False)
    assert client.get(provider.authorize(sent.headers["location"]), follow=False).status_code == 401


def test_a_service_that_does_not_answer_is_told_and_passwords_remain(site: Site, provider: Provider) -> None:
    settings = site.application.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    site.app = create_app(replace(site.application, settings=settings))
    page = read(site.visitor(), "/sign-in/oidc")
    assert (page.status, "Chưa liên lạc được" in page.text, page.has_form("/sign-in")) == (502, True, True)
