"""Petitions: taken down, classified, merged, passed on, answered; the parts of the plan that owe them follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from workflow.domain import petition_errors as refused
from workflow.domain.commands import (
    AnswerPetition,
    ClassifyPetition,
    MergePetition,
    RaisePetition,
    TellPetitioner,
    TransferPetition,
)
from workflow.domain.cycle import StepState
from workflow.domain.draft import Draft
from workflow.domain.ending import check_day, check_proof, instant_of, plain
from workflow.domain.errors import ReasonMissing
from workflow.domain.events import (
    ClockRestarted,
    PetitionAnswered,
    PetitionClassified,
    PetitionerTold,
    PetitionMerged,
    PetitionRaised,
    PetitionTransferred,
    StepCompleted,
    StepHandedOver,
    StepSkipped,
)
from workflow.domain.limits import adopt, set_deadlines
from workflow.domain.names import same_unit
from workflow.domain.petition import Answer, AnsweredWhere, Petition, Petitioner
from workflow.domain.settling import add_petition_parts, end, not_cancelled, running, settle
from workflow.domain.verdict import Verdict
from workflow.domain.zone import day_of, shown


def take_down(command: RaisePetition, draft: Draft) -> None:
    """Take a petition down; every open step that owes answers has one more part."""
    cycle = running(draft)
    text, today = plain(command.text), day_of(draft.at)
    if text is None:
        raise refused.PetitionTextMissing
    raised_on = command.raised_on or today
    if raised_on > today:
        raise refused.RaisedInFuture(raised_on=shown(raised_on), today=shown(today))
    petition = Petition(
        petition_id=f"p{len(cycle.petitions) + 1}",
        text=text,
        petitioner=_checked(command.petitioner),
        raised_when=command.raised_when,
        raised_on=raised_on,
        topic=plain(command.topic),
        authority=command.authority,
        lead=plain(command.lead),
        coordinating=_units(command.coordinating),
    )
    adopt(draft)
    draft.add(PetitionRaised(petition), instant_of(raised_on, draft.at))
    add_petition_parts(draft)


def _checked(petitioner: Petitioner) -> Petitioner:
    name, unit, contact = plain(petitioner.name), plain(petitioner.unit), plain(petitioner.contact)
    if petitioner.anonymous and (name is not None or contact is not None):
        raise refused.PetitionerNamed
    if not petitioner.anonymous and name is None and unit is None:
        raise refused.PetitionerMissing
    return Petitioner(name, unit, contact, petitioner.anonymous)


def _units(units: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unit for each in units if (unit := plain(each)) is not None)


def classify(command: ClassifyPetition, draft: Draft) -> None:
    """Say what a petition is about and who answers it; a part that owes its answer follows the lead."""
    running(draft)
    petition = _petition(command.petition, draft)
    event = PetitionClassified(
        petition=command.petition,
        topic=plain(command.topic),
        authority=command.authority,
        lead=plain(command.lead),
        coordinating=_units(command.coordinating),
    )
    now = (petition.topic, petition.authority, petition.lead, petition.coordinating)
    if now == (event.topic, event.authority, event.lead, event.coordinating):
        return
    draft.add(event)
    for part in _owing(command.petition, draft):
        whole = draft.cycle.steps[part.definition.part_of or ""].definition
        _give(part, event.lead or whole.owner, command.petition, draft)


def merge(command: MergePetition, draft: Draft) -> None:
    """Say that a petition repeats another; no answer of its own is owed."""
    running(draft)
    _open_petition(command.petition, draft)
    other = _petition(command.duplicate_of, draft)
    if command.petition == command.duplicate_of:
        raise refused.PetitionMergedWithItself(petition=command.petition)
    if other.duplicate_of is not None:
        raise refused.PetitionAlreadyMerged(petition=command.duplicate_of, duplicate_of=other.duplicate_of)
    draft.add(PetitionMerged(command.petition, command.duplicate_of))
    for part in _owing(command.petition, draft):
        draft.add(StepSkipped(part.definition.key, f"trùng với {command.duplicate_of}"))
        set_deadlines(draft, f"skip:{part.definition.key}")
    settle(draft)


def transfer(command: TransferPetition, draft: Draft) -> None:
    """Pass a petition on: its part changes owner, and its clock, set going if it stood still, starts anew."""
    running(draft)
    petition = _open_petition(command.petition, draft)
    lead, reason = plain(command.lead), plain(command.reason)
    if lead is None:
        raise refused.LeadMissing
    if reason is None:
        raise ReasonMissing
    parts = _owing(command.petition, draft)
    owner = petition.lead or next((part.definition.owner for part in parts), None)
    if same_unit(lead, owner):
        raise refused.TransferredToSame(petition=command.petition, lead=lead)
    transferred_at = _transferred_at(command, petition, draft.at)
    adopt(draft)
    for part in parts:
        if part.stopped:
            draft.add(ClockRestarted(part.definition.key), max(transferred_at, part.stops[-1].since))
    draft.add(PetitionTransferred(command.petition, command.authority, lead, reason, owner), transferred_at)
    for part in parts:
        _give(part, lead, command.petition, draft)
    set_deadlines(draft, f"transfer:{command.petition}")


def _transferred_at(command: TransferPetition, petition: Petition, at: datetime) -> datetime:
    today = day_of(at)
    transferred_on = command.transferred_on or today
    since = max([petition.raised_on, *(each.transferred_on for each in petition.transfers)])
    if transferred_on > today:
        raise refused.TransferredInFuture(transferred_on=shown(transferred_on), today=shown(today))
    if transferred_on < since:
        raise refused.TransferredBeforeRaised(transferred_on=shown(transferred_on), since=shown(since))
    return instant_of(transferred_on, at)


def answer(command: AnswerPetition, draft: Draft) -> None:
    """Record the answer to a petition; the parts that owed it end with it."""
    running(draft)
    petition = _open_petition(command.petition, draft)
    given = _plain_answer(command.answer)
    _check_answer(given, petition, draft)
    parts = _owing(command.petition, draft)
    for part in parts:
        _check_part(given, part, draft)
    adopt(draft)
    draft.add(PetitionAnswered(command.petition, given), instant_of(given.answered_on, draft.at))
    for part in parts:
        _end_part(given, part, draft)
    if command.told_on is not None:
        _tell(command.petition, command.told_on, given, draft)
    settle(draft)


def _plain_answer(given: Answer) -> Answer:
    return replace(given, document_number=plain(given.document_number), summary=plain(given.summary))


def _check_answer(given: Answer, petition: Petition, draft: Draft) -> None:
    today = day_of(draft.at)
    if given.answered_on > today:
        raise refused.AnsweredInFuture(answered_on=shown(given.answered_on), today=shown(today))
    if given.answered_on < petition.raised_on:
        raise refused.AnsweredBeforeRaised(answered_on=shown(given.answered_on), raised_on=shown(petition.raised_on))
    if given.where is AnsweredWhere.IN_WRITING and given.document_number is None:
        raise refused.AnswerNumberMissing(petition=petition.petition_id)


def _check_part(given: Answer, part: StepState, draft: Draft) -> None:
    check_day(given.answered_on, part.definition, draft.cycle, draft.at)
    if given.where is AnsweredWhere.IN_WRITING:
        number = given.document_number
        check_proof(part.definition, draft.at, document_number=number, document_on=None, file=given.file)


def _end_part(given: Answer, part: StepState, draft: Draft) -> None:
    key = part.definition.key
    done = StepCompleted(
        step=key,
        verdict=Verdict.NO_LIMIT,
        due_on=None,
        late_working_days=0,
        document_number=given.document_number,
        document_on=given.answered_on if given.document_number is not None else None,
        file=given.file,
        note=given.summary,
    )
    end(draft, done, instant_of(given.answered_on, draft.at, part.deadline))
    set_deadlines(draft, f"step:{key}")


def tell(command: TellPetitioner, draft: Draft) -> None:
    """Record the day on which the petitioner was told; of a petition merged into another, of the other's answer."""
    not_cancelled(draft)
    petition = _petition(command.petition, draft)
    given = petition.answer
    seen = {command.petition}
    while given is None and petition.duplicate_of is not None and petition.duplicate_of not in seen:
        seen.add(petition.duplicate_of)
        petition = draft.cycle.petitions[petition.duplicate_of]
        given = petition.answer
    if given is None:
        raise refused.NotAnsweredYet(petition=command.petition)
    if draft.cycle.petitions[command.petition].told_on != command.told_on:
        _tell(command.petition, command.told_on, given, draft)


def _tell(petition: str, told_on: date, given: Answer, draft: Draft) -> None:
    today = day_of(draft.at)
    if told_on > today:
        raise refused.ToldInFuture(told_on=shown(told_on), today=shown(today))
    if told_on < given.answered_on:
        raise refused.ToldBeforeAnswer(told_on=shown(told_on), answered_on=shown(given.answered_on))
    draft.add(PetitionerTold(petition, told_on), instant_of(told_on, draft.at))


def _give(part: StepState, owner: str | None, petition: str, draft: Draft) -> None:
    key, previous = part.definition.key, part.definition.owner
    if owner is not None and not same_unit(owner, previous):
        draft.add(StepHandedOver(key, owner, previous, f"petition:{petition}"))


def _owing(petition: str, draft: Draft) -> list[StepState]:
    """The unfinished parts of the plan that owe a petition's answer."""
    return [part for part in draft.cycle.parts_for(petition) if not part.ended]


def _petition(petition_id: str, draft: Draft) -> Petition:
    known = draft.cycle.petitions
    if petition_id not in known:
        raise refused.PetitionUnknown(petition=petition_id, known=", ".join(known) or "–")
    return known[petition_id]


def _open_petition(petition_id: str, draft: Draft) -> Petition:
    petition = _petition(petition_id, draft)
    if petition.duplicate_of is not None:
        raise refused.PetitionAlreadyMerged(petition=petition_id, duplicate_of=petition.duplicate_of)
    if petition.answer is not None:
        answered_on = shown(petition.answer.answered_on)
        raise refused.PetitionAlreadyAnswered(petition=petition_id, answered_on=answered_on)
    return petition
