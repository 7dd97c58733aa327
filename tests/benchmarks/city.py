"""A city's data for measuring: a few plans run by the real engine, copied by SQL into every commune's tables.

The plans of the first commune have their logs, so that their pages open; the copies have their rows only.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, NullPool, create_engine, text

from calendars.rules import Unit, Within
from tests.builders import office_terms
from workflow.domain.commands import AnswerPetition, Command, CompleteStep, RaisePetition, Sweep
from workflow.domain.cycle import Cycle, StepStatus
from workflow.domain.definition import ForEach, PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.ladder import Audience
from workflow.domain.names import slug
from workflow.domain.petition import Answer, AnsweredWhere, Petitioner, RaisedWhen, Result
from workflow.domain.zone import day_of
from workflow.ports import Organization, Person, Store
from workflow.services.plans import handle, start_plan
from workflow.services.sweeping import sweep
from workflow.store.sql import SqlStore
from workflow.store.tables import METADATA

COMMUNES = int(os.environ.get("BENCH_COMMUNES", "114"))
PLANS_EACH = int(os.environ.get("BENCH_PLANS_EACH", "40"))
PETITIONS = int(os.environ.get("BENCH_PETITIONS", "50"))
MODELS = 8
"""How many different plans the engine runs; the others are copies of them."""

FANNED = int(os.environ.get("BENCH_FANNED", "1"))
"""In how many of them answering fans out into a part for each petition, which adds fifty steps to the fourteen."""

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
TERMS = office_terms()
CITY = "UBND thành phố"
UNITS = ("Văn phòng", "Phòng Kinh tế", "Phòng Văn hóa – Xã hội", "Ủy ban MTTQ xã", "Công an xã", "Trung tâm phục vụ")
STEPS = (
    (StepKind.PREPARE, "Ban hành kế hoạch đối thoại"),
    (StepKind.ANNOUNCE, "Thông báo thời gian, địa điểm đối thoại"),
    (StepKind.DISTRIBUTE_FORMS, "Phát phiếu lấy ý kiến"),
    (StepKind.COLLECT_FORMS, "Thu phiếu và tổng hợp ý kiến"),
    (StepKind.CLASSIFY_ISSUES, "Phân loại kiến nghị theo lĩnh vực"),
    (StepKind.DRAFT_ANSWERS, "Dự thảo văn bản trả lời"),
    (StepKind.HOLD_MEETING, "Hội nghị đối thoại"),
    (StepKind.ISSUE_CONCLUSION, "Ban hành thông báo kết luận"),
    (StepKind.ANSWER_ISSUES, "Trả lời từng kiến nghị"),
    (StepKind.OTHER, "Niêm yết công khai kết quả trả lời"),
    (StepKind.REPORT_UP, "Báo cáo kết quả lên cấp trên"),
    (StepKind.SUPERVISE, "Giám sát việc thực hiện kết luận"),
    (StepKind.REVIEW, "Rút kinh nghiệm"),
    (StepKind.OTHER, "Lưu hồ sơ"),
)
ANSWERS = next(place for place, (kind, _) in enumerate(STEPS) if kind is StepKind.ANSWER_ISSUES)


def commune(number: int) -> str:
    """The name of a commune."""
    return f"UBND xã {number:03}"


def fill(url: str) -> list[str]:
    """Fill an empty, migrated database; ids of the plans that have a log, all of the first commune."""
    store = SqlStore(url)
    _seat(store)
    plans = [_run(store, number) for number in range(min(MODELS, PLANS_EACH))]
    sweep(store, lambda *_: TERMS, at=NOW)
    store.close()
    _copy(url, len(plans))
    return plans


def _seat(store: Store) -> None:
    with store() as uow:
        uow.organizations.put(Organization(slug(CITY), CITY))
        for number in range(COMMUNES):
            name = commune(number)
            uow.organizations.put(Organization(slug(name), name, slug(CITY)))
            uow.directory.put(Person(f"lan{number}", "Nguyễn Thị Lan", None, UNITS[0], Audience.COORDINATOR, name))
            for place, unit in enumerate(UNITS[1:]):
                person = Person(f"can{number}-{place}", f"Trần Văn {place}", None, unit, Audience.OWNER, name)
                uow.directory.put(person)
        uow.directory.put(Person("sat", "Đỗ Thị Sát", None, "HĐND", Audience.SUPERVISOR, CITY))
        uow.directory.put(Person("pho", "Lê Văn Phố", None, UNITS[0], Audience.COORDINATOR, CITY))
        uow.commit()


def definition(number: int) -> PlanDefinition:
    """A plan of fourteen steps one after the other."""
    steps: list[StepDefinition] = []
    for place, (kind, name) in enumerate(STEPS):
        step = StepDefinition(
            f"s{place}",
            kind,
            name,
            owner=UNITS[(place + number) % len(UNITS)],
            due=Within(5, Unit.WORKING_DAY, "start"),
        )
        if place:
            step = replace(step, after=(f"s{place - 1}",), due=Within(5, Unit.WORKING_DAY, f"s{place - 1}"))
        fans_out = place == ANSWERS and number >= min(MODELS, PLANS_EACH) - FANNED
        steps.append(replace(step, for_each=ForEach.OPEN_PETITION) if fans_out else step)
    title = f"Đối thoại của Chủ tịch UBND xã với Nhân dân đợt {number + 1}"
    return PlanDefinition(title, PlanKind.DIALOGUE, commune(0), tuple(steps))


def _run(store: Store, number: int) -> str:
    """One plan of the first commune, run up to some stage: each later one began earlier and has come further."""
    began_at = NOW - timedelta(days=25 + 14 * number)
    made = start_plan(
        store, lambda *_: TERMS, definition(number), started_on=day_of(began_at), at=began_at, actor="lan0"
    )
    for petition in range(PETITIONS):
        lead = UNITS[petition % len(UNITS)] if petition % 5 else None
        words = f"Kiến nghị {petition + 1}: đề nghị sửa đoạn đường liên thôn bị hư hỏng, bổ sung đèn chiếu sáng"
        raised = RaisePetition(words, Petitioner(f"Bà Tâm {petition}"), RaisedWhen.BEFORE_MEETING, lead=lead)
        handle(store, lambda *_: TERMS, made.plan_id, raised, at=began_at, actor="lan0")
    _act(store, made, began_at, late=number % 3)
    return made.plan_id


def _act(store: Store, cycle: Cycle, at: datetime, *, late: int) -> None:
    """Complete one step after the other, some a little late, until today."""
    while (at := at + timedelta(days=6 + late)) < NOW:
        opened = [step for step in cycle.steps.values() if step.status is StepStatus.OPEN]
        items = [step.definition.item for step in opened if step.definition.item]
        commands: list[Command] = [_answer(item, day_of(at)) for item in items[: max(1, PETITIONS // 2)]]
        keys = [step.definition.key for step in opened if step.definition.for_each is None and not step.definition.item]
        commands += [CompleteStep(key) for key in keys[:1]]
        for command in [Sweep(at), *commands]:
            cycle = handle(store, lambda *_: TERMS, cycle.plan_id, command, at=at, actor="lan0")


def _answer(petition: str, on: date) -> AnswerPetition:
    return AnswerPetition(petition, Answer(AnsweredWhere.IN_WRITING, Result.SETTLED, on, "1/VP"))


_SENT = text(
    "UPDATE notices SET status = 'sent', sent_at = owed_at, try_at = NULL WHERE CAST(owed_at AS VARCHAR) < :until"
)
"""All notices but those of the last hour have gone out."""

COPIED = ("plans", "steps", "petitions", "notices")


def _copy(url: str, models: int) -> None:
    """The rows of the plans that were run, once more for every other plan of every commune."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bench_copies (copy INTEGER, model TEXT, plan TEXT, organization TEXT)"))
        ran = list(connection.scalars(text("SELECT plan_id FROM plans ORDER BY started_at DESC")))
        values = [
            {"copy": number, "model": ran[number % models], "plan": f"p{number:05}", "organization": commune(number // PLANS_EACH)}
            for number in range(COMMUNES * PLANS_EACH)
            if number >= models
        ]  # fmt: skip
        connection.execute(text("INSERT INTO bench_copies VALUES (:copy, :model, :plan, :organization)"), values)
        connection.execute(_SENT, {"until": f"{NOW - timedelta(hours=1):%Y-%m-%d %H:%M}"})
        for table in COPIED:
            _copy_table(connection, table)
        connection.execute(text("DROP TABLE bench_copies"))
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))


def _copy_table(connection: Connection, table: str) -> None:
    names = [column.name for column in METADATA.tables[table].columns]
    changed = {"plan_id": "b.plan", "organization": "b.organization", "wake_at": "NULL"}
    if table == "notices":
        changed |= {"key": "b.plan || '/' || t.key"}
    taken = ", ".join(changed.get(name, f"t.{name}") for name in names)
    statement = f"INSERT INTO {table} ({', '.join(names)}) SELECT {taken} FROM bench_copies b JOIN {table} t ON t.plan_id = b.model"
    connection.execute(text(f"{statement} ORDER BY b.copy"))
