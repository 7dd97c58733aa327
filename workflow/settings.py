"""Settings of an installation, each from the environment (`DOITHOAI_…`) with a default that needs nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import time
from pathlib import Path
from typing import Literal, get_args

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from workflow.domain.errors import BadInput
from workflow.language import Language


class SettingUnusable(BadInput):
    template = "Biến môi trường {name} có giá trị «{value}» không dùng được; các giá trị dùng được là: {known}."


DATABASE_FILE = "doithoai.sqlite3"
MAILBOX = "mailbox"


class Settings(BaseSettings):
    """What an installation may choose. Paths may be relative to the folder in which the program is started."""

    model_config = SettingsConfigDict(env_prefix="DOITHOAI_")

    data: Path = Path("data")
    database: str = ""
    """SQLAlchemy address; empty: SQLite in the data folder."""

    language: Language = "vi"
    """Language of what is sent; pages follow their reader."""

    calendar: str = "office"
    base_url: str = ""
    """Address under which people reach the web pages; empty: http://127.0.0.1:<port>."""

    prefect_api: str = ""
    """Address of Prefect's REST API; empty: none is used unless `up` starts one."""

    prefect_ui: str = ""
    """Address of Prefect's pages; empty: `prefect_api` without /api."""

    recurring_jobs: Literal["embedded", "prefect"] = "embedded"
    """Who drives the recurring jobs: APScheduler in the process of `up`, or Prefect deployments."""

    mail: str = ""
    """Apprise address of the mail server, such as mailtos://user:password@host; empty: mail stays in the outbox."""

    mail_from: str = "doithoai@localhost"

    webhook_secret: str = ""
    """Key that signs webhooks; empty: there are none."""

    webhook_hosts: str = ""
    """Hosts of the office's own network that webhooks and Teams may call, "host" or "host:port", separated by commas."""

    telegram_token: str = ""
    """Token of the bot that writes over Telegram; empty: there is none."""

    teams: Literal["off", "on"] = "off"
    """Whether Microsoft Teams is written to."""

    zalo_token: str = ""
    """Access token of the Zalo Official Account that writes over Zalo; empty: there is none."""

    digest_at: time = time(7, 30)
    """When the digest of a working day is written, in Asia/Ho_Chi_Minh."""

    secret: str = ""
    """Key that signs what browsers keep for us; empty: one is made and kept in the data folder."""

    oidc_issuer: str = ""
    """Address of the sign-in service (OpenID Connect) that people may come in with; empty: there is none."""

    oidc_client: str = ""
    """What that service calls us."""

    oidc_secret: str = ""
    """The secret that it gave us."""

    oidc_name: str = "tài khoản cơ quan"
    """What people call it, as in «Đăng nhập bằng …»."""

    @property
    def known_hosts(self) -> frozenset[str]:
        """The hosts of `webhook_hosts`, each by itself."""
        return frozenset(host.strip().lower() for host in self.webhook_hosts.split(",") if host.strip())

    @property
    def own_templates(self) -> Path:
        """The folder of an installation's own templates of letters, one folder for each language; it need not be there."""
        return self.data / "templates"

    @property
    def database_url(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database or f"sqlite:///{self.data / DATABASE_FILE}"


def read_settings() -> Settings:
    """The settings of this installation, from its environment. Raises `SettingUnusable` naming the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
    name = str(wrong["loc"][0])
    annotation = Settings.model_fields[name].annotation
    known = "00:00 – 23:59" if annotation is time else ", ".join(map(str, get_args(annotation)))
    raise SettingUnusable(name=f"DOITHOAI_{name.upper()}", value=wrong["input"], known=known)


ADDRESS_FILE = "address"


def remember_address(settings: Settings) -> None:
    """Keep the address of the pages beside the data, for commands that are run while they are served; if it can be."""
    with suppress(OSError):
        (settings.data / ADDRESS_FILE).write_text(settings.base_url)


def known_address(settings: Settings) -> str:
    """The address of the pages: as set, as last served from this data folder, else the usual one."""
    kept = settings.data / ADDRESS_FILE
    return settings.base_url or (kept.read_text() if kept.is_file() else "http://127.0.0.1:8000")
