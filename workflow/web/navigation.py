"""The places that the head of each page leads to, as far as they are there and the visitor may go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.ladder import Audience
from workflow.ports import Person
from workflow.services import permissions
from workflow.web.words import N_


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its words; `roles`: to whom it is shown, None: everybody who has signed in."""

    path: str
    words: str
    roles: frozenset[Audience] | None = None


ADMINISTRATION = Place("/admin/people", N_("Quản trị"))
OPERATING = Place("/ladders", N_("Vận hành"), frozenset({Audience.CHAIR, Audience.COORDINATOR}))
"""Leads on to the notices that reached nobody and the decisions on days off, too."""
MAILBOX = Place("/mailbox", N_("Hộp thư"))
PLACES = (
    Place("/", N_("Việc hôm nay")),
    Place("/plans", N_("Kế hoạch")),
    Place("/mine", N_("Việc của tôi")),
    Place("/petitions", N_("Kiến nghị")),
    Place("/chair", N_("Chờ duyệt"), frozenset({Audience.CHAIR, Audience.COORDINATOR})),
    Place("/reports", N_("Báo cáo")),
    OPERATING,
    ADMINISTRATION,
    MAILBOX,
)

HELP = "/help"
GUIDE_OF: Mapping[Audience | None, str] = MappingProxyType(
    {
        Audience.OWNER: "can-bo",
        Audience.HEAD: "can-bo",
        Audience.COORDINATOR: "dieu-phoi",
        Audience.CHAIR: "chu-tri",
        Audience.SUPERVISOR: "giam-sat",
    }
)
"""The page of the guide for each role; the index for who has not signed in."""
GUIDES: tuple[tuple[str, str], ...] = (
    ("/plans/new", "dieu-phoi"),
    ("/plans/drafts", "dieu-phoi"),
    ("/mine", "can-bo"),
    ("/me/absence", "can-bo"),
    ("/chair", "chu-tri"),
    ("/reports", "giam-sat"),
    ("/exports", "giam-sat"),
    ("/admin", "quan-tri"),
    ("/ladders", "quan-tri"),
    ("/undelivered", "quan-tri"),
    ("/operating", "quan-tri"),
    ("/calendar/adopt", "quan-tri"),
    ("/calendar", "nguoi-dan"),
    ("/what-if", "nguoi-dan"),
    ("/sign-in", ""),
    ("/set-password", ""),
    ("/account", ""),
    ("/me/calendar", ""),
)
"""The page of the guide for addresses that begin like this, the first that fits; "" the index. Elsewhere the role decides."""


def help_for(path: str, person: Person | None) -> str:
    """The address of the page of the guide that fits a page and its reader."""
    own = GUIDE_OF.get(person.role, "") if person is not None else ""
    name = next((guide for start, guide in GUIDES if path == start or path.startswith(f"{start}/")), own)
    return f"{HELP}/{name}" if name else HELP


def places_for(person: Person | None, paths: Collection[str], *, mailbox: bool) -> list[Place]:
    """The places that somebody is shown; `paths`: the addresses that there are."""
    return [
        place for place in PLACES if person is not None and place.path in paths and _is_shown(place, person, mailbox)
    ]


def _is_shown(place: Place, person: Person, mailbox: bool) -> bool:
    if place is ADMINISTRATION:
        return permissions.administers(person)
    if place is MAILBOX:
        return mailbox
    return place.roles is None or person.role in place.roles


def is_here(place: Place, path: str) -> bool:
    """Whether a page belongs to a place."""
    if place is ADMINISTRATION:
        return path.startswith("/admin")
    if place is OPERATING:
        return path.startswith(("/ladders", "/undelivered", "/operating", "/calendar/adopt"))
    return path == place.path or (place.path != "/" and path.startswith(f"{place.path}/"))
