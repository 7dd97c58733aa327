"""Where each library may be imported. A library without a place is refused, so that taking one is a decision."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from tests.architecture.source import PACKAGES, Source, imports

EVERYWHERE = ("",)
PLACES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "aiosmtpd": ("workflow.notify.mailbox",),
        "alembic": ("workflow.store",),
        "apprise": ("workflow.notify.channels", "workflow.notify.zalo"),
        "apscheduler": ("workflow.ticking",),
        "argon2": ("workflow.services.passwords",),
        "babel": ("workflow.language",),
        "cattrs": ("workflow.store",),
        "click": ("workflow.cli",),
        "docxtpl": ("workflow.documents",),
        "fastapi": ("workflow.web",),
        "fastapi_csrf_protect": ("workflow.web",),
        "grandalf": ("workflow.web",),
        "holidays": ("calendars.statutory_days",),
        "httpx": ("workflow.board", "workflow.notify", "workflow.web.oidc"),
        "icalendar": ("calendars.ical", "workflow.notify.due_file"),
        "itsdangerous": ("workflow.web",),
        "joserfc": ("workflow.web.oidc",),
        "jinja2": ("workflow.notify.render", "workflow.documents", "workflow.web"),
        "limits": ("workflow.web",),
        "markdown_it": ("workflow.web.views.help",),
        "markupsafe": ("workflow.web",),
        "numpy": ("calendars",),
        "pendulum": ("calendars",),
        "prefect": ("flows",),
        "prometheus_client": ("workflow.web",),
        "pydantic": ("workflow.planfile", "workflow.settings", "workflow.web"),
        "pydantic_settings": ("workflow.settings",),
        "pypdfium2": ("workflow.intake.readers",),
        "python_calamine": ("workflow.documents",),
        "rich": ("workflow.cli",),
        "segno": ("workflow.web",),
        "sqlalchemy": ("workflow.store",),
        "sqlmodel": ("workflow.store",),
        "starlette": ("workflow.web",),
        "structlog": EVERYWHERE,
        "typer": ("workflow.cli",),
        "uvicorn": ("workflow.embedded",),
        "xlsxwriter": ("workflow.documents",),
        "yaml": ("workflow.planfile",),
    }
)
PURE = ("workflow.domain",)
"""What needs nothing but the standard library and the calendars."""


def out_of_place(files: Iterable[Source]) -> Iterator[str]:
    """Every import of a library outside its place, of one without a place, and of any in a pure package."""
    for file in files:
        for line, library in sorted({(each.line, each.target.partition(".")[0]) for each in imports(file)}):
            if library in PACKAGES or library in sys.stdlib_module_names:
                continue
            places = PLACES.get(library, ())
            if any(_in(file.name, pure) for pure in PURE):
                yield f"{file.path}:{line}: {file.name} is pure and imports {library}"
            elif not places:
                yield f"{file.path}:{line}: {library} has no place; give it one in tests/architecture/libraries.py"
            elif not any(_in(file.name, place) for place in places):
                yield f"{file.path}:{line}: {library} is imported only in {', '.join(places)}"


def _in(module: str, place: str) -> bool:
    return not place or module == place or module.startswith(f"{place}.")
