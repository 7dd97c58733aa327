"""The composition root: the only place where the services, the store, the channels and the board meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from calendars.day_table import Day
from calendars.decisions import Notice
from calendars.layers import CALENDARS, calendar_named, changed_days
from calendars.office_hours import OfficeHours
from calendars.own_calendar import calendar_from, hours_from
from workflow.clock import SystemClock
from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.ladder import Terms
from workflow.ports import Channel, Clock, FlowBoard, Store
from workflow.services.decisions import KnownDecisions
from workflow.services.terms import TermsOf
from workflow.settings import DATABASE_FILE, Settings, read_settings

if TYPE_CHECKING:
    from workflow.notify.mailbox import LocalMailbox
    from workflow.services.delivering import Delivered

OWN_DAYS = "own_"
OWN_CALENDAR = "calendar"
"""The folder, in the data folder, of a unit's own closures, opening days and hours."""


class FolderUnusable(BadInput):
    template = "Không dùng được thư mục dữ liệu «{folder}» ({why}); hãy chọn thư mục khác bằng DOITHOAI_DATA."


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that an entry point needs, wired. `mailbox` is the demo's own, where there is one.

    `decisions`: those on days off that were adopted here.
    """

    settings: Settings
    store: Store
    clock: Clock
    channels: Mapping[str, Channel] = field(default_factory=dict)
    board: FlowBoard | None = None
    mailbox: LocalMailbox | None = None
    decisions: KnownDecisions = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "decisions", KnownDecisions(self.store, self.clock))

    def deliver(self, *, at: datetime) -> Delivered:
        """Send what is pending at an instant over the channels that there are."""
        from workflow.services.delivering import deliver

        settings = self.settings
        return deliver(
            self.store,
            self.terms_of,
            self.channels,
            at=at,
            base_url=settings.base_url,
            language=settings.language,
            clock=self.clock,
            hours=self.terms_named(settings.calendar).hours,
            own_templates=settings.own_templates if settings.own_templates.is_dir() else None,
        )

    def beat(self, job: str) -> None:
        """Note that a recurring job has come to its end now."""
        with self.store() as uow:
            uow.heartbeats.beat(job, self.clock.now())
            uow.commit()

    def terms_of(self, definition: PlanDefinition, version: str | None = None, /) -> Terms:
        """Under what a plan is decided: see `workflow.services.terms.TermsOf`.

        A version that is not known sends for the decisions that another process may have adopted meanwhile.
        """
        name = definition.calendar
        in_force = self.terms_named(name)
        if version in (None, in_force.calendar.version):
            return in_force
        for anew in (False, True):
            adopted = self.decisions.all(anew=anew)
            for count in range(len(adopted), -1, -1):
                then = self._terms(name, adopted[:count])
                if then.calendar.version == version:
                    return then
        return self.terms_named(name)

    def terms_named(self, calendar: str) -> Terms:
        """The terms of this installation with a calendar by its name: its own hours, and its own days if it asks for them."""
        return self._terms(calendar, self.decisions.all())

    def terms_with(self, notice: Notice) -> TermsOf:
        """The terms as they would be with one more decision. Raises `NoticeError` when it does not stand with the others."""
        adopted = (*(each for each in self.decisions.all(anew=True) if each.file != notice.file), notice)

        def terms_of(definition: PlanDefinition, _version: str | None = None, /) -> Terms:
            return self._terms(definition.calendar, adopted)

        return terms_of

    def days_changed_by(self, notice: Notice) -> list[tuple[Day, Day]]:
        """The days that one more decision would change in any calendar, as (old, new). Raises `NoticeError`."""
        known = self.decisions.all(anew=True)
        adopted = (*(each for each in known if each.file != notice.file), notice)
        found: dict[date, tuple[Day, Day]] = {}
        for name in CALENDARS:
            old, new = (self._terms(name, notices).calendar for notices in (known, adopted))
            for pair in changed_days(old, new):
                found.setdefault(pair[0].date, pair)
        return [found[day] for day in sorted(found)]

    def _terms(self, calendar: str, adopted: tuple[Notice, ...]) -> Terms:
        return terms_named(calendar, self.settings.data / OWN_CALENDAR, adopted)


@lru_cache(maxsize=64)
def terms_named(calendar: str, folder: Path | None = None, adopted: tuple[Notice, ...] = ()) -> Terms:
    """The terms with a calendar by its name, the decisions adopted since this version was made, and the default ladder.

    `folder`: a unit's own closures, opening days and hours, read once; None or missing: there are none. Its days count
    only for a calendar that is named for them: what the law sets for the public does not stop for a unit's own rest.
    """
    official = calendar_named(calendar, adopted)
    if folder is None:
        return Terms(official, OfficeHours(official))
    named = calendar_from(folder, calendar, adopted) if calendar.startswith(OWN_DAYS) else official
    return Terms(named, hours_from(folder, named))


class NothingHere(NotFound):
    template = (
        "Không có dữ liệu ở «{folder}»; hãy chạy lệnh trong thư mục có dữ liệu, chỉ chỗ khác bằng DOITHOAI_DATA, "
        "hoặc bắt đầu bằng «doithoai start TỆP.yaml»."
    )


def refuse_without_data(settings: Settings) -> None:
    """Raise `NothingHere` where no database was made yet: reading it would show an empty one as if all were lost."""
    file = settings.data / DATABASE_FILE
    if not settings.database and not file.exists():
        raise NothingHere(folder=settings.data)


def build_application(settings: Settings | None = None, *, clock: Clock | None = None) -> Application:
    """Wire the application that the settings describe. Raises a store error when the database does not fit."""
    settings = settings or read_settings()
    from workflow.store import check_version, sql_store

    check_version(settings.database_url)
    store = sql_store(settings.database_url)
    clock = clock or SystemClock()
    return Application(
        settings=settings,
        store=store,
        clock=clock,
        channels=channels_of(settings, clock),
        board=flow_board(settings, store),
    )


def empty_store() -> Store:
    """A store in memory with nothing in it, for a rehearsal."""
    from workflow.store import memory_store

    return memory_store()


def channels_of(settings: Settings, clock: Clock) -> Mapping[str, Channel]:
    """The channels that the settings name, by name; with none of them, notices wait in the outbox.

    Raises `MailServerUnreadable` when the address of the mail server cannot be read.
    """
    channels: list[Channel] = []
    if settings.mail:
        from workflow.notify.channels import MailChannel

        mail = MailChannel(settings.mail, settings.mail_from)
        mail.check()
        channels.append(mail)
    if settings.webhook_secret:
        from workflow.notify.webhook import WebhookChannel

        channels.append(WebhookChannel(settings.webhook_secret, clock, settings.known_hosts))
    channels += _chats(settings)
    return {channel.name: channel for channel in channels}


def _chats(settings: Settings) -> list[Channel]:
    """The chats that the settings name."""
    if not (settings.telegram_token or settings.teams == "on" or settings.zalo_token):
        return []
    from workflow.notify.chats import TeamsChannel, telegram
    from workflow.notify.zalo import ZaloChannel

    wanted: list[tuple[bool, Callable[[], Channel]]] = [
        (bool(settings.telegram_token), lambda: telegram(settings.telegram_token)),
        (settings.teams == "on", lambda: TeamsChannel(settings.known_hosts)),
        (bool(settings.zalo_token), lambda: ZaloChannel(settings.zalo_token)),
    ]
    return [make() for there, make in wanted if there]


def flow_board(settings: Settings, store: Store) -> FlowBoard | None:
    """The flow board that the settings name, or None."""
    if not settings.prefect_api:
        return None
    from workflow.board.prefect_rest import PrefectBoard

    with store() as uow:
        installation_id = uow.links.installation_id()
        uow.commit()
    ui = settings.prefect_ui or settings.prefect_api.removesuffix("/").removesuffix("/api")
    return PrefectBoard(settings.prefect_api, ui, installation_id)


def prepare_data(settings: Settings) -> None:
    """Make the data folder and bring the database to this version. Raises when it is newer or cannot be written."""
    from workflow.store import migrate

    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(folder=settings.data, why=error.strerror or type(error).__name__) from error
    migrate(settings.database_url)


def back_up(settings: Settings, target: Path, *, at: datetime, on_progress: Callable[[str, int], None]) -> int:
    """Write the database and its files into a new .zip; how many rows. Raises where there is no data to keep."""
    from workflow import store

    refuse_without_data(settings)
    store.check_version(settings.database_url)
    return store.back_up(settings.database_url, settings.data, target, at=at, on_progress=on_progress)


def restore_from(settings: Settings, source: Path, *, on_progress: Callable[[str, int], None]) -> int:
    """Put such a .zip into the empty database and data folder of the settings; how many rows."""
    from workflow import store

    return store.restore(source, settings.database_url, settings.data, on_progress=on_progress)
