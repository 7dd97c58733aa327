"""Reading an answered page as a browser does: its text, its links and its forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from httpx import Response

_SILENT = frozenset({"script", "style", "title", "svg"})


@dataclass
class Form:
    """A form: where it goes, how, and what it would send untouched."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """An HTML page taken apart."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.status = response.status_code
        self.html = response.text
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self._words: list[str] = []
        self._silent = 0
        self._area: str | None = None
        self._select = ""
        self.feed(response.text)

    @property
    def text(self) -> str:
        """What a reader reads, white space collapsed."""
        return " ".join(" ".join(self._words).split())

    def form(self, action: str) -> Form:
        """The first form whose address begins so."""
        return next(form for form in self.forms if form.action.startswith(action))

    def has_form(self, action: str) -> bool:
        """Whether there is a form whose address begins so."""
        return any(form.action.startswith(action) for form in self.forms)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag in _SILENT:
            self._silent += 1
        if tag == "form":
            self.forms.append(Form(values.get("action", ""), values.get("method", "get")))
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        unticked = values.get("type") in ("checkbox", "radio") and "checked" not in values
        if tag == "input" and self.forms and "name" in values and not unticked:
            self.forms[-1].fields[values["name"]] = values.get("value", "")
        if tag == "select" and self.forms and "name" in values:
            self._select = values["name"]
        if tag == "option" and self._select and (self._select not in self.forms[-1].fields or "selected" in values):
            self.forms[-1].fields[self._select] = values.get("value", "")
        if tag == "textarea":
            self._area = values["name"]
            self.forms[-1].fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].fields[self._area] += data
        elif not self._silent:
            self._words.append(data)
