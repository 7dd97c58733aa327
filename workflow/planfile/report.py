"""How problems of a plan file are collected: all of one file, in order of lines, told together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import NoReturn

from workflow.domain.errors import BadInput

MOST_PROBLEMS = 100


class PlanFileError(BadInput):
    """One problem of a plan file. Its fields always hold `file` and, unless the whole file is meant, `line` (from 1)."""

    template = "Tệp «{file}» không dùng được làm tệp kế hoạch."

    @property
    def line(self) -> int | None:
        """The line it stands on, from 1; None when the whole file is meant."""
        line = self.fields.get("line")
        return line if isinstance(line, int) else None


class PlanFileErrors(PlanFileError):
    """Everything that is wrong with a file, in order of lines; the first one gives the sentence."""

    template = "{first}"

    def __init__(self, problems: Sequence[PlanFileError]) -> None:
        self.problems = tuple(problems)
        super().__init__(first=self.problems[0], others=len(self.problems) - 1, **self.problems[0].fields)

    def __reduce__(self) -> tuple[type[PlanFileErrors], tuple[tuple[PlanFileError, ...]]]:
        return type(self), (self.problems,)


class SeveralPlanFileErrors(PlanFileErrors):
    """The same with more than one problem; the sentence says how many others there are."""

    template = "{first} (Tệp còn {others} lỗi khác.)"


class Unfit(ValueError):
    """A value that a field refuses; becomes a problem once its line is known."""

    def __init__(self, problem: type[PlanFileError], **fields: object) -> None:
        self.problem = problem
        self.fields = fields
        super().__init__(problem.__name__)


class Report:
    """Collects the problems of one file; lives only while the file is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[PlanFileError] = []

    def add(self, problem: type[PlanFileError], line: int | None, **fields: object) -> None:
        """Note a problem; after `MOST_PROBLEMS` reading stops."""
        at = {} if line is None else {"line": line}
        self._problems.append(problem(file=self.file, **at, **fields))
        if len(self._problems) >= MOST_PROBLEMS:
            self.close()

    def fail(self, problem: type[PlanFileError], line: int | None = None, **fields: object) -> NoReturn:
        """Note a problem after which nothing further can be read."""
        self.add(problem, line, **fields)
        self.close()
        raise AssertionError

    def close(self) -> None:
        """Raise what has been noted, if anything."""
        if not self._problems:
            return
        kind = PlanFileErrors if len(self._problems) == 1 else SeveralPlanFileErrors
        raise kind(sorted(self._problems, key=lambda problem: problem.line or 0)) from None


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant, or None."""
    found = get_close_matches(word[:60].lower(), known, n=1, cutoff=0.7)
    return found[0] if found else None


def listed(words: Collection[str]) -> str:
    """Words one after the other, at most forty of them."""
    shown = list(words)[:40]
    return ", ".join(shown) + (", …" if len(words) > len(shown) else "")
