"""`doithoai read`: documents into plan files, JSON and pages side by side."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.speech import Json, day, echo, emit, language, say, show, table, told
from workflow.domain.errors import BadInput
from workflow.language import finding_sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workflow.domain.lint import Finding
    from workflow.intake.draft import DraftMeeting, DraftStep
    from workflow.language import Language
    from workflow.services.drafting import Drafted

SUFFIXES = frozenset({".docx", ".pdf", ".txt", ".doc"})
BAD_INPUT = 2
_LONGEST_SOURCE = 60


class NoDocuments(BadInput):
    template = "Trong thư mục «{folder}» không có văn bản nào (.docx, .pdf, .txt, .doc); hãy kiểm tra lại thư mục."


class AlreadyThere(BadInput):
    template = "Đã có tệp «{file}»; hãy ghi ra tên khác, hoặc thêm --force để ghi đè."


class NotAFolder(BadInput):
    template = "Đọc nhiều văn bản thì --out và --html phải là thư mục, mà «{file}» là một tệp."


Documents = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help="Văn bản .docx, .pdf, .txt, .doc, hoặc thư mục.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="PLAN.yaml", help="Ghi tệp kế hoạch; nhiều văn bản thì là thư mục.")
]
Html = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="OUT.html", help="Ghi trang đối chiếu văn bản và các việc; nhiều văn bản thì là thư mục."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Ghi đè tệp đã có.")]


@dataclass(frozen=True, slots=True)
class Task:
    """A document and where its plan file and its page go; None: nowhere."""

    document: Path
    out: Path | None
    html: Path | None


def read(documents: Documents, out: Out = None, html: Html = None, force: Force = False, json: Json = False) -> None:
    """Read plan documents: steps with owners and limits, each tied to the words that it rests on."""
    from workflow.clock import SystemClock

    at = SystemClock().now()
    if len(documents) == 1 and not documents[0].is_dir():
        task = Task(documents[0], out, html)
        code = _read_one(task, at, force=force, json=json)
    else:
        code = _read_all(_tasks(documents, out, html), at, force=force, json=json)
    raise typer.Exit(code)


# ── one document ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Papers:
    """What is made of a draft, and what there is in it; such as can be sent between processes."""

    plan_text: str
    page: str | None
    answer: dict[str, Any] | None
    steps: int
    dated: int
    findings: int


def papers_of(path: Path, drafted: Drafted, *, html: bool, json: bool, spoken: Language) -> Papers:
    """The papers of a document's draft; `html` and `json` say which of them are wanted."""
    from workflow.documents.side_by_side import side_by_side
    from workflow.services.draft_json import draft_json

    draft, limits = drafted.draft, drafted.limits
    return Papers(
        plan_text=drafted.plan_text,
        page=side_by_side(drafted.document, draft, limits, name=path.name, language=spoken) if html else None,
        answer=draft_json(draft, limits, spoken) if json else None,
        steps=len(draft.steps),
        dated=sum(limit is not None for limit in limits.values()),
        findings=len(draft.findings),
    )


def _read_one(task: Task, at: datetime, *, force: bool, json: bool) -> int:
    from workflow.services.drafting import draft_plan

    _refuse_to_overwrite(task, force)
    drafted = draft_plan(task.document, at=at, language=language())
    papers = papers_of(task.document, drafted, html=task.html is not None, json=json, spoken=language())
    _write(task, papers)
    if json:
        emit(papers.answer)
    else:
        _tell(drafted, task)
    return 1 if papers.findings else 0


def _refuse_to_overwrite(task: Task, force: bool) -> None:
    for path in (task.out, task.html):
        if path is not None and path.exists() and not force:
            raise AlreadyThere(file=path)


def _write(task: Task, papers: Papers) -> None:
    from workflow.services.drafting import replace_file

    if task.out is not None:
        replace_file(task.out, papers.plan_text)
    if task.html is not None and papers.page is not None:
        replace_file(task.html, papers.page)


# ── what is said of it ────────────────────────────────────────────────────────────────────────────────────────


def _tell(drafted: Drafted, task: Task) -> None:
    draft = drafted.draft
    echo(draft.title)
    numbers = [
        say("số {number}", number=draft.document_number) if draft.document_number else "",
        say("ngày {day}", day=day(draft.issued_on)) if draft.issued_on else "",
    ]
    echo(" · ".join(filter(None, [draft.organization, *numbers])))
    echo(say("Hội nghị: {when}", when=_meeting(draft.meeting)))
    if draft.chair:
        echo(say("Chủ trì: {chair}", chair=draft.chair))
    _steps(drafted)
    _proposals(drafted)
    for finding in draft.findings:
        echo(_finding(finding))
    _next(task)


def _meeting(meeting: DraftMeeting) -> str:
    if meeting.on is not None:
        when = day(meeting.on) + (f" {meeting.at:%H:%M}" if meeting.at else "")
    elif meeting.month is not None:
        when = say("tháng {month}", month="{1:02d}/{0}".format(*meeting.month))
    else:
        when = say("chưa rõ ngày")
    parts = [when, say("dự kiến") if meeting.tentative else "", meeting.place or ""]
    return ", ".join(filter(None, parts))


def _steps(drafted: Drafted) -> None:
    made = table("#", "Việc", "Chủ trì", "Hạn", "Nguồn")
    for number, step in enumerate(drafted.draft.steps, 1):
        made.add_row(str(number), step.name, step.owner or "–", _limit(step, drafted), _source(step))
    show(made)


def _limit(step: DraftStep, drafted: Drafted) -> str:
    limit = drafted.limits.get(step.key)
    said = step.deadline.wording if step.deadline else step.reference
    if limit is None:
        return f"«{said}»" if said else (say("trong hội nghị") if step.in_meeting else "–")
    opens = limit.opens_on if limit.opens_on != limit.due_on else None
    parts = [f"{day(opens)} – {day(limit.due_on)}" if opens else day(limit.due_on)]
    if limit.safe_on != limit.due_on:
        parts.append(say("nên xong {day}", day=day(limit.safe_on)))
    if limit.projected:
        parts.append(say("tạm tính"))
    return ", ".join(parts) + (f" «{said}»" if said else "")


def _source(step: DraftStep) -> str:
    if not step.sources:
        return say("đề xuất")
    words = step.sources[0].text
    return words if len(words) <= _LONGEST_SOURCE else f"{words[:_LONGEST_SOURCE].rstrip()}…"


def _proposals(drafted: Drafted) -> None:
    for step in drafted.draft.steps:
        if step.proposed is not None:
            law, scope = told(step.proposed.law), told(step.proposed.scope)
            fields = {"step": step.name, "law": law, "cite": step.proposed.cite, "scope": scope}
            echo(say("ĐỀ XUẤT «{step}»: {law} – {cite}, áp dụng cho {scope}.", **fields))


def _finding(finding: Finding) -> str:
    marks = {"error": say("LỖI"), "warning": say("CẢNH BÁO"), "info": say("LƯU Ý")}
    return f"{marks[finding.severity]} [{finding.code}] {finding_sentence(finding, language())}"


def _next(task: Task) -> None:
    for path in (task.out, task.html):
        if path is not None:
            echo(say("Đã ghi {file}", file=path))
    if task.out is None:
        echo(say("Ghi thành tệp kế hoạch: doithoai read {file} --out PLAN.yaml", file=_quoted(task.document)))
    else:
        out = _quoted(task.out)
        echo(say("Xem lại, rồi kiểm tra: doithoai check {file}, và bắt đầu: doithoai start {file}", file=out))


def _quoted(path: Path) -> str:
    from shlex import quote

    return quote(str(path))


# ── many documents ────────────────────────────────────────────────────────────────────────────────────────────


def _tasks(documents: list[Path], out: Path | None, html: Path | None) -> list[Task]:
    """Where everything goes: below the folders named, under the documents' own names and folders."""
    for folder in (out, html):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise NotAFolder(file=folder)
    found = [pair for each in documents for pair in _found(each)]
    bases = _told_apart([inner for _, inner in found])
    return [
        Task(path, _below(out, base, ".yaml"), _below(html, base, ".html"))
        for (path, _), base in zip(found, bases, strict=True)
    ]


def _told_apart(inner: list[Path]) -> Iterator[Path]:
    """A name for what is made of each document: its own without its ending, more where two would have the same."""
    stems = Counter(path.with_suffix("") for path in inner)
    taken: Counter[Path] = Counter()
    for path in inner:
        base = path.with_suffix("") if stems[path.with_suffix("")] == 1 else path
        taken[base] += 1
        yield base if taken[base] == 1 else base.with_name(f"{base.name}-{taken[base]}")


def _below(folder: Path | None, base: Path, suffix: str) -> Path | None:
    return None if folder is None else folder / base.with_name(base.name + suffix)


def _found(each: Path) -> Iterator[tuple[Path, Path]]:
    """The documents that a word of the command names, each with its place below the folder."""
    if not each.is_dir():
        yield each, Path(each.name)
        return
    inside = sorted(
        path
        for path in each.rglob("*")
        if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file()
    )
    if not inside:
        raise NoDocuments(folder=each)
    yield from ((path, path.relative_to(each)) for path in inside)


@dataclass(slots=True)
class _Tally:
    """What came of many documents."""

    fine: int = 0
    doubtful: int = 0
    bad: int = 0

    @property
    def code(self) -> int:
        """The exit code."""
        return BAD_INPUT if self.bad else min(self.doubtful, 1)


def _read_all(tasks: list[Task], at: datetime, *, force: bool, json: bool) -> int:
    from workflow.services.drafting import draft_many

    make = partial(papers_of, html=any(task.html for task in tasks), json=json, spoken=language())
    tally, answers = _Tally(), []
    with _bar(len(tasks)) as advance:
        done = draft_many([task.document for task in tasks], make, at=at, language=language())
        for task, (_, outcome) in zip(tasks, done, strict=True):
            line, answer = _finish(task, outcome, tally, force=force)
            answers.append({"file": str(task.document), **answer})
            if not json:
                echo(f"{task.document.name}: {line}")
            advance()
    if json:
        emit(answers)
    else:
        echo(_summary(tally))
    return tally.code


def _finish(task: Task, outcome: Papers | BadInput, tally: _Tally, *, force: bool) -> tuple[str, dict[str, Any]]:
    """Write what came of a document and count it: what is said of it, and what JSON says."""
    try:
        if isinstance(outcome, BadInput):
            raise outcome
        _refuse_to_overwrite(task, force)
        _write(task, outcome)
    except BadInput as error:
        tally.bad += 1
        said = sentence(error, language())
        return said, {"error": said}
    tally.doubtful += bool(outcome.findings)
    tally.fine += not outcome.findings
    return _line(outcome, task), outcome.answer or {}


def _line(papers: Papers, task: Task) -> str:
    counts = say(
        "{steps} việc, {dated} có ngày, {findings} phát hiện",
        steps=papers.steps,
        dated=papers.dated,
        findings=papers.findings,
    )
    return counts if task.out is None else f"{counts} → {task.out}"


def _summary(tally: _Tally) -> str:
    return say(
        "{count} văn bản: {fine} không có gì phải xem lại, {doubtful} có phát hiện, {bad} không đọc hoặc không ghi được.",
        count=tally.fine + tally.doubtful + tally.bad,
        fine=tally.fine,
        doubtful=tally.doubtful,
        bad=tally.bad,
    )


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on the terminal's error output; what is yielded moves it by one."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shared = sys.stdout.isatty()  # lines go above the bar only where both are on the same screen
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal, redirect_stdout=shared
    ) as progress:
        bar = progress.add_task("", total=total)
        yield lambda: progress.advance(bar)


COMMANDS = (("read", "Đọc văn bản kế hoạch thành các việc có chủ trì và thời hạn, kèm nguồn trong văn bản.", read),)
