"""Print how well documents are read: `python -m tests.intake.score [NAME…] [--quiet]`.

Without names: the five labelled plans, then the composed documents. A name is part of a document's name (S3, towns).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from calendars import vietnam_office
from tests.intake.labels import Labels
from tests.intake.plans import FOLDER, plan_files, plan_labels
from tests.intake.readings import Json, as_read
from tests.intake.scoring import Score, score, total

COLUMNS = ("F1", "P", "R", "owners", "kinds", "undated", "edges", "findings", "facts", "traps", "2×", "↔", "alarms")


def read(path: Path) -> Json:
    """What the project reads out of a file."""
    from workflow.intake.completing import complete
    from workflow.intake.extracting import extract
    from workflow.intake.readers.parsing import parse

    document = parse(path)
    return as_read(complete(extract(document), document, vietnam_office()))


def five_plans() -> Iterator[tuple[Path, Labels]]:
    """The labelled plans beside the project, none where they are missing."""
    if FOLDER.is_dir():
        yield from ((path, plan_labels(path)) for path in plan_files())


def table(rows: Iterable[tuple[str, Score]]) -> Iterator[str]:
    """One line for each document, with a heading."""
    yield f"{'':28}" + "".join(f"{column:>9}" for column in COLUMNS)
    yield from (f"{name[:27]:28}" + "".join(f"{cell:>9}" for cell in _cells(one)) for name, one in rows)


def _cells(one: Score) -> list[str]:
    shares = [one.precision, one.recall, one.owners, one.kinds, one.undated, one.edges, one.findings, one.facts]
    counts = [one.traps, one.doubled, one.reversed_edges, one.alarms]
    return [f"{one.f1:.3f}", *(f"{ratio.share:.3f}" for ratio in shares), *map(str, counts)]


def report(documents: Iterable[tuple[Path, Labels]], *, quiet: bool = False) -> Iterator[str]:
    """The table of a set of documents, and every miss."""
    scores = {labels.name: score(labels, read(path)) for path, labels in documents}
    if scores:
        yield from table([*scores.items(), ("total", total(scores.values()))])
        if not quiet:
            yield ""
            yield from (miss for one in scores.values() for miss in one.misses)
        yield ""


def main(arguments: list[str]) -> None:
    """Print the report of the documents named, all without names."""
    from tests.intake.corpus import build

    names = [argument for argument in arguments if not argument.startswith("-")]
    with TemporaryDirectory() as folder:
        for documents in (five_plans(), build(Path(folder))):
            chosen = [one for one in documents if not names or any(name in one[1].name for name in names)]
            sys.stdout.writelines(f"{line}\n" for line in report(chosen, quiet="--quiet" in arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
