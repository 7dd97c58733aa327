"""The ladder of notices of each kind of plan, and of a running plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.domain.commands import AdoptLadder
from workflow.domain.cycle import Cycle
from workflow.domain.deciding_ladder import check_ladder
from workflow.domain.definition import PlanKind
from workflow.domain.errors import BadInput
from workflow.domain.ladder import DEFAULT_LADDER, Ladder
from workflow.ports import Store
from workflow.services.plans import handle
from workflow.services.terms import TermsOf


class PlanKindUnknown(BadInput):
    template = "Không có loại kế hoạch «{kind}»; các loại là: {known}."


@dataclass(frozen=True, slots=True)
class LadderOfKind:
    """The ladder with which plans of a kind start; `own`: it was set here, else it is the one that is shipped."""

    kind: PlanKind
    ladder: Ladder
    own: bool


def kind_named(name: str) -> PlanKind:
    """The kind of plan of that name. Raises `PlanKindUnknown`."""
    if name not in {kind.value for kind in PlanKind}:
        raise PlanKindUnknown(kind=name, known=", ".join(kind.value for kind in PlanKind))
    return PlanKind(name)


def ladder_of(store: Store, kind: PlanKind) -> LadderOfKind:
    """The ladder of a kind."""
    with store.reading() as uow:
        own = uow.ladders.get(kind)
    return LadderOfKind(kind, DEFAULT_LADDER if own is None else own, own is not None)


def set_ladder(store: Store, kind: PlanKind, ladder: Ladder | None, *, at: datetime, actor: str) -> None:
    """Let plans of a kind that start from now on have this ladder; None: the shipped one again.

    Running plans keep theirs. Raises what `check_ladder` refuses with.
    """
    if ladder is not None:
        check_ladder(ladder)
    with store() as uow:
        uow.ladders.put(kind, ladder, at=at, actor=actor)
        uow.commit()


def adopt_in_plan(
    store: Store, terms_of: TermsOf, plan_id: str, ladder: Ladder | None, *, at: datetime, actor: str
) -> Cycle:
    """Let a running plan climb this ladder from now on; None: that of its kind. Raises `PlanNotFound`."""
    if ladder is None:
        with store.reading() as uow:
            kind = uow.plans.get(plan_id).definition.kind
        ladder = ladder_of(store, kind).ladder
    return handle(store, terms_of, plan_id, AdoptLadder(ladder), at=at, actor=actor)
