"""Plans in preparation: read out of a document, made from a template or from a file, corrected, then started.

Each lies in a folder of its own in the data folder, under a random name: the plan file as it stands, the document it
came from, and the pages made of it. It belongs to the organization of whoever began it.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import NotFound
from workflow.domain.ladder import Audience
from workflow.domain.names import folded
from workflow.planfile import parse_plan
from workflow.ports import Person
from workflow.services.drafting import replace_file
from workflow.services.permissions import NotPermitted

FOLDER = "drafts"
PLAN, ABOUT, PANE, PAGE, FINDINGS = "plan.yaml", "about.json", "pane.html", "page.html", "findings.json"
_ID = re.compile(r"[A-Za-z0-9_-]{16,40}")
_LEADING = frozenset({Audience.COORDINATOR, Audience.CHAIR})


class DraftUnknown(NotFound):
    template = "Không có bản nháp này, hoặc bản nháp đã được bắt đầu hay đã xóa; hãy xem danh sách kế hoạch."


@dataclass(frozen=True, slots=True)
class About:
    """What a draft is: `name` of the file or template it came from, `organization` of whoever began it, `version` of the
    plan file, which counts every change."""

    draft_id: str
    name: str
    organization: str
    person_id: str
    begun_at: datetime
    changed_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft: what it is, its plan file, the document beside it as safe HTML ("" without one) and what was found in it."""

    about: About
    plan_text: str
    pane: str
    findings: tuple[str, ...]

    @property
    def definition(self) -> PlanDefinition:
        """The plan as its file stands. Raises `PlanFileErrors`."""
        return parse_plan(self.plan_text, PLAN)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The plans in preparation of an installation; nobody but those who lead plans of the organization sees them."""

    folder: Path

    def begin(self, person: Person, name: str, plan_text: str, *, at: datetime) -> About:
        """A new draft. Raises `NotPermitted` for somebody who leads no plans."""
        _check(person)
        about = About(secrets.token_urlsafe(16), name, person.organization, person.person_id, at, at)
        self._write(about, {PLAN: plan_text})
        return about

    def beside(self, about: About, *, pane: str, page: str, findings: Sequence[str]) -> None:
        """Keep what was made of the document."""
        self._write(about, {PANE: pane, PAGE: page, FINDINGS: json.dumps(list(findings), ensure_ascii=False)})

    def get(self, person: Person, draft_id: str) -> Prepared:
        """A draft of the person's organization. Raises `DraftUnknown`."""
        about = self._about(draft_id)
        if about is None or not _sees(person, about):
            raise DraftUnknown
        place = self.folder / draft_id
        found = json.loads(_text(place / FINDINGS) or "[]")
        return Prepared(about, _text(place / PLAN), _text(place / PANE), tuple(found))

    def page(self, person: Person, draft_id: str) -> str:
        """The page of document and plan side by side. Raises `DraftUnknown`, also for a draft without a document."""
        self.get(person, draft_id)
        page = _text(self.folder / draft_id / PAGE)
        if not page:
            raise DraftUnknown
        return page

    def change(self, person: Person, draft_id: str, plan_text: str, *, at: datetime) -> About:
        """Put another plan file in its place. Raises `DraftUnknown`."""
        about = self.get(person, draft_id).about
        changed = replace(about, changed_at=at, version=about.version + 1)
        self._write(changed, {PLAN: plan_text})
        return changed

    def all(self, person: Person) -> list[About]:
        """The drafts that a person sees, the one changed last first."""
        found = [self._about(path.name) for path in self.folder.glob("*") if path.is_dir()]
        theirs = [about for about in found if about is not None and _sees(person, about)]
        return sorted(theirs, key=lambda about: about.changed_at, reverse=True)

    def remove(self, person: Person, draft_id: str) -> None:
        """Put a draft away for good. Raises `DraftUnknown`."""
        self.get(person, draft_id)
        shutil.rmtree(self.folder / draft_id, ignore_errors=True)

    def _about(self, draft_id: str) -> About | None:
        if not _ID.fullmatch(draft_id):
            return None
        try:
            kept = json.loads((self.folder / draft_id / ABOUT).read_text(encoding="utf-8"))
            times = {name: datetime.fromisoformat(kept[name]) for name in ("begun_at", "changed_at")}
            return About(**{**kept, **times})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _write(self, about: About, files: dict[str, str]) -> None:
        for name, text in files.items():
            replace_file(self.folder / about.draft_id / name, text)
        told = json.dumps(asdict(about), default=datetime.isoformat, ensure_ascii=False)
        replace_file(self.folder / about.draft_id / ABOUT, told)


def may_prepare(person: Person) -> bool:
    """Whether somebody may prepare plans at all: those who lead plans."""
    return person.role in _LEADING


def _check(person: Person) -> None:
    if not may_prepare(person):
        raise NotPermitted(organization=person.organization)


def _sees(person: Person, about: About) -> bool:
    return may_prepare(person) and folded(person.organization) in ("", folded(about.organization))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
