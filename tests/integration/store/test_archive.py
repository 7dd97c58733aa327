"""Backup and restore: everything comes back, on either database, and nothing but a whole backup is taken."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.contract.acting import ANSWER, STARTED_AT, act, notice, start
from tests.contract.databases import empty_postgresql, empty_sqlite, migrated_postgresql, migrated_sqlite
from workflow.domain.commands import AnswerPetition, RaisePetition
from workflow.domain.ladder import Audience
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.ports import Contact, Person, Store
from workflow.store.archive import backup, restore
from workflow.store.errors import BackupThere, BackupUnreadable, DatabaseNotEmpty
from workflow.store.sql import SqlStore

LAN = Person("lan", "Nguyễn Thị Lan", "lan@xa.vn", "VP", Audience.OWNER, "UBND xã", (Contact("telegram", "42"),))


def everything(url: str) -> object:
    """All that a database keeps, as the services see it."""
    with closing(SqlStore(url)) as store, store.reading() as uow:
        logs = {plan_id: uow.plans.log(plan_id) for plan_id in uow.plans.ids()}
        notices = [uow.outbox.of_plan(plan_id) for plan_id in logs]
        rows = uow.plans.rows(), uow.plans.steps(), uow.plans.petitions(), uow.plans.heads()
        return logs, rows, notices, uow.directory.all(), uow.links.installation_id()


@pytest.fixture(params=["sqlite to sqlite", "sqlite to postgresql", "postgresql to sqlite"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a database with this version's schema, and that of one without any."""
    if request.param.startswith("postgresql"):
        with migrated_postgresql() as url:
            yield url, empty_sqlite(tmp_path)
    elif request.param.endswith("postgresql"):
        with empty_postgresql() as url:
            yield migrated_sqlite(tmp_path), url
    else:
        yield migrated_sqlite(tmp_path), empty_sqlite(tmp_path)


def fill(url: str) -> None:
    with closing(SqlStore(url)) as store:
        fill_store(store)


def fill_store(store: Store) -> None:
    start(store)
    act(store, RaisePetition("Cầu yếu", Petitioner("Bà Tâm"), RaisedWhen.BEFORE_MEETING, lead="VP"), STARTED_AT)
    act(store, AnswerPetition("p1", ANSWER), STARTED_AT.replace(month=5))
    with store() as uow:
        uow.directory.put(LAN)
        uow.outbox.add([notice("p1/collect/1/warn_1/lan/email")])
        uow.commit()


def test_everything_comes_back_as_it_was_on_either_database(pair: tuple[str, str], tmp_path: Path) -> None:
    source, target = pair
    (tmp_path / "a" / "proofs").mkdir(parents=True)
    (tmp_path / "a" / "proofs" / "đơn số 1.pdf").write_bytes(b"%PDF")
    fill(source)
    backup(source, tmp_path / "a", tmp_path / "all.zip", at=STARTED_AT)
    restore(tmp_path / "all.zip", target, tmp_path / "b")
    assert everything(target) == everything(source)
    assert (tmp_path / "b" / "proofs" / "đơn số 1.pdf").read_bytes() == b"%PDF"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A backup of a filled database."""
    url = migrated_sqlite(tmp_path)
    fill(url)
    backup(url, tmp_path / "a", tmp_path / "all.zip", at=STARTED_AT)
    return tmp_path / "all.zip"


def test_a_backup_never_takes_the_place_of_another_file(made: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupThere):
        backup(migrated_sqlite(tmp_path), tmp_path, made, at=STARTED_AT)


def test_nothing_is_restored_over_what_is_there(made: Path, tmp_path: Path) -> None:
    url = migrated_sqlite(tmp_path)
    fill(url)
    before = everything(url)
    with pytest.raises(DatabaseNotEmpty):
        restore(made, url, tmp_path / "b")
    assert everything(url) == before


@pytest.mark.parametrize("how", ["cut", "changed", "added", "not a zip"])
def test_what_is_no_whole_backup_is_refused_before_anything_is_written(made: Path, tmp_path: Path, how: str) -> None:
    broken, url = tmp_path / "broken.zip", empty_sqlite(tmp_path)
    broken.write_bytes(b"no zip" if how == "not a zip" else made.read_bytes()[: 2000 if how == "cut" else None])
    if how in ("changed", "added"):
        rewrite(made, broken, changed="tables/people.jsonl", added="files/../evil" if how == "added" else None)
    with pytest.raises(BackupUnreadable):
        restore(broken, url, tmp_path / "b")
    assert not Path(url.removeprefix("sqlite:///")).exists()
    assert not (tmp_path / "b").exists()


def rewrite(source: Path, target: Path, *, changed: str, added: str | None) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.replace(b"Lan", b"Mai") if name == changed and added is None else body)
        if added is not None:
            new.writestr(added, b"x")
