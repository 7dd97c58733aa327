"""What a plan file says beside a plan that was read out of a document: the words behind each step, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workflow.domain.lint_case import listed
from workflow.domain.lint_findings import Severity
from workflow.domain.zone import shown
from workflow.intake.draft import Draft, DraftDeadline, DraftMeeting, DraftStep, Edge, LatestSafe, Proposal, Source
from workflow.language import Language, finding_sentence, retell, translate
from workflow.planfile.annotated import Remarks

SEVERITY_WORDS = {Severity.ERROR: "LỖI", Severity.WARNING: "CẢNH BÁO", Severity.INFO: "LƯU Ý"}


def remarks_of(draft: Draft, name: str, language: Language = "vi") -> Remarks:
    """The remarks of a draft; `name` is the document's, as people know it."""
    teller = _Teller(language)
    names = {step.key: step.name for step in draft.steps}
    latest = {each.step: each for each in draft.schedule}
    edges: dict[str, list[Edge]] = {}
    for edge in draft.edges:
        edges.setdefault(edge.after, []).append(edge)
    return Remarks(
        head=tuple(teller.head(draft, name)),
        meeting=tuple(teller.meeting(draft.meeting)),
        steps={
            step.key: tuple(teller.step(step, edges.get(step.key, []), names, latest.get(step.key)))
            for step in draft.steps
        },
        foot=tuple(teller.findings(draft)),
    )


def proposal_words(proposal: Proposal, language: Language) -> str:
    """What the law says, where, and to whom it applies."""
    law, scope = retell(proposal.law, language), retell(proposal.scope, language)
    return translate("{law} – {cite}, áp dụng cho {scope}.", language).format(law=law, cite=proposal.cite, scope=scope)


def latest_words(latest: LatestSafe, language: Language) -> str:
    """By when a step should end for the sake of those that follow, and how many working days it has to spare."""
    if latest.slack < 0:
        template = "lẽ ra phải xong chậm nhất ngày {day} để các việc sau kịp hạn; thiếu {lack} ngày làm việc."
    elif not latest.slack:
        template = "nên xong chậm nhất ngày {day} để các việc sau kịp hạn; không có ngày dự phòng."
    else:
        template = "nên xong chậm nhất ngày {day} để các việc sau kịp hạn; còn dư {slack} ngày làm việc."
    return translate(template, language).format(day=shown(latest.on), slack=latest.slack, lack=-latest.slack)


class _Teller:
    """Says one thing after the other in a language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def head(self, draft: Draft, name: str) -> Iterator[str]:
        yield self._say(
            "Bản nháp đọc từ văn bản «{name}». Chữ trong «…» là nguyên văn; dòng ĐỀ XUẤT và CHƯA RÕ là chỗ cần xem lại. "
            "Sửa xong, xóa các dòng chú thích này cũng được.",
            name=name,
        )
        if draft.chair:
            yield self._say("Chủ trì hội nghị: {chair}.", chair=draft.chair)

    def meeting(self, meeting: DraftMeeting) -> Iterator[str]:
        if meeting.source is not None:
            yield self._quoted(meeting.source)
        if meeting.tentative:
            yield self._say("Văn bản ghi ngày họp là dự kiến.")

    def step(
        self, step: DraftStep, edges: list[Edge], names: dict[str, str], latest: LatestSafe | None
    ) -> Iterator[str]:
        if step.proposed is not None:
            yield self._proposed(step, step.proposed)
        yield from map(self._quoted, step.sources)
        if step.owner_source is not None:
            yield self._say("Chủ trì lấy từ: «{words}»", words=step.owner_source.text)
        if step.reference is not None:
            yield self._say("CHƯA RÕ: văn bản chỉ ghi «{words}», không cho biết ngày nào.", words=step.reference)
        if step.deadline is not None:
            yield from self._deadline(step.deadline)
        yield from self._order(edges, names)
        if latest is not None:
            yield self._say("Tính lùi: {words}", words=latest_words(latest, self._language))

    def findings(self, draft: Draft) -> Iterator[str]:
        if draft.findings:
            yield self._say("Phát hiện khi đọc văn bản (sau khi sửa, hãy kiểm tra lại bằng «doithoai check»):")
        for finding in draft.findings:
            yield f"{self._say(SEVERITY_WORDS[finding.severity])}: {finding_sentence(finding, self._language)}"

    def _say(self, text: str, **fields: object) -> str:
        return translate(text, self._language).format(**fields)

    def _quoted(self, source: Source) -> str:
        template = "Nhắc lại: «{words}»" if source.restates else "Văn bản: «{words}»"
        return self._say(template, words=source.text)

    def _proposed(self, step: DraftStep, proposal: Proposal) -> str:
        template = (
            "ĐỀ XUẤT HẠN (văn bản không ghi hạn của việc này): {law}"
            if step.sources
            else "ĐỀ XUẤT VIỆC (văn bản không ghi việc này): {law}"
        )
        return self._say(template, law=proposal_words(proposal, self._language))

    def _deadline(self, deadline: DraftDeadline) -> Iterator[str]:
        if deadline.rule is None:
            yield self._say("CHƯA RÕ: hạn ghi «{words}» chưa tính được thành ngày.", words=deadline.wording)
        if deadline.inherited_from is not None:
            yield self._say("Hạn lấy từ chỗ khác trong văn bản: «{words}»", words=deadline.inherited_from)
        if deadline.tentative:
            yield self._say("Văn bản ghi hạn này là dự kiến.")
        if deadline.extension is not None and deadline.extension.condition:
            yield self._say("Được kéo dài khi: «{words}»", words=deadline.extension.condition)

    def _order(self, edges: Iterable[Edge], names: Mapping[str, str]) -> Iterator[str]:
        """What must come first, those with the same reason together."""
        first: dict[str, list[str]] = {}
        for edge in edges:
            first.setdefault(edge.why, []).append(f"«{names.get(edge.before, edge.before)}»")
        for why, before in first.items():
            yield self._say("Sau {before}: {why}", before=listed(before), why=retell(why, self._language))
