"""Who gets through at each address: a line for every route, else `test_authorization` fails.

A visitor is a role at a place. Places: `own` is the commune whose plan, person or other object the address names;
`other` is another commune; `above` is the city over both. Whoever passes is answered with anything but 401, 403, 404.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

COMMUNE = "UBND xã Bắc Thanh Miện"
ROLES = ("officer", "other_officer", "head", "coordinator", "chair", "supervisor", "administrator")
"""`officer` and `head` belong to the unit that owns the step; `other_officer` to another unit of the organization.

`administrator` is a person of that other unit who looks after accounts, too.
"""
PLACES = ("own", "other", "above")

ALL = frozenset(ROLES)
NOBODY: frozenset[str] = frozenset()
LEADING = frozenset({"coordinator", "chair"})
WRITING = ALL - {"supervisor"}


class Outcome(Enum):
    """How a request ends as far as rights are concerned."""

    PASSES = "passes"
    SIGN_IN = 401
    REFUSED = 403
    ABSENT = 404


@dataclass(frozen=True, slots=True)
class Rule:
    """Which roles of each place pass; the others are refused, or told that nothing is there: everybody of the places `absent`,
    administrators of the places `unseen`.

    `params`: what stands for the placeholders of the address, where it is not the usual. `fields`: of the form. `nothing`: the address leads nowhere here,
    whoever asks.
    """

    own: frozenset[str] = ALL
    other: frozenset[str] = ALL
    above: frozenset[str] = ALL
    anonymous: bool = False
    absent: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    nothing: bool = False
    params: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)

    def expected(self, role: str, place: str) -> Outcome:
        """How a visitor's request ends; role "" for one who has not signed in."""
        if self.nothing:
            return Outcome.ABSENT
        if not role and "" in self.absent:
            return Outcome.ABSENT
        if not role:
            return Outcome.PASSES if self.anonymous else Outcome.SIGN_IN
        passing: frozenset[str] = getattr(self, place)
        if role in passing:
            return Outcome.PASSES
        hidden = place in self.absent or (role == "administrator" and place in self.unseen)
        return Outcome.ABSENT if hidden else Outcome.REFUSED


PROOF = "0" * 64 + "-bien-ban.pdf"
"""A proof of the plan in these tests, by its name among the proofs."""

ANYONE = Rule(anonymous=True)
SIGNED_IN = Rule()
HIDDEN_ELSEWHERE = frozenset({"other"})
LEADS_SOMEWHERE = Rule(LEADING, LEADING, LEADING)
"""Whoever coordinates or chairs any organization."""
OPERATES = Rule(LEADING, NOBODY, LEADING)
"""Whoever coordinates or chairs an organization that sees every running plan; here all of them are of one commune."""
KEEPS = Rule(NOBODY, NOBODY, NOBODY)
"""Administrators of the whole installation, who belong to no organization; nobody here is one."""
READS_PLAN = Rule(other=NOBODY, absent=HIDDEN_ELSEWHERE)
"""The organization's own people and those above see it; for others it is not there."""
LEADS_PLAN = Rule(own=LEADING, other=NOBODY, above=NOBODY, absent=HIDDEN_ELSEWHERE)
"""Only who coordinates or chairs the organization itself; those above see and do not act."""
OWNS_STEP = replace(LEADS_PLAN, own=LEADING | {"officer", "head"})
"""And the people of the unit that owns the step."""
ADMINISTRATORS = frozenset({"administrator"})
ADMINISTERS_SOMETHING = Rule(ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS)
ADMINISTERS_PERSON = replace(ADMINISTERS_SOMETHING, other=NOBODY, unseen=HIDDEN_ELSEWHERE)
"""The administrators of the person's organization and of those above; other administrators find nothing."""
FOUND_BY_NO_ADMINISTRATOR = replace(ADMINISTERS_PERSON, own=NOBODY, above=NOBODY, unseen=frozenset(PLACES))
FOUND_BY_NOBODY = Rule(NOBODY, NOBODY, NOBODY, absent=frozenset(PLACES))
"""An address whose object is not there in these tests: only that one must sign in is tested."""

NO_SERVICE = replace(ANYONE, own=NOBODY, other=NOBODY, above=NOBODY, nothing=True)
"""Nothing is there for anybody."""


def _forms(under: str, *names: str) -> list[tuple[str, str]]:
    """The page of each form and where it is sent."""
    return [(method, f"{under}/{name}") for name in names for method in ("GET", "POST")]


RULES: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        # health and public pages
        ("GET", "/healthz"): ANYONE,
        ("GET", "/calendar"): ANYONE,
        ("GET", "/calendar/{year}"): ANYONE,
        ("GET", "/api/v1/docs"): ANYONE,
        ("GET", "/help"): ANYONE,
        ("GET", "/help/{page}"): replace(ANYONE, params={"page": "can-bo"}),
        # coming in and going out
        ("GET", "/sign-in"): ANYONE,
        ("POST", "/sign-in"): replace(
            ANYONE, fields={"name": "coordinator-own", "password": "một câu đúng là của tôi"}
        ),
        ("POST", "/sign-in/link"): replace(ANYONE, fields={"token": "{link}"}),
        ("GET", "/set-password"): replace(ANYONE, fields={"token": "{link}"}),
        ("POST", "/set-password"): replace(ANYONE, fields={"token": "{link}", "new": "ngắn", "again": "ngắn"}),
        ("GET", "/sign-in/oidc"): NO_SERVICE,
        ("GET", "/sign-in/oidc/back"): NO_SERVICE,
        ("POST", "/sign-out"): SIGNED_IN,
        # one's own account
        ("GET", "/account"): SIGNED_IN,
        ("GET", "/account/password"): SIGNED_IN,
        ("POST", "/account/password"): SIGNED_IN,
        ("GET", "/account/sessions/end"): SIGNED_IN,
        ("POST", "/account/sessions/end"): FOUND_BY_NOBODY,
        ("GET", "/account/sessions/end-others"): SIGNED_IN,
        ("POST", "/account/sessions/end-others"): SIGNED_IN,
        # the board, plans, steps
        ("GET", "/"): SIGNED_IN,
        ("GET", "/steps"): SIGNED_IN,
        ("GET", "/alerts"): SIGNED_IN,
        ("GET", "/version"): SIGNED_IN,
        ("GET", "/plans"): SIGNED_IN,
        ("GET", "/search"): SIGNED_IN,
        ("GET", "/plans/views"): SIGNED_IN,
        ("POST", "/plans/views"): replace(SIGNED_IN, fields={"name": "Thử", "state": "running"}),
        ("GET", "/plans/views/remove"): SIGNED_IN,
        ("POST", "/plans/views/remove"): replace(SIGNED_IN, fields={"name": "Thử"}),
        ("GET", "/plans/new"): LEADS_SOMEWHERE,
        ("POST", "/plans/new/document"): LEADS_SOMEWHERE,
        ("POST", "/plans/new/template"): LEADS_SOMEWHERE,
        ("POST", "/plans/new/file"): LEADS_SOMEWHERE,
        ("GET", "/plans/drafts/{draft_id}"): FOUND_BY_NOBODY,
        ("POST", "/plans/drafts/{draft_id}"): FOUND_BY_NOBODY,
        ("GET", "/plans/drafts/{draft_id}/page"): FOUND_BY_NOBODY,
        ("GET", "/plans/drafts/{draft_id}/file"): FOUND_BY_NOBODY,
        ("GET", "/plans/drafts/{draft_id}/rehearsal"): FOUND_BY_NOBODY,
        ("POST", "/plans/drafts/{draft_id}/start"): FOUND_BY_NOBODY,
        ("POST", "/plans/drafts/{draft_id}/remove"): FOUND_BY_NOBODY,
        ("GET", "/plans/{plan_id}"): READS_PLAN,
        ("GET", "/plans/{plan_id}/version"): READS_PLAN,
        ("GET", "/plans/{plan_id}/steps/{key}"): READS_PLAN,
        # acts on steps
        **dict.fromkeys(_forms("/plans/{plan_id}/steps/{key}", "complete", "ask", "acknowledge", "snooze"), OWNS_STEP),
        **dict.fromkeys(_forms("/plans/{plan_id}/steps/{key}", "extend", "decline", "hand-over", "share"), LEADS_PLAN),
        **dict.fromkeys(_forms("/plans/{plan_id}/steps/{key}", "stop", "restart", "skip"), LEADS_PLAN),
        **dict.fromkeys(_forms("/plans/{plan_id}/steps/{key}", "correct", "reopen"), LEADS_PLAN),
        ("GET", "/proofs/{plan_id}/{name}"): replace(READS_PLAN, params={"name": PROOF}),
        # petitions
        ("GET", "/petitions"): SIGNED_IN,
        ("GET", "/plans/{plan_id}/petitions"): READS_PLAN,
        ("GET", "/plans/{plan_id}/petitions/classify"): READS_PLAN,
        ("POST", "/plans/{plan_id}/petitions/classify"): LEADS_PLAN,
        **dict.fromkeys(_forms("/plans/{plan_id}/petitions", "new", "import"), OWNS_STEP),
        ("GET", "/plans/{plan_id}/petitions/{petition_id}"): READS_PLAN,
        **dict.fromkeys(_forms("/plans/{plan_id}/petitions/{petition_id}", "answer", "tell"), OWNS_STEP),
        **dict.fromkeys(
            _forms("/plans/{plan_id}/petitions/{petition_id}", "classify", "merge", "transfer"), LEADS_PLAN
        ),
        # one's own work, absences, the chair
        ("GET", "/mine"): SIGNED_IN,
        ("GET", "/me/absence"): SIGNED_IN,
        ("POST", "/me/absence"): SIGNED_IN,
        ("GET", "/me/absence/end"): SIGNED_IN,
        ("POST", "/me/absence/end"): SIGNED_IN,
        ("GET", "/chair"): SIGNED_IN,
        ("GET", "/plans/{plan_id}/cancel"): LEADS_PLAN,
        ("POST", "/plans/{plan_id}/cancel"): replace(LEADS_PLAN, fields={"reason": "Thử"}),
        ("GET", "/plans/{plan_id}/meeting"): LEADS_PLAN,
        **dict.fromkeys(_forms("/plans/{plan_id}/meeting", "postpone"), LEADS_PLAN),
        ("POST", "/plans/{plan_id}/meeting"): replace(LEADS_PLAN, fields={"on": "15/05/2026"}),
        # administration
        ("GET", "/admin"): ADMINISTERS_SOMETHING,
        ("GET", "/admin/people"): ADMINISTERS_SOMETHING,
        ("GET", "/admin/people/new"): ADMINISTERS_SOMETHING,
        ("POST", "/admin/people/new"): replace(
            ADMINISTERS_SOMETHING, other=NOBODY, fields={"name": "Ai Đó", "organization": COMMUNE, "role": "owner"}
        ),
        ("GET", "/admin/people/{person_id}"): ADMINISTERS_PERSON,
        ("POST", "/admin/people/{person_id}"): replace(
            ADMINISTERS_PERSON, fields={"name": "Ai Đó", "organization": COMMUNE, "role": "owner"}
        ),
        ("GET", "/admin/people/{person_id}/{act}"): SIGNED_IN,
        ("POST", "/admin/people/{person_id}/link"): ADMINISTERS_PERSON,
        ("POST", "/admin/people/{person_id}/leave"): replace(ADMINISTERS_PERSON, params={"person_id": "sat"}),
        ("POST", "/admin/people/{person_id}/return"): ADMINISTERS_PERSON,
        ("POST", "/admin/people/{person_id}/sessions"): replace(ADMINISTERS_PERSON, params={"person_id": "sat"}),
        ("POST", "/admin/people/{person_id}/tokens"): replace(
            ADMINISTERS_PERSON, fields={"name": "Báo cáo", "allows": "read"}
        ),
        ("POST", "/admin/people/{person_id}/revoke"): FOUND_BY_NO_ADMINISTRATOR,
        ("GET", "/admin/import"): ADMINISTERS_SOMETHING,
        ("GET", "/admin/import/sample.csv"): ADMINISTERS_SOMETHING,
        ("POST", "/admin/import"): ADMINISTERS_SOMETHING,
        ("GET", "/admin/import/keep"): SIGNED_IN,
        ("POST", "/admin/import/keep"): ADMINISTERS_SOMETHING,
        ("GET", "/admin/organizations"): ADMINISTERS_SOMETHING,
        ("POST", "/admin/organizations"): replace(
            ADMINISTERS_PERSON, fields={"name": "Trường tiểu học", "parent": "own"}
        ),
        ("GET", "/admin/organizations/{organization_id}/{act}"): SIGNED_IN,
        ("POST", "/admin/organizations/{organization_id}/rename"): replace(
            ADMINISTERS_PERSON, fields={"name": "Tên mới"}
        ),
        ("POST", "/admin/organizations/{organization_id}/move"): replace(
            ADMINISTERS_PERSON, own=NOBODY, fields={"parent": "above"}, unseen=frozenset({"own", "other"})
        ),
        ("GET", "/admin/units"): ADMINISTERS_SOMETHING,
        # oversight
        ("GET", "/reports"): SIGNED_IN,
        ("GET", "/reports/steps"): SIGNED_IN,
        ("GET", "/reports/notices"): SIGNED_IN,
        ("GET", "/reports/verify"): SIGNED_IN,
        ("POST", "/reports/verify"): SIGNED_IN,
        ("GET", "/plans/{plan_id}/history"): READS_PLAN,
        ("GET", "/plans/{plan_id}/history/verify"): SIGNED_IN,
        ("POST", "/plans/{plan_id}/history/verify"): READS_PLAN,
        ("GET", "/plans/{plan_id}/as-of"): READS_PLAN,
        ("GET", "/exports"): SIGNED_IN,
        ("GET", "/exports/{name}"): SIGNED_IN,
        ("POST", "/exports/{name}"): replace(SIGNED_IN, params={"name": "plans"}),
        ("GET", "/jobs/{job_id}"): FOUND_BY_NOBODY,
        ("GET", "/jobs/{job_id}/file"): FOUND_BY_NOBODY,
        ("GET", "/me/calendar"): SIGNED_IN,
        ("POST", "/me/calendar"): SIGNED_IN,
        ("GET", "/me/calendar/revoke"): SIGNED_IN,
        ("POST", "/me/calendar/revoke"): FOUND_BY_NOBODY,
        ("GET", "/ics/{name}"): replace(FOUND_BY_NOBODY, absent=frozenset({"", *PLACES})),
        ("GET", "/what-if"): ANYONE,
        # running the installation
        ("GET", "/calendar/adopt"): OPERATES,
        ("POST", "/calendar/adopt"): OPERATES,
        ("GET", "/calendar/adopt/confirm"): SIGNED_IN,
        ("POST", "/calendar/adopt/confirm"): OPERATES,
        ("GET", "/operating/{job_id}"): FOUND_BY_NOBODY,
        ("GET", "/admin/channels"): KEEPS,
        ("GET", "/admin/channels/test"): SIGNED_IN,
        ("POST", "/admin/channels/test"): KEEPS,
        ("GET", "/admin/backups"): KEEPS,
        ("POST", "/admin/backups"): KEEPS,
        ("GET", "/admin/backups/{name}"): KEEPS,
        ("GET", "/admin/backups/{name}/delete"): SIGNED_IN,
        ("POST", "/admin/backups/{name}/delete"): KEEPS,
        ("GET", "/admin/letters"): KEEPS,
        ("GET", "/admin/letters/preview"): KEEPS,
        ("GET", "/admin/letters/{language}/{name}"): KEEPS,
        ("POST", "/admin/letters/{language}/{name}"): KEEPS,
        ("GET", "/admin/letters/{language}/{name}/revert"): SIGNED_IN,
        ("POST", "/admin/letters/{language}/{name}/revert"): KEEPS,
        ("GET", "/ladders"): SIGNED_IN,
        ("GET", "/ladders/{kind}"): replace(OPERATES, params={"kind": "dialogue"}),
        ("POST", "/ladders/{kind}"): replace(OPERATES, params={"kind": "dialogue"}),
        ("GET", "/ladders/{kind}/{act}"): SIGNED_IN,
        ("POST", "/ladders/{kind}/reset"): replace(OPERATES, params={"kind": "dialogue"}),
        ("POST", "/ladders/{kind}/apply"): replace(OPERATES, params={"kind": "dialogue"}),
        ("GET", "/undelivered"): SIGNED_IN,
        ("GET", "/undelivered/retry"): SIGNED_IN,
        ("POST", "/undelivered/retry"): LEADS_SOMEWHERE,
        # the demo's mailbox
        ("GET", "/mailbox"): SIGNED_IN,
        ("GET", "/mailbox/{mail_id}"): FOUND_BY_NOBODY,
    }
)
