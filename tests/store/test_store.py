"""Opening: tables are made once, under a lock; what is newer, foreign or away is refused."""

import sqlite3
import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st

from tests.disk import SetUp
from wayfinder.store import InvalidError, Store, UnavailableError, engine, open_store
from wayfinder.store.migrate import HEAD, MIGRATIONS, reflect_tables
from wayfinder.store.people import list_people
from wayfinder.store.tables import (
    audit,
    conditions,
    memberships,
    metadata,
    organisations,
    people,
    tokens,
    venues,
)
from wayfinder.store.types import encode_json

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
VENUE = {
    "organisation_id": 1,
    "slug": "house",
    "created_at": NOW,
    "version": 0,
    "conditions_number": 0,
}


def add(store: Store, slug: str, name: Any = None, at: datetime = NOW) -> None:  # noqa: ANN401 - JSON
    with store.write() as connection:
        values = {"slug": slug, "name": name or {}, "created_at": at}
        connection.execute(sa.insert(organisations).values(values))


def list_rows(store: Store) -> list[tuple[str, Any, datetime]]:
    table = organisations
    chosen = sa.select(table.c.slug, table.c.name, table.c.created_at).order_by(table.c.id)
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(chosen)]


def test_tables_are_made_once(empty_url: str, backend: str) -> None:
    store = open_store(empty_url)
    assert store.backend == backend
    add(store, "one")
    store.close()
    again = open_store(empty_url)
    assert [slug for slug, _, _ in list_rows(again)] == ["one"]
    again.close()


def test_the_migrations_make_the_tables_of_the_program(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_tokens_outlive_that_their_names_become_a_venues_own(empty_url: str) -> None:
    """The table is made anew on SQLite; what is in it is copied."""
    older = open_store(empty_url, revision="0009")
    add(older, "ours")
    row = {"hash": "1f", "scopes": ["conditions"], "made_by": "Ann", "made_at": NOW}
    with older.write() as connection:
        connection.execute(sa.insert(venues).values(VENUE))
        connection.execute(sa.insert(tokens).values(row | {"name": "monitor", "venue_id": 1}))
    older.close()
    store = open_store(empty_url)
    with store.write() as connection:
        (known,) = connection.execute(sa.select(tokens)).mappings().all()
        assert {key: known[key] for key in row} == row
        again = row | {"name": "monitor", "venue_id": 1, "hash": "2f"}
        with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
            connection.execute(sa.insert(tokens).values(again))
        connection.execute(sa.insert(tokens).values(again | {"venue_id": None}))
    with store.read() as connection:
        ids = connection.execute(sa.select(tokens.c.id).order_by(tokens.c.id)).scalars().all()
        assert ids[0] == known["id"]
        assert len(set(ids)) == 2
    store.close()


def test_what_a_system_closed_before_stays_its_own(empty_url: str) -> None:
    older = open_store(empty_url, revision="0010")
    add(older, "ours")
    who = {"made_by": "Ann", "made_at": NOW}
    row = who | {"scopes": ["conditions"]}
    given = [("lifts", 2), ("lifts", 1), ("all", None), ("porter", 1)]
    told = {"venue_id": 1, "kind": "closure", "features": ["lift"], "text": {}, "made_at": NOW}
    with older.write() as connection:
        connection.execute(sa.insert(venues), [VENUE, VENUE | {"slug": "other"}])
        for number, (name, venue) in enumerate(given):
            made = row | {"name": name, "venue_id": venue, "hash": f"{number}"}
            connection.execute(sa.insert(tokens).values(made))
        (then,) = (one for one in reflect_tables(connection) if one.name == "condition")
        # where a person is called as a system is, nobody knows whose it was
        for name in ("Ann", "porter"):
            connection.execute(sa.insert(people).values(who | {"name": name, "key": name}))
        for name in ("lifts", "all", "Ann", "porter"):
            connection.execute(sa.insert(then).values(told | {"made_by": name}))
    older.close()
    store = open_store(empty_url)
    with store.read() as connection:
        found = connection.execute(sa.select(conditions.c.token_id).order_by(conditions.c.id))
        assert found.scalars().all() == [2, 3, None, None]
    store.close()


def test_who_had_no_role_is_found_where_the_last_one_was(empty_url: str) -> None:
    older = open_store(empty_url, revision="0011")
    for slug in ("ours", "theirs"):
        add(older, slug)
    who = {"made_by": "Ann", "made_at": NOW}
    entry = {"at": NOW, "who": "Ann", "details": {}, "venue_id": None, "undo": None}
    given = [(2, 1, None), (1, 1, None), (1, 2, 1), (3, 2, None)]
    with older.write() as connection:
        connection.execute(sa.insert(venues).values(VENUE | {"organisation_id": 2}))
        for name in ("Bo", "Li", "Mo"):
            connection.execute(sa.insert(people).values(who | {"name": name, "key": name}))
        held = who | {"person_id": 3, "organisation_id": 1, "role": "viewer"}
        connection.execute(sa.insert(memberships).values(held))
        for person_id, organisation_id, venue_id in given:
            undo = {"person": person_id, "role": "viewer"}
            place = {"organisation_id": organisation_id, "venue_id": venue_id}
            noted = entry | place | {"action": "role-given", "undo": undo}
            connection.execute(sa.insert(audit).values(noted))
        connection.execute(sa.insert(audit).values(entry | {"action": "role-given"}))
    older.close()
    store = open_store(empty_url)
    with store.read() as connection:
        found = list_people(connection)
    assert [(one.name, one.places) for one in found] == [
        ("Bo", (("theirs", "house"),)),
        ("Li", (("ours", None),)),
        ("Mo", (("ours", None),)),
    ]
    store.close()


def test_a_newer_database_is_refused(store: Store, store_url: str) -> None:
    with store.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnavailableError) as caught:
        open_store(store_url)
    assert (caught.value.code, caught.value.values["found"]) == ("newer", "9999")


def test_a_database_of_another_program_is_left_alone(empty_url: str) -> None:
    url = empty_url.replace("postgresql:", "postgresql+psycopg:")
    theirs = sa.create_engine(url)
    with theirs.begin() as connection:
        connection.execute(sa.text("CREATE TABLE patients (name TEXT)"))
    with pytest.raises(UnavailableError) as caught:
        open_store(empty_url)
    assert (caught.value.code, caught.value.values["tables"]) == ("not-ours", ["patients"])
    assert sa.inspect(theirs).get_table_names() == ["patients"]
    theirs.dispose()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://localhost/x", "unknown-database"),
        ("oracle+oracledb://localhost/x", "unknown-database"),
        ("://", "bad-address"),
        ("postgresql://host:port/x", "bad-address"),
        ("sqlite://", "bad-address"),
        ("postgresql://nobody:secret@localhost:1/x", "unreachable"),
    ],
)
def test_addresses_that_lead_nowhere_are_refused_without_their_password(
    url: str, code: str
) -> None:
    with pytest.raises(UnavailableError) as caught:
        open_store(url)
    assert caught.value.code == code
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("this is not a database, but it is long enough to be looked at\n" * 50)
    with pytest.raises(UnavailableError):
        open_store(str(file))
    with pytest.raises(UnavailableError):
        open_store(str(file / "store.sqlite3"))
    with pytest.raises(UnavailableError):
        open_store(str(tmp_path))


def test_a_file_that_breaks_while_it_is_open_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ours" / "store.sqlite3"
    store = open_store(str(path))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()
    path.write_bytes(b"broken" * 10_000)
    with pytest.raises(UnavailableError, match="not a database"):
        list_rows(store)
    store.close()


def test_a_writer_that_waits_too_long_is_told_so(
    store: Store, store_url: str, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_S", 0.2 if backend == "sqlite" else 1)
    other = open_store(store_url)
    with store.write(), pytest.raises(UnavailableError) as caught:
        add(other, "late")
    assert caught.value.code == "busy"
    add(other, "in time")
    other.close()


def test_a_database_that_is_away_is_waited_for_as_long_as_asked() -> None:
    started = datetime.now(UTC)
    with pytest.raises(UnavailableError):
        open_store("postgresql://nobody@localhost:1/x", patience_s=0.3)
    assert timedelta(seconds=0.3) < datetime.now(UTC) - started < timedelta(seconds=10)


def test_sqlite_waits_for_the_disk(
    tmp_path: Path, set_up_sqlite: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_set_up_sqlite", set_up_sqlite)
    path = tmp_path / "deep" / "folder" / "store.sqlite3"
    store = open_store(str(path))
    with store.read() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    store.close()


def test_postgresql_waits_for_the_disk_whatever_the_server_says(
    request: pytest.FixtureRequest,
) -> None:
    server = request.getfixturevalue("postgres")
    name = server.make_database()
    separator = "&options="
    store = open_store(server.url(name) + separator + "-csynchronous_commit%3Doff")
    with store.read() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    store.close()
    server.drop_database(name)


def test_an_error_undoes_everything(store: Store) -> None:
    def fail() -> None:
        with store.write() as connection:
            values = {"slug": "one", "name": {}, "created_at": NOW}
            connection.execute(sa.insert(organisations).values(values))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list_rows(store) == []


def test_readers_see_one_state_and_do_not_wait_for_writers(store: Store) -> None:
    add(store, "one")
    count = sa.select(sa.func.count()).select_from(organisations)
    with store.read() as reader:
        assert reader.execute(count).scalar() == 1
        add(store, "two")
        assert reader.execute(count).scalar() == 1
    assert len(list_rows(store)) == 2


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfffy"])
def test_what_only_one_database_would_take_is_refused_by_both(store: Store, text: str) -> None:
    for slug, name in ((text, {}), ("a", {"en": text}), ("a", {text: "a"}), ("a", [[text]])):
        with pytest.raises(InvalidError, match="unstorable-text"):
            add(store, slug, name)
    for number in (float("nan"), float("inf")):
        with pytest.raises(InvalidError, match="unstorable-json"):
            add(store, "a", {"en": number})
    with pytest.raises(InvalidError, match="unstorable-json"):
        encode_json({1, 2})
    assert list_rows(store) == []


def test_instants_are_kept_in_utc(store: Store) -> None:
    shanghai = timezone(timedelta(hours=8))
    add(store, "one", at=datetime(2026, 11, 23, 17, 30, 0, 123456, tzinfo=shanghai))
    ((_, _, at),) = list_rows(store)
    assert at == NOW.replace(microsecond=123456)
    assert at.utcoffset() == timedelta(0)
    with pytest.raises(InvalidError, match="no-time-zone"):
        add(store, "two", at=datetime(2026, 11, 23))  # noqa: DTZ001 - that is the point
    with pytest.raises(InvalidError, match="beyond-calendar"):
        add(store, "two", at=datetime(1, 1, 1, tzinfo=shanghai))


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(st.characters() | st.sampled_from("\0\ud800")),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    )
)
def test_json_is_kept_as_it_is_or_refused(value: object) -> None:
    try:
        text = encode_json(value)
    except InvalidError:
        return
    with sqlite3.connect(":memory:") as connection:
        assert connection.execute("SELECT ?", (text,)).fetchone() == (text,)
    connection.close()
    assert "\\u0000" not in text.replace("\\\\", "")
