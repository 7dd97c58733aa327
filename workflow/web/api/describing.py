"""How the OpenAPI document describes what all operations share: problems, headers, the terms of use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from workflow.web.api.problems import MEDIA_TYPE

Responses = dict[int | str, dict[str, Any]]

ABOUT = """
Plans of dialogue meetings, their steps with limits in working days, petitions, notices and reports.

* **Tokens** are made by an administrator and sent as `Authorization: Bearer …`. A token acts as its person: it sees the
  plans of their organization and those below, and may change what the person may change, within its scopes.
* **Days** are `2026-05-15` in Vietnam; instants bear an offset. A limit lasts until the end of `due_on`; `due_at` is that
  instant, exclusive.
* **Errors** are `application/problem+json`; `type` names the error for programs, `detail` is one sentence in Vietnamese
  or English (`Accept-Language`).
* **Writes** take an `Idempotency-Key`; what changes a plan takes `If-Match` with the `ETag` that was read.
* **Webhooks**: notices can be posted, signed, to an address of yours; see `docs/reference/webhooks.md`.

The reference with examples is `docs/reference/api.md`.
"""

_ALWAYS = {
    401: "No valid token.",
    403: "The token has not the scope, or its person may not do it.",
    422: "Something in the request cannot be taken; `errors` says what.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    503: "The database cannot be reached just now.",
}
_ABSENT = {404: "There is no such thing, or it lies outside the organizations of the token's person."}
_WRITING = {
    409: "The state does not allow it, or it changed meanwhile.",
    412: "Others changed the same thing since the version in `If-Match`; `changes` lists what.",
    413: "The body is too large.",
}
_RETRY = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
ETAG = {"ETag": {"description": "The version of the plan.", "schema": {"type": "string"}}}
_REPLAYED = {
    "Idempotency-Replayed": {
        "description": "There when the answer is that of an earlier request with the same key.",
        "schema": {"type": "string"},
    }
}
_LINK = {"Link": {"description": "Addresses of the first, previous, next and last page.", "schema": {"type": "string"}}}
_LOCATION = {"Location": {"description": "The address of what was made.", "schema": {"type": "string"}}}

PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:doithoai:problem:step_not_open"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence: what is wrong and what to do."},
        "errors": {
            "type": "array",
            "description": "The parts of the request that it is about.",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": {"type": "string"},
                    "in": {"enum": ["body", "query", "path", "header"]},
                    "pointer": {"type": "string", "description": "JSON pointer into the body.", "examples": ["#/on"]},
                    "parameter": {"type": "string"},
                    "line": {"type": "integer", "description": "Of a plan file, from 1."},
                },
            },
        },
        "changes": {
            "type": "array",
            "description": "What others did meanwhile, oldest first.",
            "items": {
                "type": "object",
                "required": ["version", "at", "actor", "what"],
                "properties": {
                    "version": {"type": "integer"},
                    "at": {"type": "string", "format": "date-time"},
                    "actor": {"type": "string"},
                    "what": {"type": "string"},
                },
            },
        },
    },
}


def _problems(known: Mapping[int, str]) -> Responses:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    made: Responses = {status: {"description": words, "content": content} for status, words in known.items()}
    if 429 in made:
        made[429]["headers"] = _RETRY
    return made


ASKED: Responses = _problems(_ALWAYS)
"""The answers of what reads something that is always there."""
LISTED: Responses = ASKED | {200: {"description": "A page of the list.", "headers": _LINK}}
READ: Responses = ASKED | _problems(_ABSENT)
OF_A_PLAN: Responses = READ | {200: {"description": "As it stands.", "headers": ETAG}}
WRITTEN: Responses = READ | _problems(_WRITING) | {200: {"description": "Done.", "headers": ETAG | _REPLAYED}}
MADE: Responses = READ | _problems(_WRITING) | {201: {"description": "Made.", "headers": ETAG | _REPLAYED | _LOCATION}}


def describe(api: FastAPI) -> None:
    """Let the API tell its OpenAPI document, once made and then kept."""

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = _document(api)
        return api.openapi_schema

    api.openapi = openapi  # type: ignore[method-assign]


def _document(api: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=api.title,
        version=api.version,
        description=api.description,
        routes=api.routes,
        servers=[{"url": "/api/v1"}],
        tags=api.openapi_tags,
    )
    schemas = made["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = PROBLEM
    made["externalDocs"] = {"description": "The reference", "url": "/api/v1/docs"}
    return made
