"""Which channels an installation has by its settings, and that a setting that cannot be is one sentence."""

from __future__ import annotations

from datetime import time

import pytest

from tests.builders import at
from workflow.bootstrap import Application, channels_of
from workflow.clock import ClockSetByHand
from workflow.notify.channels import MailServerUnreadable
from workflow.settings import Settings, SettingUnusable, read_settings
from workflow.store import memory_store
from workflow.ticking import DIGEST, job_table

CLOCK = ClockSetByHand(at("2026-04-20"))
EVERYTHING = {
    "mail": "mailto://localhost",
    "webhook_secret": "s",
    "telegram_token": "1:a",
    "teams": "on",
    "zalo_token": "t",
}


def test_without_settings_there_are_no_channels_and_each_setting_makes_its_own() -> None:
    assert channels_of(Settings(), CLOCK) == {}
    assert list(channels_of(Settings(**EVERYTHING), CLOCK)) == ["email", "webhook", "telegram", "teams", "zalo"]  # type: ignore[arg-type]
    for name, channel in (("webhook_secret", "webhook"), ("telegram_token", "telegram"), ("zalo_token", "zalo")):
        assert list(channels_of(Settings(**{name: "1:a"}), CLOCK)) == [channel]  # type: ignore[arg-type]


def test_a_channel_goes_by_the_name_of_the_contacts_that_it_serves() -> None:
    made = channels_of(Settings(**EVERYTHING), CLOCK)  # type: ignore[arg-type]
    assert all(channel.name == name for name, channel in made.items())


def test_a_mail_server_that_cannot_be_read_is_told_at_once() -> None:
    with pytest.raises(MailServerUnreadable):
        channels_of(Settings(mail="rubbish"), CLOCK)


def test_hosts_that_may_be_called_are_split_at_commas() -> None:
    assert Settings(webhook_hosts=" May-A, may-b:8080 ,").known_hosts == {"may-a", "may-b:8080"}
    assert Settings().known_hosts == frozenset()


def test_the_digest_is_written_at_half_past_seven_or_whenever_the_settings_say() -> None:
    assert Settings().digest_at == time(7, 30)
    jobs = job_table(Application(Settings(digest_at=time(8)), memory_store(), CLOCK))
    digest = next(job for job in jobs if job.name == DIGEST)
    assert digest.trigger.get_next_fire_time(None, at("2026-04-20", "07:45")) == at("2026-04-20", "08:00")


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [("DOITHOAI_DIGEST_AT", "sáng sớm", "00:00 – 23:59"), ("DOITHOAI_TEAMS", "maybe", "off, on")],
)
def test_a_setting_that_cannot_be_is_one_sentence_that_says_which_can(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, known: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingUnusable) as caught:
        read_settings()
    assert f"{name} có giá trị «{value}» không dùng được; các giá trị dùng được là: {known}." in str(caught.value)
