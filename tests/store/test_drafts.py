"""Drafts: logs that only grow, each of one venue; releases to come; images."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.drafted import NOW, make_entry
from wayfinder.store import DamagedError, InvalidError, Store, UnknownError
from wayfinder.store import draft_tables as tables
from wayfinder.store.drafts import (
    DraftRecord,
    add_draft,
    add_entry,
    close_draft,
    find_entry,
    get_draft,
    list_drafts,
    list_entries,
    list_lines,
    map_undoes,
    rename_draft,
    reopen_draft,
    set_merged,
)
from wayfinder.store.plan_images import (
    NewImage,
    add_plan_image,
    get_plan_image,
    list_plan_images,
    place_plan_image,
    read_picture,
    remove_plan_image,
)
from wayfinder.store.releases import add_release, pack_plan
from wayfinder.store.schedules import (
    CANCELLED,
    PUBLISHED,
    add_schedule,
    end_schedule,
    get_schedule,
    list_due,
    list_schedules,
)
from wayfinder.store.venues import get_venue, make_venue


@pytest.fixture
def house(store: Store) -> Store:
    with store.write() as connection:
        for slug in ("house", "annex"):
            venue = make_venue(connection, slug, "north", {})
            add_release(connection, venue, pack_plan(b"{}"), errors={})
    return store


def open_draft(store: Store, slug: str = "house", *, entries: int = 0) -> DraftRecord:
    with store.write() as connection:
        venue = get_venue(connection, slug)
        draft = add_draft(connection, venue, " new wing ", base=(1, "sha256:0"), who="ann")
        for number in range(1, entries + 1):
            add_entry(connection, draft, make_entry(number))
        return get_draft(connection, venue, draft.id)


def test_a_log_grows_and_is_read_in_order(house: Store) -> None:
    draft = open_draft(house, entries=3)
    assert (draft.name, draft.base_number, draft.head, draft.is_open) == ("new wing", 1, 3, True)
    assert (draft.merged_number, draft.upon, draft.updated_at) == (None, (None, 1), NOW)
    with house.read() as connection:
        entries = list_entries(connection, draft)
        assert entries == [make_entry(1), make_entry(2), make_entry(3)]
        assert list_entries(connection, draft, after=1, until=2) == [make_entry(2)]
        assert find_entry(connection, draft, "key-3") == make_entry(3)
        assert find_entry(connection, draft, "key-4") is None


def test_a_draft_without_entries_was_changed_when_it_was_opened(house: Store) -> None:
    draft = open_draft(house)
    assert (draft.head, draft.updated_at) == (0, draft.created_at)


@pytest.mark.parametrize(
    "entry",
    [
        make_entry(1, key="other"),
        make_entry(2, key="key-1"),
        replace(make_entry(2), undoes=2),
        replace(make_entry(2), seen=2),
    ],
    ids=["number twice", "key twice", "undoes itself", "seen before it was"],
)
def test_what_breaks_a_log_is_refused(house: Store, entry: object) -> None:
    draft = open_draft(house, entries=1)
    assert not isinstance(entry, str)
    with pytest.raises(IntegrityError), house.write() as connection:
        add_entry(connection, draft, entry)  # type: ignore[arg-type]
    with house.read() as connection:
        assert list_entries(connection, draft) == [make_entry(1)]


def test_what_no_database_may_hold_is_refused(house: Store) -> None:
    draft = open_draft(house)
    for bad in ({"x": float("nan")}, {"x": "\ud800"}, {"\0": 1}):
        with pytest.raises(InvalidError), house.write() as connection:
            add_entry(connection, draft, replace(make_entry(), action=bad))


def test_a_draft_is_of_one_venue(house: Store) -> None:
    draft, other = open_draft(house), open_draft(house, "annex")
    with house.read() as connection:
        venue = get_venue(connection, "house")
        assert list_drafts(connection, venue) == [draft]
        with pytest.raises(UnknownError, match="unknown-draft"):
            get_draft(connection, venue, other.id)


def test_a_draft_is_closed_and_opened_again(house: Store) -> None:
    draft = open_draft(house)
    with house.write() as connection:
        venue = get_venue(connection, "house")
        close_draft(connection, draft, who="bob")
        closed = get_draft(connection, venue, draft.id)
        assert (closed.is_open, closed.is_discarded, closed.closed_by) == (False, True, "bob")
        close_draft(connection, draft, who="bob", release=1)
        closed = get_draft(connection, venue, draft.id)
        assert (closed.is_discarded, closed.release_number) == (False, 1)
        reopen_draft(connection, draft)
        set_merged(connection, draft, 1)
        rename_draft(connection, draft, "old wing")
        again = get_draft(connection, venue, draft.id)
        assert (again.is_open, again.upon, again.name) == (True, (1,), "old wing")


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_bad_name_is_refused(house: Store, name: str) -> None:
    with pytest.raises(InvalidError, match="bad-draft-name"), house.write() as connection:
        add_draft(connection, get_venue(connection, "house"), name, base=(1, ""), who="")


def test_what_is_due_is_found_until_it_is_done(house: Store) -> None:
    with house.write() as connection:
        venue = get_venue(connection, "house")
        late = add_schedule(connection, venue, 1, NOW + timedelta(hours=1), who="ann")
        soon = add_schedule(connection, venue, 1, NOW, upon=(1, None))
        other = add_schedule(connection, get_venue(connection, "annex"), 1, NOW)
        assert [one.id for one in list_schedules(connection, venue)] == [soon.id, late.id]
        assert list_due(connection, NOW - timedelta(seconds=1)) == []
        assert list_due(connection, NOW) == [soon, other]
        assert (soon.upon, other.venue) == ((1, None), "annex")
        end_schedule(connection, soon, PUBLISHED, at=NOW + timedelta(minutes=2))
        end_schedule(connection, other, CANCELLED, at=NOW + timedelta(minutes=2))
        assert list_due(connection, NOW) == []
        assert get_schedule(connection, venue, soon.id).late_s == 120.0
        assert get_schedule(connection, get_venue(connection, "annex"), other.id).late_s == 0.0
        with pytest.raises(UnknownError, match="unknown-schedule"):
            get_schedule(connection, venue, other.id)


def test_what_is_a_minute_late_is_not_called_so(house: Store) -> None:
    with house.write() as connection:
        venue = get_venue(connection, "house")
        one = add_schedule(connection, venue, 1, NOW)
        assert one.late_s == 0.0
        end_schedule(connection, one, PUBLISHED, at=NOW + timedelta(minutes=1))
        assert get_schedule(connection, venue, one.id).late_s == 0.0


def test_an_image_is_kept_moved_and_removed(house: Store) -> None:
    image = NewImage(b"\x89PNG\0", "ground", "plan.png", "image/png", 20, 10, {"at": [1, 2.5]})
    with house.write() as connection:
        venue = get_venue(connection, "house")
        kept = add_plan_image(connection, venue, image, who="ann")
        assert list_plan_images(connection, venue) == [kept]
        assert (kept.name, kept.width_px, kept.placement) == ("plan.png", 20, {"at": [1, 2.5]})
        assert read_picture(connection, venue, kept.id) == image.picture
        moved = place_plan_image(connection, venue, kept.id, {"at": [3, 4]}, level="first")
        assert moved == replace(kept, placement={"at": [3, 4]}, level="first")
        with pytest.raises(UnknownError, match="unknown-plan-image"):
            get_plan_image(connection, get_venue(connection, "annex"), kept.id)
        connection.execute(tables.plan_images.update().values(picture=b"other"))
        with pytest.raises(DamagedError, match="damaged-plan-image"):
            read_picture(connection, venue, kept.id)
        assert remove_plan_image(connection, venue, kept.id) == moved
        assert list_plan_images(connection, venue) == []


def test_a_log_is_listed_without_what_came_of_its_entries(house: Store) -> None:
    draft = open_draft(house, entries=3)
    other = open_draft(house, entries=2)
    with house.write() as connection:
        for number, undoes in ((4, 3), (5, 4), (6, 5)):
            add_entry(connection, draft, replace(make_entry(number), undoes=undoes))
        add_entry(connection, other, replace(make_entry(3, author="bob"), undoes=1))
    with house.read() as connection:
        newest = list_lines(connection, draft, limit=2)
        rest = list_lines(connection, draft, before=newest[-1].number)
        assert map_undoes(connection, draft.id) == {4: 3, 5: 4, 6: 5}
        assert list_lines(connection, other)[2].undone_by == 3
    assert [(one.number, one.undone_by) for one in (*newest, *rest)] == [
        *((6, None), (5, 6), (4, 5), (3, 4), (2, None), (1, None))
    ]
    assert (rest[0].author, rest[0].kind, rest[0].touched) == ("ann", "delete", ("A",))
    assert rest[0].made_at == NOW
