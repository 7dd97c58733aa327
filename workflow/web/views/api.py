"""The operations of the API as its reference page lists them, taken from the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a request may bear. `place`: query, path, header or body; `values`: those that are taken."""

    name: str
    place: str
    required: bool
    kind: str
    values: Sequence[str]
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. `scope`: what its token must be made for."""

    name: str
    method: str
    path: str
    summary: str
    about: str
    scope: str
    fields: Sequence[Field]
    statuses: Sequence[str]


@dataclass(frozen=True, slots=True)
class Family:
    """The operations about one thing."""

    name: str
    operations: Sequence[Operation]


def families(document: Schema) -> list[Family]:
    """The operations of a document, by what they are about."""
    found = list(_operations(document))
    names = [tag["name"] for tag in document["tags"]]
    return [Family(name, [operation for tag, operation in found if tag == name]) for name in names]


def _operations(document: Schema) -> Iterator[tuple[str, Operation]]:
    base = document["servers"][0]["url"]
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield told["tags"][0], _operation(document, base + path, method, told)


def _operation(document: Schema, path: str, method: str, told: Schema) -> Operation:
    summary, _, about = told["description"].partition("\n")
    scopes = [scope for each in told.get("security", ()) for names in each.values() for scope in names]
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=summary,
        about=about.strip(),
        scope=", ".join(scopes),
        fields=[*_parameters(document, told), *_body(document, told)],
        statuses=list(told["responses"]),
    )


def _parameters(document: Schema, told: Schema) -> Iterator[Field]:
    for each in told.get("parameters", ()):
        schema = each["schema"]
        yield _field(document, each["name"], each["in"], schema, each.get("required", False), each.get("description"))


def _body(document: Schema, told: Schema) -> Iterator[Field]:
    if "requestBody" not in told:
        return
    schema = _resolved(document, told["requestBody"]["content"]["application/json"]["schema"])
    for name, each in schema["properties"].items():
        yield _field(document, name, "body", each, name in schema.get("required", ()), each.get("description"))


def _field(document: Schema, name: str, place: str, schema: Schema, required: bool, about: str | None) -> Field:
    kind, values = _kind(document, schema)
    return Field(name, place, required, kind, values, about or "")


def _kind(document: Schema, schema: Schema) -> tuple[str, Sequence[str]]:
    """What a value is, in the words of JSON Schema; which values are taken, where they are few."""
    schema = _resolved(document, schema)
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if choices:
        return _kind(document, choices[0])
    if schema.get("type") == "array":
        kind, values = _kind(document, schema.get("items", {}))
        return f"{kind} […]", values
    values = [str(value) for value in schema.get("enum", ())]
    return schema.get("format") or schema.get("type", ""), values


def _resolved(document: Schema, schema: Schema) -> Schema:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Schema = document["components"]["schemas"][name] if name else schema
    return found
