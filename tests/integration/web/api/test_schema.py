"""Whatever a program sends, the API answers as its OpenAPI document says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.config import (
    ChecksConfig,
    GenerationConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation, BaseSchema

from tests.integration.web.api.conftest import let_in
from tests.integration.web.conftest import Site
from workflow.domain.commands import CompleteStep, RaisePetition
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.web.api.pace import Pace

RULES_BEYOND_THE_SCHEMA = PositiveDataAcceptanceConfig(enabled=False)
"""A date may be well formed and too late: what the rules of the field refuse no schema can tell."""

EXAMPLES = 6


def _described(office: Site) -> BaseSchema:
    """The API as its document describes it."""
    office.app.state.api.state.pace = Pace(per_minute=10**9)
    project = ProjectConfig(
        checks=ChecksConfig(positive_data_acceptance=RULES_BEYOND_THE_SCHEMA),
        generation=GenerationConfig(with_security_parameters=False),
    )
    config = SchemathesisConfig(projects=ProjectsConfig(default=project))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", office.app, config=config)


def _place(office: Site) -> dict[str, str]:
    """A plan of its own with a petition, so that what one operation does stands in no other's way."""
    plan = office.start(on=date(2026, 4, 6)).plan_id
    office.do(plan, RaisePetition("Xin sửa đường", Petitioner(name="Ông A"), RaisedWhen.BEFORE_MEETING))
    office.do(plan, CompleteStep("collect"))
    return {"plan_id": plan, "step": "answers", "petition": "p1"}


def _faults(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, place: dict[str, str], token: str
) -> Iterator[str]:
    """What is wrong with the answers to generated requests; those of the schema are about things that are there."""
    cases: SearchStrategy[Case[Any]] = operation.as_strategy(generation_mode=mode).filter(_stays_here)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(cases)
    def ask(case: Case[Any]) -> None:
        if mode is GenerationMode.POSITIVE:
            case.path_parameters = {name: place.get(name, value) for name, value in case.path_parameters.items()}
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    try:
        ask()
    except FailureGroup as found:
        yield from (f"{operation.label} ({mode.value}): {each}" for each in found.exceptions)


def _stays_here(case: Case[Any]) -> bool:
    """Whether the address is one of the API: clients resolve ".." before they ask."""
    return not {".", ".."} & {str(value) for value in case.path_parameters.values()}


def test_every_answer_is_as_the_document_says(office: Site) -> None:
    token = let_in(office).token
    operations = [found.ok() for found in _described(office).get_all_operations() if isinstance(found, Ok)]
    faults = [
        fault
        for operation in operations
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for fault in _faults(operation, mode, _place(office), token)
    ]
    assert not faults, "\n\n".join(faults)
    assert len(operations) >= 30
