"""What people can do to a step: each act with its form, the command that it makes, and when it is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from calendars.rules import Within
from workflow.domain import commands as c
from workflow.domain.cycle import StepState
from workflow.domain.definition import Evidence, StepKind
from workflow.domain.verdict import Tally
from workflow.domain.zone import day_of, shown
from workflow.web.blanks import Blank, Kind, Typed
from workflow.web.views import cases
from workflow.web.views.cases import Act, Case, Offer
from workflow.web.words import N_


def offers(case: Case, allowed: Callable[[c.Command], bool]) -> tuple[Offer, ...]:
    """The acts that the step's state and the reader's rights allow, the usual ones first."""
    return tuple(
        Offer(act.name, act.title, act.name in _MAIN)
        for act in ACTS.values()
        if act.offered(case) and allowed(act.sample(case.key)) and not _by_approval(act, case, allowed)
    )


def _by_approval(act: Act, case: Case, allowed: Callable[[c.Command], bool]) -> bool:
    """Whoever may extend need not ask for it."""
    return act.name == "ask" and allowed(EXTEND.sample(case.key))


_MAIN = frozenset({"complete", "ask", "acknowledge", "extend"})
_DOCUMENT = Blank("document_number", N_("Số văn bản (nếu có)"))
_DOCUMENT_ON = Blank("document_on", N_("Ngày văn bản"), Kind.DAY)
_REASON = Blank("reason", N_("Lý do (bắt buộc)"), Kind.AREA, wide=True)
_FILE = Blank(
    "file",
    N_("Tệp minh chứng (nếu có)"),
    Kind.FILE,
    hint=N_("PDF, Word, Excel, ảnh hoặc .zip; tối đa 25 MB."),
    wide=True,
)


# ── completing, correcting ────────────────────────────────────────────────────────────────────────────────────


def _completion_blanks(case: Case) -> tuple[Blank, ...]:
    step = case.state.definition
    number = N_("Số văn bản (bắt buộc)") if Evidence.DOCUMENT in step.evidence else _DOCUMENT.label
    file = N_("Tệp minh chứng (bắt buộc)") if Evidence.FILE in step.evidence else _FILE.label
    return (
        Blank("happened_on", N_("Ngày việc thực sự xong"), Kind.DAY, value=shown(case.seat.today)),
        Blank("document_number", number),
        _DOCUMENT_ON,
        *_tally_blanks(case.state),
        Blank("file", file, Kind.FILE, hint=_FILE.hint, wide=True),
        Blank("note", N_("Ghi chú"), Kind.AREA, wide=True),
    )


def _tally_blanks(state: StepState) -> tuple[Blank, ...]:
    step = state.definition
    if step.kind is not StepKind.HOLD_MEETING and step.quorum is None and step.majority is None:
        return ()
    votes = (
        N_("Số người tán thành (bắt buộc)") if step.majority is not None else N_("Số người tán thành (nếu biểu quyết)")
    )
    return (
        Blank("summoned", N_("Số người được triệu tập"), Kind.NUMBER),
        Blank("present", N_("Số người có mặt"), Kind.NUMBER),
        Blank("in_favour", votes, Kind.NUMBER),
    )


def _complete(typed: Typed, key: str, file: str | None) -> c.Command:
    return c.CompleteStep(
        step=key,
        happened_on=typed.needed_day("happened_on"),
        document_number=typed.line("document_number", 100) or None,
        document_on=typed.day("document_on"),
        file=file,
        note=typed.words("note") or None,
        tally=_tally(typed),
    )


def _tally(typed: Typed) -> Tally | None:
    summoned, present, in_favour = (typed.number(name) for name in ("summoned", "present", "in_favour"))
    if summoned is None and present is None and in_favour is None:
        return None
    return Tally(summoned or 0, present or 0, in_favour)


def _correction_blanks(case: Case) -> tuple[Blank, ...]:
    done = case.state.completion
    happened_on = shown(day_of(done.happened_at)) if done is not None else ""
    dated = shown(done.document_on) if done is not None and done.document_on is not None else ""
    return (
        Blank("happened_on", N_("Ngày việc thực sự xong"), Kind.DAY, value=happened_on),
        Blank("document_number", _DOCUMENT.label, value=(done and done.document_number) or ""),
        Blank("document_on", _DOCUMENT_ON.label, Kind.DAY, value=dated),
        _FILE,
        Blank("note", N_("Ghi chú"), Kind.AREA, value=(done and done.note) or "", wide=True),
        Blank("reason", N_("Vì sao phải sửa (bắt buộc)"), Kind.AREA, wide=True),
    )


def _correct(typed: Typed, key: str, file: str | None) -> c.Command:
    return c.CorrectCompletion(
        step=key,
        reason=typed.words("reason"),
        happened_on=typed.day("happened_on"),
        document_number=typed.line("document_number", 100) or None,
        document_on=typed.day("document_on"),
        file=file,
        note=typed.words("note") or None,
    )


# ── more time ─────────────────────────────────────────────────────────────────────────────────────────────────


def _grounds(case: Case) -> tuple[Blank, ...]:
    step, asked = case.state.definition, case.state.asked
    reasons = tuple((each, each) for each in step.extend_reasons)
    kind = Kind.CHOICE if reasons else Kind.LINE
    before = (asked.reason, asked.words, str(asked.n or "")) if asked is not None else ("", "", "")
    longest = str(step.extend.n) if isinstance(step.extend, Within) else ""
    return (
        Blank("reason", N_("Lý do kéo dài (bắt buộc)"), kind, choices=reasons, value=before[0], wide=True),
        Blank("words", N_("Vụ việc cụ thể (bắt buộc)"), Kind.AREA, value=before[1], wide=True),
        *([Blank("n", N_("Tổng số ngày, kể từ cùng mốc"), Kind.NUMBER, value=before[2] or longest)] if longest else []),
    )


def _extension_blanks(case: Case) -> tuple[Blank, ...]:
    seat = case.seat
    choices = tuple((name, name) for name in seat.chairs)
    approver = Blank("approved_by", N_("Người chủ trì đã duyệt"), Kind.CHOICE, choices=choices, value=seat.chair)
    return (
        *_grounds(case),
        approver,
        Blank("approved_on", N_("Ngày duyệt"), Kind.DAY, value=shown(seat.today)),
        Blank("document_number", N_("Số văn bản cho phép (nếu có)")),
    )


def _extend(typed: Typed, key: str, _file: str | None) -> c.Command:
    return c.ExtendStep(
        step=key,
        reason=typed.line("reason"),
        words=typed.words("words"),
        approved_by=typed.line("approved_by"),
        n=typed.number("n"),
        approved_on=typed.day("approved_on"),
        document_number=typed.line("document_number", 100) or None,
    )


def _ask(typed: Typed, key: str, _file: str | None) -> c.Command:
    return c.AskExtension(key, typed.line("reason"), typed.words("words"), typed.number("n"))


# ── the other acts ──────────────────────────────────────────────────────────────────────────────────────────


def _unit(name: str, label: str) -> Callable[[Case], tuple[Blank, ...]]:
    def blanks(case: Case) -> tuple[Blank, ...]:
        return (Blank(name, label, Kind.UNIT, choices=tuple((unit, unit) for unit in case.seat.units)), _REASON)

    return blanks


def _nothing(_case: Case) -> tuple[Blank, ...]:
    return ()


def _only_reason(_case: Case) -> tuple[Blank, ...]:
    return (_REASON,)


def _day(label: str, reason: bool) -> Callable[[Case], tuple[Blank, ...]]:
    def blanks(case: Case) -> tuple[Blank, ...]:
        on = Blank("on", label, Kind.DAY, value=shown(case.seat.today))
        return (on, _REASON) if reason else (on,)

    return blanks


def _until(_case: Case) -> tuple[Blank, ...]:
    return (Blank("until", N_("Nhắc lại từ ngày"), Kind.DAY, hint=N_("Trước ngày này không nhắc lại.")),)


def _units(case: Case) -> tuple[Blank, ...]:
    step = case.state.definition
    known = "\n".join(step.coordinating)
    return (Blank("units", N_("Các đơn vị, mỗi đơn vị một dòng"), Kind.AREA, value=known, wide=True),)


EXTEND = Act(
    name="extend",
    title=N_("Kéo dài hạn"),
    lead=N_("Kế hoạch chỉ cho kéo dài một lần, trước khi hết hạn, có lý do và người chủ trì duyệt."),
    button=N_("Xác nhận kéo dài"),
    blanks=_extension_blanks,
    command=_extend,
    sample=lambda key: c.ExtendStep(key, "", "", ""),
    offered=cases.extensible,
    moves=True,
    done=N_("Đã ghi kéo dài hạn."),
)
_ALL = (
    Act(
        name="complete",
        title=N_("Ghi nhận hoàn thành"),
        lead=N_("Ghi ngày việc thực sự xong và minh chứng; nhập muộn vẫn được, hệ thống ghi rõ là ghi lùi ngày."),
        button=N_("Ghi nhận hoàn thành"),
        blanks=_completion_blanks,
        command=_complete,
        sample=c.CompleteStep,
        offered=cases.completable,
    ),
    Act(
        name="ask",
        title=N_("Xin kéo dài hạn"),
        lead=N_("Đề nghị được chuyển đến người chủ trì duyệt; hạn chỉ đổi khi được duyệt, trước khi hết hạn hiện tại."),
        button=N_("Gửi đề nghị"),
        blanks=_grounds,
        command=_ask,
        sample=lambda key: c.AskExtension(key, "", ""),
        offered=cases.extensible,
        done=N_("Đã gửi đề nghị kéo dài hạn; hạn hiện tại vẫn giữ nguyên cho đến khi được duyệt."),
    ),
    EXTEND,
    Act(
        name="decline",
        title=N_("Không đồng ý kéo dài"),
        lead=N_("Đề nghị kéo dài hạn không được chấp thuận; hạn hiện tại giữ nguyên."),
        button=N_("Không đồng ý kéo dài"),
        blanks=_only_reason,
        command=lambda typed, key, _file: c.DeclineExtension(key, typed.words("reason")),
        sample=lambda key: c.DeclineExtension(key, ""),
        offered=lambda case: cases.unfinished(case) and case.state.asked is not None,
        done=N_("Đã ghi không đồng ý kéo dài hạn."),
    ),
    Act(
        name="acknowledge",
        title=N_("Đã rõ"),
        lead=N_("Báo là đã biết việc này: hệ thống thôi nhắc lại, nhưng bậc nhắc tiếp theo vẫn đến."),
        button=N_("Đã rõ"),
        blanks=_nothing,
        command=lambda _typed, key, _file: c.Acknowledge(key),
        sample=c.Acknowledge,
        offered=cases.acknowledgeable,
        done=N_("Đã ghi «đã rõ»; hệ thống thôi nhắc lại, bậc sau vẫn đến."),
    ),
    Act(
        name="snooze",
        title=N_("Nhắc lại sau"),
        lead=N_("Không nhắc lại trước ngày bạn chọn; bậc nhắc tiếp theo vẫn đến."),
        button=N_("Hẹn ngày nhắc"),
        blanks=_until,
        command=lambda typed, key, _file: c.Snooze(key, typed.needed_day("until")),
        sample=lambda key: c.Snooze(key, date.max),
        offered=cases.firm,
        done=N_("Đã hẹn ngày nhắc lại."),
    ),
    Act(
        name="hand-over",
        title=N_("Giao lại cho đơn vị khác"),
        lead=N_("Đơn vị mới chịu trách nhiệm từ bây giờ; hạn không đổi. Cả hai đơn vị được báo."),
        button=N_("Giao lại"),
        blanks=_unit("owner", N_("Đơn vị nhận việc")),
        command=lambda typed, key, _file: c.HandOver(key, typed.line("owner"), typed.words("reason")),
        sample=lambda key: c.HandOver(key, "", ""),
        offered=cases.whole,
        done=N_("Đã giao lại việc."),
    ),
    Act(
        name="share",
        title=N_("Chia phần việc cho các đơn vị"),
        lead=N_("Mỗi đơn vị có một phần việc và hạn riêng; bước xong khi mọi phần đã xong. Phần đã chia không mất đi."),
        button=N_("Chia phần việc"),
        blanks=_units,
        command=lambda typed, key, _file: c.FanOut(key, typed.lines("units")),
        sample=lambda key: c.FanOut(key, ()),
        offered=cases.shareable,
        done=N_("Đã chia phần việc."),
    ),
    Act(
        name="stop",
        title=N_("Dừng tính hạn"),
        lead=N_("Dùng khi phải chờ nơi khác. Thời gian dừng được cộng vào hạn khi tính tiếp."),
        button=N_("Dừng tính hạn"),
        blanks=_day(N_("Dừng từ ngày"), reason=True),
        command=lambda typed, key, _file: c.StopClock(key, typed.words("reason"), typed.day("on")),
        sample=lambda key: c.StopClock(key, ""),
        offered=cases.stoppable,
        moves=True,
        done=N_("Đã dừng tính hạn."),
    ),
    Act(
        name="restart",
        title=N_("Tính tiếp hạn"),
        lead=N_("Thời hạn chạy tiếp; số ngày đã dừng được cộng thêm."),
        button=N_("Tính tiếp"),
        blanks=_day(N_("Tính tiếp từ ngày"), reason=False),
        command=lambda typed, key, _file: c.RestartClock(key, typed.day("on")),
        sample=c.RestartClock,
        offered=lambda case: cases.unfinished(case) and case.state.stopped,
        moves=True,
        done=N_("Đã tính tiếp hạn."),
    ),
    Act(
        name="skip",
        title=N_("Không áp dụng"),
        lead=N_("Bước này không cần làm trong kế hoạch này; các bước sau không phải chờ nữa."),
        button=N_("Ghi không áp dụng"),
        blanks=_only_reason,
        command=lambda typed, key, _file: c.SkipStep(key, typed.words("reason")),
        sample=lambda key: c.SkipStep(key, ""),
        offered=cases.skippable,
        moves=True,
        done=N_("Đã ghi bước không áp dụng."),
    ),
    Act(
        name="correct",
        title=N_("Sửa ghi nhận"),
        lead=N_("Sửa những gì đã ghi sai; nhật ký giữ cả bản cũ và bản mới. Ô để trống thì giữ như cũ."),
        button=N_("Ghi bản sửa"),
        blanks=_correction_blanks,
        command=_correct,
        sample=lambda key: c.CorrectCompletion(key, ""),
        offered=cases.correctable,
        moves=True,
        done=N_("Đã sửa ghi nhận."),
    ),
    Act(
        name="reopen",
        title=N_("Mở lại"),
        lead=N_("Hủy ghi nhận đã xong (hoặc không áp dụng) để làm tiếp; những gì đã ghi vẫn còn trong nhật ký."),
        button=N_("Mở lại bước này"),
        blanks=_only_reason,
        command=lambda typed, key, _file: c.ReopenStep(key, typed.words("reason")),
        sample=lambda key: c.ReopenStep(key, ""),
        offered=cases.reopenable,
        moves=True,
        done=N_("Đã mở lại bước."),
    ),
)
ACTS: Mapping[str, Act] = MappingProxyType({act.name: act for act in _ALL})
