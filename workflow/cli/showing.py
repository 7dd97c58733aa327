"""A plan on the terminal: its steps and their limits, what moved them, its petitions; and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from workflow.cli.speech import day, echo, emit, say, show, table
from workflow.domain.zone import day_of

if TYPE_CHECKING:
    from workflow.domain.cycle import Cycle, StepState
    from workflow.domain.petition import Petition

STANDING_WORDS = {
    "waiting": "chờ bước trước",
    "done_on_time": "xong đúng hạn",
    "done_late": "xong quá hạn",
    "running_in_time": "đang làm, trong hạn",
    "running_overdue": "QUÁ HẠN",
    "done_no_limit": "xong",
    "cancelled": "đã hủy",
    "skipped": "không áp dụng",
}
GIST = 160
"""How many letters of a petition stand in a table."""

AUTHORITIES = {"commune": "cấp xã", "city": "thành phố", "other": "cơ quan khác"}
RESULTS = {
    "settled": "đã giải quyết",
    "in_progress": "đang giải quyết, có lộ trình",
    "explained": "đã giải trình",
    "referred": "vượt thẩm quyền, đã chuyển",
}
RAISED = {"before_meeting": "trước hội nghị", "at_meeting": "tại hội nghị", "after_meeting": "sau hội nghị"}


def tell(cycle: Cycle, at: datetime, as_json: bool, headline: str | None = None) -> None:
    """Print a plan as it stands at an instant."""
    if as_json:
        emit(plan_json(cycle, at))
        return
    echo(headline or cycle.definition.title)
    _tell_meeting(cycle)
    made = table("Bước", "Việc", "Chủ trì", "Hạn", "Tình trạng")
    for key, step in cycle.steps.items():
        limit = step.deadline
        due = dated(limit.due_on, limit.projected) if limit is not None else "–"
        shown = f"  {key}" if step.definition.part_of else key
        made.add_row(shown, step.definition.name, step.definition.owner or "–", due, standing_word(step.standing(at)))
    show(made)
    for line in _remarks(cycle):
        echo(line)
    if cycle.petitions:
        show_petitions(list(cycle.petitions.values()), cycle)


def _tell_meeting(cycle: Cycle) -> None:
    held = cycle.meeting
    if held.on is not None:
        echo(say("Hội nghị: {on}", on=day(held.on)))
    elif held.month is not None:
        echo(say("Hội nghị: tháng {month:02}/{year}, chưa chốt ngày", month=held.month[1], year=held.month[0]))


def _remarks(cycle: Cycle) -> Iterator[str]:
    """What people did to the clocks of the steps, one sentence each."""
    for step in cycle.steps.values():
        yield from _moved(step)
        yield from _said(step)


def _moved(step: StepState) -> Iterator[str]:
    name = step.definition.name
    if step.extended is not None:
        yield say(
            "«{step}»: đã kéo dài hạn, lý do: {reason}; {words}; người duyệt: {approver}, ngày {on}.",
            step=name,
            reason=step.extended.reason,
            words=step.extended.words,
            approver=step.extended.approved_by,
            on=day(day_of(step.extended.approved_at)),
        )
    if step.asked is not None:
        yield say("«{step}»: đang đề nghị kéo dài hạn, lý do: {reason}.", step=name, reason=step.asked.reason)
    for stop in step.stops:
        fields = {"step": name, "since": day(day_of(stop.since)), "reason": stop.reason}
        if stop.until is None:
            yield say("«{step}»: thời hạn dừng từ {since}, lý do: {reason}.", **fields)
        else:
            until = day(day_of(stop.until))
            yield say("«{step}»: thời hạn đã dừng từ {since} đến {until}, lý do: {reason}.", until=until, **fields)


def _said(step: StepState) -> Iterator[str]:
    name, limit = step.definition.name, step.deadline
    if step.skipped is not None:
        yield say("«{step}»: không áp dụng, lý do: {reason}.", step=name, reason=step.skipped.reason)
    if step.ended or limit is None:
        return
    if limit.ladder_revision in step.acknowledged:
        yield say("«{step}»: đã có người báo «đã rõ», không nhắc lại nữa.", step=name)
    if step.snoozed is not None and step.snoozed[0] == limit.ladder_revision:
        yield say("«{step}»: nhắc lại từ ngày {until}.", step=name, until=day(step.snoozed[1]))


def show_petitions(petitions: list[Petition], cycle: Cycle) -> None:
    """Print petitions as a table."""
    made = table("Kiến nghị", "Nội dung", "Người nêu", "Cơ quan trả lời", "Hạn", "Kết quả")
    for petition in petitions:
        part = next(iter(cycle.parts_for(petition.petition_id)), None)
        limit = part.deadline if part is not None else None
        made.add_row(
            petition.petition_id,
            shorten(petition.text, GIST, placeholder="…"),
            petitioner_word(petition),
            petition.lead or (part.definition.owner if part is not None else None) or "–",
            dated(limit.due_on, limit.projected) if limit is not None else "–",
            result_word(petition),
        )
    show(made)


def petitioner_word(petition: Petition) -> str:
    """Who raised a petition."""
    who = petition.petitioner
    named = ", ".join(filter(None, (who.name, who.unit)))
    return f"{say('không nêu tên')} ({who.unit})" if who.anonymous and who.unit else named or say("không nêu tên")


def result_word(petition: Petition) -> str:
    """What came of a petition."""
    if petition.duplicate_of is not None:
        return say("trùng với {petition}", petition=petition.duplicate_of)
    if petition.answer is None:
        return say("chưa trả lời")
    return f"{say(RESULTS[petition.answer.result])} ({day(petition.answer.answered_on)})"


def dated(on: date | None, projected: bool) -> str:
    """A limit's day, marked when it is only projected."""
    return f"{day(on)} ({say('dự kiến')})" if projected and on is not None else day(on)


def standing_word(standing: str) -> str:
    """A standing in words."""
    return say(STANDING_WORDS[standing])


def plan_json(cycle: Cycle, at: datetime) -> dict[str, Any]:
    """A plan with its steps and petitions, as `show --json` prints it."""
    meeting = cycle.meeting
    return {
        "plan": cycle.plan_id,
        "title": cycle.definition.title,
        "organization": cycle.definition.organization,
        "template": cycle.definition.template,
        "status": cycle.status,
        "started_at": cycle.started_at,
        "meeting_on": meeting.on,
        "meeting_month": f"{meeting.month[0]:04}-{meeting.month[1]:02}" if meeting.month is not None else None,
        "version": cycle.version,
        "steps": [_step_json(step, at) | {"parts": _parts(key, cycle)} for key, step in cycle.steps.items()],
        "petitions": [petition_json(petition, cycle) for petition in cycle.petitions.values()],
    }


def _parts(key: str, cycle: Cycle) -> list[str]:
    return [part.definition.key for part in cycle.parts_of(key)]


def _step_json(step: StepState, at: datetime) -> dict[str, Any]:
    limit, done = step.deadline, step.completion
    return {
        "key": step.definition.key,
        "name": step.definition.name,
        "owner": step.definition.owner,
        "after": list(step.definition.after),
        "part_of": step.definition.part_of,
        "item": step.definition.item,
        "standing": step.standing(at),
        "opened_at": step.opened_at,
        "due_on": limit.due_on if limit else None,
        "safe_on": limit.safe_on if limit else None,
        "projected": limit.projected if limit else None,
        "provisional": limit.provisional if limit else None,
        "done_at": done.happened_at if done else None,
        "recorded_at": done.recorded_at if done else None,
        "verdict": done.verdict if done else None,
        "document_number": done.document_number if done else None,
        "document_on": done.document_on if done else None,
        **_clock_json(step),
    }


def _clock_json(step: StepState) -> dict[str, Any]:
    extended, tally = step.extended, step.completion.tally if step.completion else None
    return {
        "tally": {"summoned": tally.summoned, "present": tally.present, "in_favour": tally.in_favour}
        if tally
        else None,
        "skipped": step.skipped.reason if step.skipped else None,
        "extended": {
            "reason": extended.reason,
            "words": extended.words,
            "approved_by": extended.approved_by,
            "approved_on": day_of(extended.approved_at),
            "document_number": extended.document_number,
        }
        if extended
        else None,
        "asked": {"reason": step.asked.reason, "words": step.asked.words, "n": step.asked.n} if step.asked else None,
        "stops": [{"since": stop.since, "until": stop.until, "reason": stop.reason} for stop in step.stops],
        "acknowledged": step.deadline is not None and step.deadline.ladder_revision in step.acknowledged,
        "snoozed_until": step.snoozed[1] if step.snoozed else None,
    }


def petition_json(petition: Petition, cycle: Cycle) -> dict[str, Any]:
    """A petition with the part of the plan that owes its answer, as JSON holds it."""
    from dataclasses import asdict

    part = next(iter(cycle.parts_for(petition.petition_id)), None)
    limit = part.deadline if part is not None else None
    return {
        "petition": petition.petition_id,
        **{key: value for key, value in asdict(petition).items() if key != "petition_id"},
        "step": part.definition.key if part is not None else None,
        "due_on": limit.due_on if limit is not None else None,
    }
