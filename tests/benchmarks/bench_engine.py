"""The engine beside raw SQL and beside a workflow engine, on both databases. Run: make bench.

Each row is a ratio measured in this very run, with its limit. «raw» is the same statement through the bare driver.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg

from calendars.rules import Unit, Within
from tests.builders import office_terms
from tests.contract.databases import migrated_postgresql, migrated_sqlite
from workflow.domain.commands import AnswerPetition, Command, CompleteStep, RaisePetition
from workflow.domain.definition import ForEach, PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.petition import Answer, AnsweredWhere, Petitioner, RaisedWhen, Result
from workflow.ports import Notice
from workflow.services.plans import handle, start_plan
from workflow.store.sql import SqlStore

PLANS = int(os.environ.get("BENCH_PLANS", "114286"))
STEPS_A_PLAN = 14
SHARED = 7
"""Which of a plan's steps fans out over its petitions."""

PETITIONS = 50
DUE = 1600
OPEN = 100_000
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
TERMS = office_terms()
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def say(what: str, measured: str, limit: str, verdict: str = "") -> None:
    """One row of the table."""
    sys.stdout.write(f"{what:<66} {measured:>22} {limit:>16} {verdict:>7}\n")


def row(what: str, measured: float, limit: float, unit: str, note: str = "") -> None:
    """A measured figure beside its limit."""
    say(
        what + (f" ({note})" if note else ""),
        f"{measured:.2f}{unit}",
        f"≤ {limit:g}{unit}",
        "ok" if measured <= limit else "MISSED",
    )


def milliseconds(work: Callable[[], object], runs: int = 15) -> float:
    """Median time of the work, the first run left out."""
    work()
    spent = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


# ── a filled database ────────────────────────────────────────────────────────────────────────────────────────


def plan_rows(count: int) -> Iterator[dict[str, Any]]:
    """Rows of plans."""
    for number in range(count):
        yield {
            "plan_id": f"p{number:06}", "title": "Đối thoại", "kind": "dialogue", "organization": f"Xã {number % 114}",
            "calendar": "office", "status": "running", "started_at": NOW, "version": 1, "steps": STEPS_A_PLAN, "done": 0,
            "folded": "doi thoai",
        }  # fmt: skip


def step_rows(count: int, due: int) -> Iterator[dict[str, Any]]:
    """Rows of open steps, `due` of which the clock owes something, spread over all plans."""
    every = max(1, count * STEPS_A_PLAN // due)
    for number in range(count * STEPS_A_PLAN):
        wakes = NOW - timedelta(seconds=number % 997) if number % every == 0 else NOW + timedelta(days=1 + number % 300)
        counts_since = date(2026, 1, 1) + timedelta(days=number % 340)
        yield {
            "plan_id": f"p{number // STEPS_A_PLAN:06}", "key": f"s{number % STEPS_A_PLAN}", "place": number % STEPS_A_PLAN,
            "name": "Trả lời kiến nghị", "kind": "answer_issues", "owner": f"Phòng {number % 9}", "status": "open",
            "revision": 1, "due_on": counts_since + timedelta(days=10), "due_at": NOW + timedelta(days=number % 300),
            "safe_on": counts_since + timedelta(days=10), "projected": False, "provisional": False,
            "late_working_days": 0, "back_dated": False, "wake_at": wakes, "parts": 0, "stopped": False, "extended": False,
            "organization": f"Xã {number // STEPS_A_PLAN % 114}", "event_on": counts_since,
            "counts_since": counts_since, "counts_until": counts_since + timedelta(days=11),
        }  # fmt: skip


def fill(url: str, plans: int, due: int) -> None:
    """Fill the read tables through the driver, as fast as it goes."""
    for table, rows in (("plans", plan_rows(plans)), ("steps", step_rows(plans, due))):
        if url.startswith("sqlite"):
            _fill_sqlite(url, table, rows)
        else:
            _fill_postgresql(url, table, rows)


def _fill_sqlite(url: str, table: str, rows: Iterator[dict[str, Any]]) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        first = next(rows)
        names = list(first)
        places = ", ".join("?" * len(names))
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"
        connection.execute(statement, _plain(first))
        connection.executemany(statement, map(_plain, rows))
        connection.execute("ANALYZE")


def _plain(values: dict[str, Any]) -> list[Any]:
    """Values as the store writes them into SQLite."""
    return [
        value.strftime("%Y-%m-%d %H:%M:%S.%f")
        if isinstance(value, datetime)
        else str(value)
        if isinstance(value, date)
        else value
        for value in values.values()
    ]


def _fill_postgresql(url: str, table: str, rows: Iterator[dict[str, Any]]) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        first = next(rows)
        with connection.cursor().copy(f"COPY {table} ({', '.join(first)}) FROM STDIN") as copy:
            copy.write_row(list(first.values()))
            for each in rows:
                copy.write_row(list(each.values()))
        connection.execute("VACUUM ANALYZE")


@contextmanager
def raw_connection(url: str) -> Iterator[Any]:
    """The bare driver."""
    made: Any = sqlite3.connect(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else psycopg.connect(url)
    with closing(made):
        yield made


# ── what is measured ─────────────────────────────────────────────────────────────────────────────────────────

RAW_DUE = """
WITH due AS MATERIALIZED (SELECT plan_id, wake_at FROM steps WHERE wake_at < {now})
SELECT plan_id FROM due GROUP BY plan_id ORDER BY min(wake_at), plan_id LIMIT 2000
"""


def due_query(name: str, url: str) -> None:
    """Finding what is due among 1.6 million steps."""
    sqlite = url.startswith("sqlite")
    statement = RAW_DUE.format(now="?" if sqlite else "%s")
    when: Any = NOW.strftime("%Y-%m-%d %H:%M:%S.%f") if sqlite else NOW
    with closing(SqlStore(url)) as store, raw_connection(url) as bare:

        def ours() -> int:
            with store.reading() as uow:
                return len(uow.plans.waking(NOW, 2000))

        def raw() -> int:
            return len(bare.execute(statement, (when,)).fetchall())

        assert ours() == raw() > DUE * 0.9
        mine, theirs = milliseconds(ours), milliseconds(raw)
    note = f"{PLANS * STEPS_A_PLAN:,} steps, {DUE} due"
    row(f"{name}: what is due, beside raw SQL", mine / theirs, 1.5, "×", note)
    row(f"{name}: what is due", mine, 3, " ms", note)


def notices() -> list[Notice]:
    """One notice for each step due."""
    return [
        Notice(
            key=f"p{number:06}/s0/1/warn_1/lan/email", plan_id=f"p{number:06}", step="s0", revision=1, rung="warn_1",
            person_id="lan", person_name="Lan", address="lan@xa.vn", channel="email", owed_at=NOW, try_at=NOW,
        )
        for number in range(DUE)
    ]  # fmt: skip


def to_outbox(name: str, url: str) -> None:
    """Writing the notices of what is due."""
    owed = notices()
    columns = [*Notice.__dataclass_fields__]
    sqlite = url.startswith("sqlite")
    place = "?" if sqlite else "%s"
    statement = f"INSERT INTO notices ({', '.join(columns)}) VALUES ({', '.join([place] * len(columns))}) ON CONFLICT DO NOTHING"
    values = [[_cell(getattr(each, column), sqlite=sqlite) for column in columns] for each in owed]
    with closing(SqlStore(url)) as store, raw_connection(url) as bare:

        def ours() -> None:
            with store() as uow:
                assert uow.outbox.add(owed) == DUE

        def raw() -> None:
            bare.cursor().executemany(statement, values)
            bare.rollback()

        mine, theirs = milliseconds(ours), milliseconds(raw)
    row(f"{name}: due to outbox, beside raw SQL", mine / theirs, 1.6, "×", f"{DUE} notices, {mine:.1f} ms")


def _cell(value: Any, *, sqlite: bool) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f") if sqlite else value
    return getattr(value, "value", value)


def one_swap(name: str, url: str, limit: float) -> None:
    """Which limits a swap of one day can move, among 100,000 open ones."""
    with closing(SqlStore(url)) as store:

        def ours() -> int:
            with store.reading() as uow:
                return len(uow.plans.counting_over(date(2026, 9, 2), date(2026, 9, 3)))

        touched = ours()
        row(f"{name}: one swap over {OPEN:,} open limits", milliseconds(ours), limit, " ms", f"{touched} touched")


def office_plan() -> PlanDefinition:
    """The plan of a city's commune: fourteen steps one after the other, one of them for each open petition."""
    steps = [StepDefinition("s0", StepKind.PREPARE, "Việc 0", "VP", due=Within(5, Unit.WORKING_DAY, "start"))]
    for number in range(1, STEPS_A_PLAN):
        before = f"s{number - 1}"
        rule = Within(5, Unit.WORKING_DAY, before)
        fan_out = ForEach.OPEN_PETITION if number == SHARED else None
        steps.append(
            replace(steps[0], key=f"s{number}", name=f"Việc {number}", after=(before,), due=rule, for_each=fan_out)
        )
    return PlanDefinition("Đối thoại", PlanKind.DIALOGUE, "UBND xã", tuple(steps))


def our_step(url: str) -> float:
    """Milliseconds of one durable step: load, decide, append, update, outbox, commit."""
    spent: list[float] = []
    with closing(SqlStore(url)) as store:
        at = datetime(2026, 4, 6, 2, tzinfo=UTC)
        started_on = date(2026, 4, 6)
        made = start_plan(store, lambda *_: TERMS, office_plan(), started_on=started_on, at=at, actor="a")
        for number in range(PETITIONS):
            raised = RaisePetition(f"Kiến nghị {number}", Petitioner("Bà Tâm"), RaisedWhen.BEFORE_MEETING, lead="VP")
            handle(store, lambda *_: TERMS, made.plan_id, raised, at=at, actor="a")
        for command in _acts():
            at += timedelta(days=1)
            if isinstance(command, AnswerPetition):
                answer = replace(command.answer, answered_on=at.date())
                command = replace(command, answer=answer)
            began = time.perf_counter()
            handle(store, lambda *_: TERMS, made.plan_id, command, at=at, actor="a")
            spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def _acts() -> Iterator[Command]:
    answer = Answer(AnsweredWhere.IN_WRITING, Result.SETTLED, date(2026, 4, 6), "1/VP")
    for number in range(STEPS_A_PLAN - 1):
        if number == SHARED:
            yield from (AnswerPetition(f"p{petition + 1}", answer) for petition in range(PETITIONS))
        else:
            yield CompleteStep(f"s{number}")


def bpmn() -> bytes:
    """The same plan as a BPMN process of manual tasks."""
    names = ["begin", *(f"s{n}" for n in range(SHARED)), "split"]
    after = ["join", *(f"s{n}" for n in range(SHARED + 1, STEPS_A_PLAN)), "end"]
    shares = [f"p{n}" for n in range(PETITIONS)]
    pairs = [*pairwise(names), *pairwise(after)]
    pairs += [("split", share) for share in shares] + [(share, "join") for share in shares]
    tasks = "".join(f'<manualTask id="{n}" name="Việc {n}"/>' for n in [*names[1:-1], *after[1:-1], *shares])
    gates = '<parallelGateway id="split"/><parallelGateway id="join"/>'
    flows = "".join(f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(pairs))
    body = f'<startEvent id="begin"/>{tasks}{gates}<endEvent id="end"/>{flows}'
    return f'<definitions xmlns="{BPMN}" id="d"><process id="plan" isExecutable="true">{body}</process></definitions>'.encode()


def their_step(folder: Path) -> float:
    """Milliseconds of SpiffWorkflow's restore, step and save into an SQLite file with the same durability."""
    from SpiffWorkflow import TaskState
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

    parser = BpmnParser()
    parser.add_bpmn_str(bpmn())
    serializer = BpmnWorkflowSerializer()
    spent: list[float] = []
    with closing(sqlite3.connect(folder / "spiff.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE saved (state TEXT)")
        workflow = BpmnWorkflow(parser.get_spec("plan"))
        workflow.do_engine_steps()
        connection.execute("INSERT INTO saved VALUES (?)", (serializer.serialize_json(workflow),))
        connection.commit()
        for _ in range(STEPS_A_PLAN - 2 + PETITIONS):
            began = time.perf_counter()
            (state,) = connection.execute("SELECT state FROM saved").fetchone()
            workflow = serializer.deserialize_json(state)
            workflow.get_next_task(state=TaskState.READY, manual=True).run()
            workflow.do_engine_steps()
            connection.execute("UPDATE saved SET state = ?", (serializer.serialize_json(workflow),))
            connection.commit()
            spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def durable_step(folder: Path) -> None:
    """A durable step of ours beside one of SpiffWorkflow."""
    mine, theirs = our_step(migrated_sqlite(folder)), their_step(folder)
    what = f"durable step, SpiffWorkflow's beside ours ({theirs:.1f} ms, {mine:.1f} ms)"
    say(what, f"{theirs / mine:.1f}×", "≥ 10×", "ok" if theirs / mine >= 10 else "MISSED")


def rehearsal() -> None:
    """The whole cycle of the example S3, inside the process."""
    from workflow.planfile import read_plan
    from workflow.services.rehearsing import rehearse
    from workflow.store import memory_store

    plan = read_plan(Path("examples/s3-bac-thanh-mien-2026.yaml"))
    row("rehearsal of S3", milliseconds(lambda: rehearse(memory_store(), TERMS, plan), 7), 300, " ms")


def main() -> None:
    """Print each figure beside its limit."""
    say("engine", "measured", "limit")
    rehearsal()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        durable_step(folder)
        small, large = migrated_sqlite(folder), migrated_sqlite(folder)
        fill(small, OPEN // STEPS_A_PLAN + 1, 100)
        one_swap("SQLite", small, 100)
        fill(large, PLANS, DUE)
        due_query("SQLite", large)
        to_outbox("SQLite", large)
    with migrated_postgresql() as small, migrated_postgresql() as large:
        fill(small, OPEN // STEPS_A_PLAN + 1, 100)
        one_swap("PostgreSQL", small, 75)
        fill(large, PLANS, DUE)
        due_query("PostgreSQL", large)
        to_outbox("PostgreSQL", large)


if __name__ == "__main__":
    main()
