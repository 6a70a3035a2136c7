"""The store: what outlives a process, in SQLite or PostgreSQL; one file an aggregate."""

from wayfinder.store import draft_tables, hearing_tables, job_tables  # noqa: F401 - or nobody knew
from wayfinder.store.errors import (
    ConflictError,
    DamagedError,
    InvalidError,
    StoreError,
    UnavailableError,
    UnknownError,
)
from wayfinder.store.store import Store, open_store

__all__ = [
    "ConflictError",
    "DamagedError",
    "InvalidError",
    "Store",
    "StoreError",
    "UnavailableError",
    "UnknownError",
    "open_store",
]
