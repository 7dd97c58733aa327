"""What every table is made of: names, kinds of column, the base with the metadata.

Columns bear the names of the fields of the values they keep (`PlanRow`, `StepRow`, `Notice`, …). Words of the domain
are kept as their stable lower-case values; instants are aware and come back in UTC; days stand in date columns.
Only what the store itself derives refers to its plan by a foreign key: the log must stand alone.
"""

# No `from __future__ import annotations` in the modules of tables: SQLModel reads the annotations themselves.

from enum import Enum
from typing import Any

from sqlalchemy import Enum as Words
from sqlalchemy import MetaData, String, text
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

KEY = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared and sorted by code points, on both databases."""


def words(kind: type[Enum]) -> Words:
    """A column for the values of an enumeration, as text."""
    return Words(
        kind,
        values_callable=lambda each: [word.value for word in each],
        native_enum=False,
        length=32,
        validate_strings=True,
    )


def identifier(*, primary: bool = False, of_plan: bool = False) -> Any:
    """A column for an identifier; `of_plan` when it names a plan that must be there."""
    if of_plan:
        return Field(sa_type=KEY, primary_key=primary, foreign_key="plans.plan_id")
    return Field(sa_type=KEY, primary_key=primary)


def later(kind: Any, default: str) -> Any:
    """A column that came with a later version, with what it holds in rows written before; `default` is SQL."""
    return Field(sa_type=kind, sa_column_kwargs={"server_default": text(default)})


class Kept(SQLModel):
    """Base of the tables, with metadata of its own."""

    metadata = MetaData(naming_convention=NAMES)
