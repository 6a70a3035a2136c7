"""Tokens are shown once, kept as a hash, good for what they were made for until taken back."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.signed import make_plan
from wayfinder.services import releases, tokens
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError
from wayfinder.store.audit import Actor
from wayfinder.store.tables import tokens as table


def test_a_token_is_good_and_only_its_hash_is_kept(store: Store) -> None:
    token = tokens.make_token(store, "lift monitor", who=Actor("ann"))
    record = tokens.check_token(store, token, "conditions", "anywhere")
    assert record is not None
    assert (record.name, record.made_by, record.scopes) == ("lift monitor", "ann", ("conditions",))
    with store.read() as connection:
        (row,) = connection.execute(sa.select(table)).all()
    assert token not in repr(row)
    assert token.removeprefix(tokens.PREFIX) not in repr(row)
    assert [one.name for one in tokens.list_all(store)] == ["lift monitor"]
    assert tokens.make_token(store, "another") != token


@pytest.mark.parametrize("wrong", ["", "wf_", "wf_x", "\ud800", "wf_\0", "x" * 10_000])
def test_what_is_no_token_is_not_good(store: Store, wrong: str) -> None:
    tokens.make_token(store, "lift monitor")
    assert tokens.check_token(store, wrong, "conditions", "house") is None


def test_a_token_is_good_for_its_venue_and_scope(store: Store) -> None:
    releases.import_plan(store, "house", make_plan())
    token = tokens.make_token(store, "lift monitor", venue="house")
    assert tokens.check_token(store, token, "conditions", "house") is not None
    assert tokens.check_token(store, token, "conditions", "annex") is None
    assert tokens.check_token(store, token, "displays", "house") is None


def test_a_token_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    token = tokens.make_token(store, "visitor", expires_at=now + timedelta(hours=1))
    assert tokens.check_token(store, token, "conditions", "house") is not None

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return now + timedelta(hours=2)

    monkeypatch.setattr(tokens, "datetime", Later)
    assert tokens.check_token(store, token, "conditions", "house") is None


def test_a_token_is_taken_back(store: Store) -> None:
    token = tokens.make_token(store, "lift monitor")
    tokens.revoke(store, "lift monitor")
    assert tokens.check_token(store, token, "conditions", "house") is None
    with pytest.raises(UnknownError, match="unknown-token"):
        tokens.revoke(store, "lift monitor")
    with pytest.raises(ConflictError, match="token-name-taken"):
        tokens.make_token(store, "lift monitor")


def test_names_are_a_venues_own(store: Store) -> None:
    for slug in ("house", "annex"):
        releases.import_plan(store, slug, make_plan())
    where = ("house", "annex", None)
    given = {venue: tokens.make_token(store, "lift monitor", venue=venue) for venue in where}
    for venue in where:
        with pytest.raises(ConflictError, match="token-name-taken"):
            tokens.make_token(store, "lift monitor", venue=venue)
    with pytest.raises(ConflictError, match="token-of-several") as caught:
        tokens.revoke(store, "lift monitor")
    assert caught.value.values["venues"] == ["house", "annex", "*"]
    tokens.revoke(store, "lift monitor", only_venues=["annex"])
    tokens.revoke(store, "lift monitor", venue="*")
    good = [tokens.find_good(store, token, "conditions") is not None for token in given.values()]
    assert good == [True, False, False]
    tokens.revoke(store, "lift monitor")
    assert tokens.find_good(store, given["house"], "conditions") is None


def test_tokens_that_make_no_sense_are_refused(store: Store) -> None:
    for name in ("", "  ", "x" * 81):
        with pytest.raises(InvalidError, match="bad-token-name"):
            tokens.make_token(store, name)
    for scopes in ((), ("everything",)):
        with pytest.raises(InvalidError, match="unknown-scope"):
            tokens.make_token(store, "a", scopes=scopes)
    with pytest.raises(InvalidError, match="over-already"):
        tokens.make_token(store, "a", expires_at=datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(UnknownError, match="unknown-venue"):
        tokens.make_token(store, "a", venue="nowhere")
    assert tokens.list_all(store) == []
