"""Commands on people: user add, list, sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from workflow.cli.plans import application
from workflow.cli.speech import Json, day, echo, emit, read_day, say, show, table
from workflow.cli.usage import Command
from workflow.domain.errors import BadInput
from workflow.domain.ladder import Audience

if TYPE_CHECKING:
    from workflow.bootstrap import Application
    from workflow.ports import Person

ROLES = " | ".join(role.value for role in Audience)


Someone = Annotated[str, typer.Argument(metavar="PERSON", help=say("Họ tên hoặc mã, xem bằng: doithoai user list"))]


class SeveralPeople(BadInput):
    template = "Có nhiều người tên «{name}»; hãy ghi mã của một người: {ids}."


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("Họ tên."))],
    organization: Annotated[str, typer.Option("--organization", help=say("Cơ quan, đúng như trong tệp kế hoạch."))],
    role: Annotated[str, typer.Option("--role", help=ROLES)] = "owner",
    unit: Annotated[str, typer.Option("--unit", help=say("Đơn vị, đúng như owner của bước."))] = "",
    email: Annotated[str | None, typer.Option("--email", help=say("Địa chỉ e-mail nhận thông báo."))] = None,
    contact: Annotated[
        list[str] | None,
        typer.Option("--contact", metavar="CHANNEL=ADDRESS", help=say("Kênh nhận khác; có thể ghi nhiều lần.")),
    ] = None,
) -> None:
    """Add a person, or replace the one of the same name."""
    from workflow.ports import Contact
    from workflow.services.people import enrol

    app = application(new=True)
    split = [each.partition("=") for each in contact or ()]
    contacts = [Contact(channel, address) for channel, _, address in split]
    person = enrol(
        app.store, name=name, organization=organization, role=role, unit=unit, email=email, contacts=contacts
    )
    echo(say("Đã ghi {name} với mã {person}.", name=person.name, person=person.person_id))


def list_people(json: Json = False) -> None:
    """List everyone."""
    from dataclasses import asdict

    from workflow.services.addressing import TITLES

    app = application()
    with app.store.reading() as uow:
        people = uow.directory.all()
    if json:
        emit([asdict(person) for person in people])
        return
    made = table("Mã", "Họ tên", "Vai", "Đơn vị", "Cơ quan", "E-mail")
    for person in people:
        made.add_row(
            person.person_id,
            person.name,
            say(TITLES[person.role]),
            person.unit,
            person.organization,
            person.email or "–",
        )
    show(made)


def set_contacts(
    person: Someone,
    contact: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CHANNEL=ADDRESS]...", help=say("Như telegram=123456789; thay cho mọi kênh đang có.")),
    ] = None,
    email: Annotated[str | None, typer.Option("--email", help=say("Địa chỉ e-mail mới."))] = None,
) -> None:
    """Replace the channels over which a person is told, and perhaps the mail address."""
    from workflow.ports import Contact
    from workflow.services.people import enrol

    app = application()
    found = _known(app, person)
    split = [each.partition("=") for each in contact or ()]
    contacts = [Contact(channel, address) for channel, _, address in split] if split else list(found.contacts)
    enrol(
        app.store,
        name=found.name,
        organization=found.organization,
        role=found.role.value,
        unit=found.unit,
        email=email or found.email,
        contacts=contacts,
    )
    told = ", ".join(f"{each.channel}={each.address}" for each in contacts) or "–"
    echo(
        say(
            "{name}: e-mail {email}; kênh khác: {channels}.",
            name=found.name,
            email=email or found.email or "–",
            channels=told,
        )
    )


def absent(
    person: Someone,
    since: Annotated[str, typer.Option("--from", metavar="DATE", help=say("Ngày nghỉ đầu tiên."))],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help=say("Ngày nghỉ cuối cùng."))],
    substitute: Annotated[
        str | None, typer.Option("--substitute", metavar="PERSON", help=say("Người thay: họ tên hoặc mã."))
    ] = None,
) -> None:
    """Note that a person is away, and who stands in."""
    from workflow.services.absences import be_away

    app = application()
    first, end = read_day(since), read_day(last)
    found = _known(app, person)
    stand_in = _known(app, substitute) if substitute is not None else None
    be_away(
        app.store,
        found.person_id,
        since=first,
        last=end,
        substitute_id=stand_in.person_id if stand_in is not None else None,
    )
    echo(say("Đã ghi {person} vắng mặt từ {since} đến hết {last}.", person=found.name, since=day(first), last=day(end)))


def back(person: Someone) -> None:
    """End a person's absences."""
    from workflow.services.absences import be_back

    app = application()
    found = _known(app, person)
    ended = be_back(app.store, found.person_id, at=app.clock.now())
    echo(say("Đã kết thúc {count} lần vắng mặt của {person}.", count=ended, person=found.name))


def _known(app: Application, person: str) -> Person:
    """The person of that id or, if nobody else has it, of that name. Raises `PersonUnknown` or `SeveralPeople`."""
    from workflow.domain.names import folded
    from workflow.services.absences import PersonUnknown

    with app.store.reading() as uow:
        found = uow.directory.get(person)
        named = [each for each in uow.directory.all() if folded(each.name) == folded(person)]
    if found is not None:
        return found
    if not named:
        raise PersonUnknown(person=person)
    if len(named) > 1:
        raise SeveralPeople(name=person, ids=", ".join(each.person_id for each in named))
    return named[0]


def sign_in(person: Annotated[str, typer.Argument(metavar="PERSON", help="doithoai user list")]) -> None:
    """Make a one-time sign-in link for a person."""
    from workflow.services.signing_in import invite
    from workflow.settings import known_address

    app = application()
    secret = invite(app.store, person, at=app.clock.now())
    echo(f"{known_address(app.settings)}/sign-in?token={secret}")


def build(cls: type[TyperGroup]) -> typer.Typer:
    """The group `user`."""
    group = typer.Typer(cls=cls, no_args_is_help=True, help=say("Người dùng: thêm, xem, cấp đường vào một lần."))
    group.command("add", cls=Command, help=say("Thêm một người."))(add)
    group.command("list", cls=Command, help=say("Danh sách người dùng."))(list_people)
    group.command("contact", cls=Command, help=say("Đặt lại e-mail và các kênh nhận khác của một người."))(set_contacts)
    group.command("absent", cls=Command, help=say("Ghi một người vắng mặt và người thay."))(absent)
    group.command("back", cls=Command, help=say("Kết thúc vắng mặt."))(back)
    group.command("sign-in", cls=Command, help=say("Cấp đường vào dùng một lần."))(sign_in)
    return group
