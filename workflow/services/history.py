"""What happened to a plan, event by event, each as one sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from workflow.domain import events as e
from workflow.domain.cycle import Cycle
from workflow.domain.events import Event, Recorded
from workflow.domain.verdict import Tally
from workflow.domain.zone import shown
from workflow.language import Language, retell, translate

WHY: Mapping[str, str] = MappingProxyType(
    {
        "start": "kế hoạch bắt đầu",
        "meeting": "định hoặc đổi ngày họp",
        "calendar": "lịch làm việc thay đổi",
        "extension": "kéo dài hạn",
        "stop": "dừng tính hạn",
        "restart": "tính tiếp hạn",
        "part": "tách phần việc",
        "step": "xong bước «{key}»",
        "correct": "sửa ghi nhận của bước «{key}»",
        "skip": "bước «{key}» không áp dụng",
        "reopen": "mở lại bước «{key}»",
        "transfer": "chuyển kiến nghị {key}",
        "rung": "đến bậc nhắc việc {key}",
    }
)
VERDICTS: Mapping[str, str] = MappingProxyType(
    {"on_time": "đúng hạn", "late": "quá hạn {days} ngày làm việc", "no_limit": "không có hạn"}
)
RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "settled": "đã giải quyết",
        "in_progress": "đang giải quyết, có lộ trình",
        "explained": "đã giải trình",
        "referred": "vượt thẩm quyền, đã chuyển",
    }
)
Teller = Callable[["_Telling", Event], str]


def history_of(log: tuple[Recorded, ...], cycle: Cycle, language: Language) -> Iterator[tuple[Recorded, str]]:
    """Every event of a log with its sentence, in order; names of steps as the plan in effect has them."""
    telling = _Telling(cycle, language)
    for recorded in log:
        yield recorded, telling.sentence(recorded.event)


def step_of(event: Event) -> str | None:
    """The step that an event is about, None for one about the whole plan or a petition."""
    return getattr(event, "part", None) or getattr(event, "step", None)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells the events of one plan in one language."""

    cycle: Cycle
    language: Language

    def say(self, text: str, /, **fields: object) -> str:
        spoken = translate(text, self.language)
        return spoken.format(**fields) if fields else spoken

    def name(self, key: str) -> str:
        step = self.cycle.steps.get(key)
        return step.definition.name if step is not None else key

    def why(self, cause: str) -> str:
        kind, _, key = cause.partition(":")
        if kind not in WHY:
            return retell(cause, self.language)
        return self.say(WHY[kind], key=self.name(key)) if key else self.say(WHY[kind])

    def sentence(self, event: Event) -> str:
        """What happened, as one sentence."""
        return _TELLERS[type(event)](self, event)

    def meeting_set(self, event: e.MeetingSet) -> str:
        if event.previous_on is None:
            return self.say("Định ngày họp {on}.", on=shown(event.on))
        return self.say("Dời ngày họp từ {old} sang {on}.", old=shown(event.previous_on), on=shown(event.on))

    def meeting_postponed(self, event: e.MeetingPostponed) -> str:
        if event.month is None:
            return self.say("Hoãn hội nghị: {reason}.", reason=_plain(event.reason))
        month = f"{event.month[1]:02}/{event.month[0]}"
        return self.say("Hoãn hội nghị sang tháng {month}: {reason}.", month=month, reason=_plain(event.reason))

    def deadline_set(self, event: e.DeadlineSet) -> str:
        fields = {"step": self.name(event.step), "on": shown(event.due_on), "n": event.revision}
        if event.projected:
            return self.say("Hạn dự kiến của «{step}»: {on} (lần {n}, {why}).", why=self.why(event.why), **fields)
        return self.say("Hạn của «{step}»: {on} (lần {n}, {why}).", why=self.why(event.why), **fields)

    def deadline_lifted(self, event: e.DeadlineLifted) -> str:
        why = self.why(event.why)
        return self.say(
            "«{step}» không còn hạn (lần {n}, {why}).", step=self.name(event.step), n=event.revision, why=why
        )

    def deadline_extended(self, event: e.DeadlineExtended) -> str:
        grounds = "; ".join(dict.fromkeys([_plain(event.reason), _plain(event.words)]))
        return self.say(
            "Kéo dài hạn của «{step}», {approver} duyệt: {reason}.",
            step=self.name(event.step),
            approver=event.approved_by,
            reason=grounds,
        )

    def step_completed(self, event: e.StepCompleted) -> str:
        told = self.say("Hoàn thành «{step}», {verdict}", step=self.name(event.step), verdict=self.verdict(event))
        return f"{told}{self._proof(event.document_number)}{self._tally(event.tally)}."

    def completion_corrected(self, event: e.CompletionCorrected) -> str:
        told = self.say(
            "Sửa ghi nhận của «{step}»: {verdict}; lý do: {reason}",
            step=self.name(event.step),
            verdict=self.verdict(event),
            reason=_plain(event.reason),
        )
        return f"{told}{self._proof(event.document_number)}."

    def verdict(self, event: e.StepCompleted | e.CompletionCorrected | e.StepJudged) -> str:
        words = VERDICTS[event.verdict]
        return self.say(words, days=event.late_working_days) if "{" in words else self.say(words)

    def _proof(self, number: str | None) -> str:
        return self.say(", văn bản số {number}", number=number) if number else ""

    def _tally(self, tally: Tally | None) -> str:
        if tally is None:
            return ""
        told = self.say(", có mặt {present}/{summoned}", present=tally.present, summoned=tally.summoned)
        return told if tally.in_favour is None else told + self.say(", tán thành {n}", n=tally.in_favour)

    def handed_over(self, event: e.StepHandedOver) -> str:
        why = self.why(event.why).rstrip(".")
        fields = {"step": self.name(event.step), "owner": event.owner, "why": why}
        return self.say("Giao việc «{step}» cho {owner}: {why}.", **fields)

    def petition_raised(self, event: e.PetitionRaised) -> str:
        petition = event.petition
        return self.say("Ghi kiến nghị {petition}: {text}", petition=petition.petition_id, text=petition.text)

    def petition_classified(self, event: e.PetitionClassified) -> str:
        return self.say("Phân loại kiến nghị {petition}: {lead}.", petition=event.petition, lead=event.lead or "–")

    def petition_answered(self, event: e.PetitionAnswered) -> str:
        result = self.say(RESULTS[event.answer.result])
        told = self.say("Trả lời kiến nghị {petition}: {result}", petition=event.petition, result=result)
        return f"{told}{self._proof(event.answer.document_number)}."

    def petition_transferred(self, event: e.PetitionTransferred) -> str:
        reason = _plain(event.reason)
        return self.say(
            "Chuyển kiến nghị {petition} đến {lead}: {reason}.", petition=event.petition, lead=event.lead, reason=reason
        )


def _plain(reason: str) -> str:
    return " ".join(reason.split()).rstrip(".")


def _about(text: str, *fields: str) -> Teller:
    """Tells an event by a text whose fields are the event's own; a step by its name, days as people write them."""

    def teller(telling: _Telling, event: Event) -> str:
        values = {field: _shown(telling, field, getattr(event, field)) for field in fields}
        return telling.say(text, **values)

    return teller


def _shown(telling: _Telling, field: str, value: object) -> object:
    if field in ("step", "part"):
        return telling.name(str(value))
    if isinstance(value, date):
        return shown(value)
    return _plain(value) if field == "reason" and isinstance(value, str) else value


_TELLERS: Mapping[type, Callable[..., str]] = MappingProxyType(
    {
        e.PlanStarted: _about("Kế hoạch bắt đầu."),
        e.MeetingSet: _Telling.meeting_set,
        e.MeetingPostponed: _Telling.meeting_postponed,
        e.StepOpened: _about("«{step}» đến lượt.", "step"),
        e.DeadlineSet: _Telling.deadline_set,
        e.DeadlineLifted: _Telling.deadline_lifted,
        e.DeadlineExtended: _Telling.deadline_extended,
        e.ExtensionAsked: _about("Đề nghị kéo dài hạn của «{step}»: {reason}; {words}.", "step", "reason", "words"),
        e.ExtensionDeclined: _about("Không đồng ý kéo dài hạn của «{step}»: {reason}.", "step", "reason"),
        e.DeadlineKept: _about("Giữ nguyên hạn của «{step}» dù lịch thay đổi.", "step"),
        e.ClockStopped: _about("Dừng tính hạn của «{step}»: {reason}.", "step", "reason"),
        e.ClockRestarted: _about("Tính tiếp hạn của «{step}».", "step"),
        e.StepCompleted: _Telling.step_completed,
        e.CompletionCorrected: _Telling.completion_corrected,
        e.StepJudged: lambda telling, event: telling.say(
            "Kết luận «{step}»: {verdict}.", step=telling.name(event.step), verdict=telling.verdict(event)
        ),
        e.StepSkipped: _about("«{step}» không áp dụng: {reason}.", "step", "reason"),
        e.StepReopened: _about("Mở lại «{step}»: {reason}.", "step", "reason"),
        e.StepHandedOver: _Telling.handed_over,
        e.PartAdded: _about("Thêm phần việc «{part}».", "part"),
        e.StepAcknowledged: _about("Báo «đã rõ» về «{step}».", "step"),
        e.StepSnoozed: _about("Hẹn nhắc lại «{step}» từ {until}.", "step", "until"),
        e.PetitionRaised: _Telling.petition_raised,
        e.PetitionClassified: _Telling.petition_classified,
        e.PetitionMerged: _about("Gộp kiến nghị {petition} vào {duplicate_of}.", "petition", "duplicate_of"),
        e.PetitionAnswered: _Telling.petition_answered,
        e.PetitionerTold: _about("Báo người nêu kiến nghị {petition} ngày {told_on}.", "petition", "told_on"),
        e.PetitionTransferred: _Telling.petition_transferred,
        e.RungReached: _about("Đến bậc nhắc việc {rung} của «{step}».", "rung", "step"),
        e.LadderAdopted: lambda telling, event: telling.say(
            "Đổi bậc thang nhắc việc ({count} bậc).", count=len(event.ladder)
        ),
        e.CalendarAdopted: _about("Áp dụng lịch làm việc mới."),
        e.PlanCompleted: _about("Kế hoạch kết thúc."),
        e.PlanCancelled: _about("Hủy kế hoạch: {reason}.", "reason"),
    }
)
