"""Who is away when, and who stands in for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from workflow.domain.errors import BadInput, NotFound
from workflow.domain.zone import day_of, shown
from workflow.ports import Absence, Person, Store, UnitOfWork


class PersonUnknown(NotFound):
    template = "Danh bạ không có mã người dùng «{person}»; xem danh sách bằng lệnh «doithoai user list»."


class AbsenceReversed(BadInput):
    template = "Ngày nghỉ cuối {last} ở trước ngày nghỉ đầu {since}; hãy kiểm tra lại ngày."


class OwnSubstitute(BadInput):
    template = "Không ai tự thay mình được; hãy chọn người khác thay {name}."


def be_away(store: Store, person_id: str, *, since: date, last: date, substitute_id: str | None) -> Absence:
    """Note that a person is away from `since` to the end of `last`; the same two days again replace the substitute.

    Raises `PersonUnknown`, `AbsenceReversed` and `OwnSubstitute`.
    """
    if last < since:
        raise AbsenceReversed(since=shown(since), last=shown(last))
    with store() as uow:
        person = _known(uow, person_id)
        if substitute_id is not None and _known(uow, substitute_id).person_id == person_id:
            raise OwnSubstitute(name=person.name)
        absence_id = f"{person_id}/{since.isoformat()}/{last.isoformat()}"
        absence = Absence(absence_id, person_id, since, last + timedelta(days=1), substitute_id)
        uow.absences.put(absence)
        uow.commit()
    return absence


def be_back(store: Store, person_id: str, *, at: datetime) -> int:
    """End the absences of a person that last beyond today, from today on; how many there were. Raises `PersonUnknown`."""
    today = day_of(at)
    with store() as uow:
        _known(uow, person_id)
        lasting = [absence for absence in uow.absences.of_person(person_id) if absence.until > today]
        for absence in lasting:
            uow.absences.remove(absence.absence_id)
            if absence.since < today:
                gone = f"{person_id}/{absence.since.isoformat()}/{(today - timedelta(days=1)).isoformat()}"
                uow.absences.put(Absence(gone, person_id, absence.since, today, absence.substitute_id))
        uow.commit()
    return len(lasting)


def _known(uow: UnitOfWork, person_id: str) -> Person:
    person = uow.directory.get(person_id)
    if person is None:
        raise PersonUnknown(person=person_id)
    return person
