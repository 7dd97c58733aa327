"""The tables of who may come in and what they keep; of secrets only digests and hashes."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, UTCDateTime

from workflow.store.table_base import Kept, identifier


class SignIn(Kept, table=True):
    """A one-time sign-in; `used_at` once it is spent."""

    __tablename__ = "sign_ins"

    digest: str = identifier(primary=True)
    person_id: str = identifier()
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(sa_type=UTCDateTime)


class OpenSession(Kept, table=True):
    """Somebody signed in."""

    __tablename__ = "sessions"

    digest: str = identifier(primary=True)
    person_id: str = identifier()
    created_at: datetime = Field(sa_type=UTCDateTime)
    last_seen_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(sa_type=UTCDateTime)
    agent: str = Field(sa_type=Text)


class PasswordHash(Kept, table=True):
    """The hash of a person's password."""

    __tablename__ = "passwords"

    person_id: str = identifier(primary=True)
    hash: str = Field(sa_type=Text)
    changed_at: datetime = Field(sa_type=UTCDateTime)


class ProgramToken(Kept, table=True):
    """A token of a program; `scopes` stand with blanks between them."""

    __tablename__ = "tokens"

    token_id: str = identifier(primary=True)
    digest: str = identifier()
    person_id: str = identifier()
    name: str = Field(sa_type=Text)
    scopes: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime | None = Field(sa_type=UTCDateTime)
    last_used_at: datetime | None = Field(sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(sa_type=UTCDateTime)


class AnsweredRequest(Kept, table=True):
    """What a request with a key was answered."""

    __tablename__ = "answered_requests"

    key: str = identifier(primary=True)
    request: str = Field(sa_type=Text)
    status: int
    body: str = Field(sa_type=Text)
    expires_at: datetime = Field(sa_type=UTCDateTime)


class KeptView(Kept, table=True):
    """A list that a person keeps under a name."""

    __tablename__ = "saved_views"

    person_id: str = identifier(primary=True)
    name: str = identifier(primary=True)
    query: str = Field(sa_type=Text)
