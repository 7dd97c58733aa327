"""Coming in with another sign-in service, over OpenID Connect with PKCE: what it is asked, and who its answer is.

Source: OpenID Connect Core 1.0, sections 3.1.2, 3.1.3 and 5.1; RFC 7636.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpx
from itsdangerous import BadData, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from workflow.domain.errors import DoithoaiError
from workflow.settings import Settings

_WAIT_SECONDS = 10
_STATE_SECONDS = 600
_LEEWAY_SECONDS = 60
_SIGNED_WITH = ["RS256", "PS256", "ES256"]
_DISCOVERY = "/.well-known/openid-configuration"


class ServiceUnreachable(DoithoaiError, ConnectionError):
    template = "Chưa liên lạc được với dịch vụ đăng nhập; hãy thử lại sau ít phút hoặc đăng nhập bằng mật khẩu."


class AnswerRefused(DoithoaiError, PermissionError):
    template = "Dịch vụ đăng nhập không xác nhận được bạn, hoặc trang đã để quá lâu; hãy đăng nhập lại từ đầu."


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the service; kept by the browser, signed, until the answer comes. `to`: where to go on."""

    state: str
    nonce: str
    verifier: str
    to: str


def ask(settings: Settings, key: str, to: str) -> tuple[str, str]:
    """Where to send the browser, and what it is to keep. Raises `ServiceUnreachable`."""
    asked = Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(32), to)
    query = {
        "response_type": "code",
        "client_id": settings.oidc_client,
        "redirect_uri": _back(settings),
        "scope": "openid email",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": _challenge(asked.verifier),
        "code_challenge_method": "S256",
    }
    endpoint = str(_known(settings)["authorization_endpoint"])
    kept = _signer(key).dumps([asked.state, asked.nonce, asked.verifier, asked.to])
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}", str(kept)


def answered(settings: Settings, key: str, kept: str, *, state: str, code: str, at: datetime) -> tuple[str, str]:
    """The address of whom the service has let in, and where to go on. Raises `AnswerRefused`, `ServiceUnreachable`."""
    try:
        asked = Asked(*_signer(key).loads(kept, max_age=_STATE_SECONDS))
    except (BadData, TypeError) as error:
        raise AnswerRefused from error
    if not code or not secrets.compare_digest(state.encode(), asked.state.encode()):
        raise AnswerRefused
    known = _known(settings)
    tokens = _call(
        "POST",
        str(known["token_endpoint"]),
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _back(settings),
            "code_verifier": asked.verifier,
        },
        auth=(settings.oidc_client, settings.oidc_secret),
    )
    claims = _claims(settings, str(tokens.get("id_token", "")), _call("GET", str(known["jwks_uri"])), asked.nonce, at)
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        raise AnswerRefused
    return email, asked.to


def _claims(settings: Settings, token: str, keys: Mapping[str, Any], nonce: str, at: datetime) -> Mapping[str, Any]:
    """What a token says, once its signature, its issuer, whom it is for and its time have been proved."""
    try:
        decoded = jwt.decode(token, KeySet.import_key_set({"keys": keys["keys"]}), algorithms=_SIGNED_WITH)
        rules = jwt.JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": settings.oidc_issuer.rstrip("/")},
            aud={"essential": True, "value": settings.oidc_client},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        rules.validate(decoded.claims | {"iss": str(decoded.claims.get("iss", "")).rstrip("/")})
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise AnswerRefused from error
    claims: Mapping[str, Any] = decoded.claims
    return claims


def _known(settings: Settings) -> Mapping[str, Any]:
    """What the service says of itself; it must name itself as we know it."""
    known = _call("GET", settings.oidc_issuer.rstrip("/") + _DISCOVERY)
    if str(known.get("issuer", "")).rstrip("/") != settings.oidc_issuer.rstrip("/"):
        raise ServiceUnreachable
    return known


def _call(method: str, address: str, **options: Any) -> Mapping[str, Any]:
    try:
        answer = httpx.request(method, address, timeout=_WAIT_SECONDS, **options)
        found = answer.raise_for_status().json()
    except httpx.HTTPStatusError as error:
        raise AnswerRefused from error
    except (httpx.HTTPError, json.JSONDecodeError) as error:
        raise ServiceUnreachable from error
    if not isinstance(found, dict):
        raise ServiceUnreachable
    return found


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _back(settings: Settings) -> str:
    return f"{settings.base_url}/sign-in/oidc/back"


def _signer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="doithoai oidc")
