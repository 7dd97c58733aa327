"""Any event that can be recorded, as Hypothesis strategies."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

from hypothesis import strategies as st

from calendars import rules
from calendars.due_date import alternatives_of
from calendars.rules import Readings, Rule, Unit
from workflow.domain import events
from workflow.domain.definition import Evidence, ForEach, Meeting, PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.events import Event, Recorded
from workflow.domain.ladder import Audience, Base, Ladder, Rung
from workflow.domain.petition import (
    Answer,
    AnsweredWhere,
    Authority,
    Petition,
    Petitioner,
    RaisedWhen,
    Result,
    Transfer,
)
from workflow.domain.verdict import Tally, Verdict

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
keys = st.from_regex(r"[a-z][a-z_0-9]{0,9}", fullmatch=True)
days = st.dates(date(2015, 1, 1), date(2040, 12, 31))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
zones = st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(-timedelta(hours=9, minutes=30))])
instants = st.datetimes(datetime(2015, 1, 1), datetime(2040, 12, 31), timezones=zones)  # noqa: DTZ001
counts = st.integers(1, 400)
units = st.sampled_from(Unit)
shares = st.fractions(0, 1, max_denominator=100)


@st.composite
def windows(draw: st.DrawFn) -> Rule:
    """From a day to a later one."""
    since = draw(days)
    until = since + timedelta(days=draw(st.integers(1, 60)))
    return rules.Window(since, until, draw(st.none() | clocks), draw(st.none() | clocks))


@st.composite
def spans(draw: st.DrawFn) -> Rule:
    """A window with at most one end that is a day; an event may be named by a day."""
    names = keys | days.map(date.isoformat)
    ends = st.tuples(days, names | st.none()) | st.tuples(names, days | names)
    return rules.Span(*draw(ends))


simple_rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(rules.Within, counts, units, keys, st.booleans()),
    st.builds(rules.DaysBefore, counts, units, keys),
    st.builds(rules.Before, days),
    st.builds(rules.By, days, clocks | st.none()) | st.builds(rules.By, days, closing=st.booleans()),
    st.builds(rules.On, days, clocks | st.none(), st.booleans()),
    windows(),
    spans(),
    st.builds(rules.Month, st.integers(2015, 2040), st.integers(1, 12), st.booleans()),
    st.builds(rules.Quarter, st.integers(2015, 2040), st.integers(1, 4)),
    st.builds(rules.Yearly, st.integers(1, 12), st.integers(1, 28), st.booleans()),
    st.builds(rules.Recurring, counts, units, keys | st.none()),
    st.builds(rules.MonthlyWeekday, st.integers(0, 6), st.sampled_from((1, 2, 3, 4, -1))),
    st.builds(rules.SameDay, keys),
    st.builds(rules.After, keys),
    st.builds(rules.BeforeEvent, keys),
    st.builds(rules.Vague, st.sampled_from(["theo quy định", "kịp thời", "đúng thời hạn luật định"])),
)


def combined(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """The first or the last of some rules."""
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.builds(rules.FirstOf, some) | st.builds(rules.LastOf, some)


any_rule: st.SearchStrategy[Rule] = st.recursive(simple_rules, combined, max_leaves=4)

readings = st.builds(
    Readings,
    st.sampled_from(alternatives_of("before_date")),
    st.sampled_from(alternatives_of("fixed_date_on_rest_day")),
    st.sampled_from(alternatives_of("period_on_worked_saturday")),
    clocks,
)
meetings = st.builds(
    Meeting,
    days | st.none(),
    clocks | st.none(),
    st.tuples(st.integers(2015, 2040), st.integers(1, 12)) | st.none(),
    texts | st.none(),
)
steps = st.builds(
    StepDefinition,
    key=keys,
    kind=st.sampled_from(StepKind),
    name=texts,
    owner=texts | st.none(),
    after=st.lists(keys, max_size=3).map(tuple),
    due=any_rule | st.none(),
    extend=any_rule | st.none(),
    for_each=st.sampled_from(ForEach) | st.none(),
    evidence=st.lists(st.sampled_from(Evidence), max_size=2).map(tuple),
    in_meeting=st.booleans(),
    coordinating=st.lists(texts, max_size=2).map(tuple),
    recipient=texts | st.none(),
    extend_reasons=st.lists(texts, max_size=2).map(tuple),
    quorum=shares | st.none(),
    majority=shares | st.none(),
    part_of=keys | st.none(),
    item=texts | st.none(),
)
definitions = st.builds(
    PlanDefinition,
    title=texts,
    kind=st.sampled_from(PlanKind),
    organization=texts,
    steps=st.lists(steps, max_size=4, unique_by=lambda step: step.key).map(tuple),
    calendar=texts,
    meeting=meetings,
    readings=readings,
    document_number=texts | st.none(),
    issued_on=days | st.none(),
    template=texts | st.none(),
)
ladders: st.SearchStrategy[Ladder] = st.lists(
    st.builds(
        Rung,
        texts,
        st.sampled_from(Base),
        st.integers(0, 30),
        st.lists(st.sampled_from(Audience), max_size=3).map(tuple),
        counts | st.none(),
        texts | st.none(),
    ),
    max_size=4,
).map(tuple)
tallies = st.builds(Tally, counts, counts, counts | st.none())
verdicts = st.sampled_from(Verdict)
authorities = st.sampled_from(Authority)
answers = st.builds(
    Answer,
    st.sampled_from(AnsweredWhere),
    st.sampled_from(Result),
    days,
    texts | st.none(),
    texts | st.none(),
    texts | st.none(),
)
petitions = st.builds(
    Petition,
    keys,
    texts,
    st.builds(Petitioner, texts | st.none(), texts | st.none(), texts | st.none(), st.booleans()),
    st.sampled_from(RaisedWhen),
    days,
    topic=texts | st.none(),
    authority=authorities | st.none(),
    lead=texts | st.none(),
    coordinating=st.lists(texts, max_size=2).map(tuple),
    duplicate_of=keys | st.none(),
    answer=answers | st.none(),
    told_on=days | st.none(),
    transfers=st.lists(st.builds(Transfer, days, authorities, texts, texts, texts | st.none()), max_size=2).map(tuple),
)

some, none = texts | st.none(), st.none()
several = st.lists(texts, max_size=2).map(tuple)
proof = (some, days | none, some, some)

any_event: st.SearchStrategy[Event] = st.one_of(
    st.builds(events.PlanStarted, definitions, texts, ladders | none),
    st.builds(events.MeetingSet, days, clocks | none, some, days | none),
    st.builds(
        events.MeetingPostponed, texts, st.tuples(st.integers(2015, 2040), st.integers(1, 12)) | none, days | none
    ),
    st.builds(events.StepOpened, keys, instants),
    st.builds(events.StepJudged, keys, verdicts, days, counts),
    st.builds(events.DeadlineSet, keys, counts, days, instants, days, days | none, st.booleans(), st.booleans(), texts),
    st.builds(events.DeadlineLifted, keys, counts, texts),
    st.builds(events.DeadlineExtended, keys, any_rule | none, texts, texts, texts, some),
    st.builds(events.ExtensionAsked, keys, texts, texts, counts | none),
    st.builds(events.ExtensionDeclined, keys, texts),
    st.builds(events.DeadlineKept, keys, counts),
    st.builds(events.ClockStopped, keys, texts),
    st.builds(events.ClockRestarted, keys),
    st.builds(events.StepCompleted, keys, verdicts, days | none, counts, *proof, tallies | none),
    st.builds(events.CompletionCorrected, keys, texts, verdicts, days | none, counts, *proof),
    st.builds(events.StepSkipped, keys, texts),
    st.builds(events.StepReopened, keys, texts),
    st.builds(events.StepHandedOver, keys, texts, some, texts),
    st.builds(events.PartAdded, keys, keys, keys, texts, some, several, counts | none),
    st.builds(events.StepAcknowledged, keys, counts),
    st.builds(events.StepSnoozed, keys, counts, days),
    st.builds(events.PetitionRaised, petitions),
    st.builds(events.PetitionClassified, keys, some, authorities | none, some, several),
    st.builds(events.PetitionMerged, keys, keys),
    st.builds(events.PetitionAnswered, keys, answers),
    st.builds(events.PetitionerTold, keys, days),
    st.builds(events.PetitionTransferred, keys, authorities, texts, texts, some),
    st.builds(events.RungReached, keys, counts, texts),
    st.builds(events.LadderAdopted, ladders),
    st.builds(events.CalendarAdopted, texts),
    st.builds(events.PlanCompleted),
    st.builds(events.PlanCancelled, texts),
)
any_recorded = st.builds(Recorded, keys, counts, any_event, instants, instants, texts)
