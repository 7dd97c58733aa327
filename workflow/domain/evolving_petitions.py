"""How events change the petitions of a running plan, and the parts that owe their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from workflow.domain.cycle import Cycle
from workflow.domain.events import (
    Event,
    PetitionAnswered,
    PetitionClassified,
    PetitionerTold,
    PetitionMerged,
    PetitionRaised,
    PetitionTransferred,
    Recorded,
)
from workflow.domain.petition import Transfer
from workflow.domain.zone import day_of


def _raised(event: PetitionRaised, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return cycle.with_petition(event.petition)


def _classified(event: PetitionClassified, cycle: Cycle, _recorded: Recorded) -> Cycle:
    """Owners of parts follow by events of their own; who helps them follows from the petition alone."""
    for part in cycle.parts_for(event.petition):
        whole = cycle.plan.by_key[part.definition.part_of or ""]
        if not part.ended:
            helpers = event.coordinating or whole.coordinating
            cycle = cycle.with_definition(replace(part.definition, coordinating=helpers))
    classified = replace(
        cycle.petitions[event.petition],
        topic=event.topic,
        authority=event.authority,
        lead=event.lead,
        coordinating=event.coordinating,
    )
    return cycle.with_petition(classified)


def _merged(event: PetitionMerged, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return cycle.with_petition(replace(cycle.petitions[event.petition], duplicate_of=event.duplicate_of))


def _answered(event: PetitionAnswered, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return cycle.with_petition(replace(cycle.petitions[event.petition], answer=event.answer))


def _told(event: PetitionerTold, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return cycle.with_petition(replace(cycle.petitions[event.petition], told_on=event.told_on))


def _transferred(event: PetitionTransferred, cycle: Cycle, recorded: Recorded) -> Cycle:
    """The parts that owe its answer count anew from the transfer on; their owners follow by events of their own."""
    petition = cycle.petitions[event.petition]
    transfer = Transfer(day_of(recorded.happened_at), event.authority, event.lead, event.reason, event.previous_lead)
    for part in cycle.parts_for(event.petition):
        if not part.ended:
            cycle = cycle.with_step(part.definition.key, replace(part, counts_from=recorded.happened_at))
    return cycle.with_petition(
        replace(petition, authority=event.authority, lead=event.lead, transfers=(*petition.transfers, transfer))
    )


PETITION_RULES: Mapping[type[Event], Callable[[Any, Cycle, Recorded], Cycle]] = MappingProxyType(
    {
        PetitionRaised: _raised,
        PetitionClassified: _classified,
        PetitionMerged: _merged,
        PetitionAnswered: _answered,
        PetitionerTold: _told,
        PetitionTransferred: _transferred,
    }
)
