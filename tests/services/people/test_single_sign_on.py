"""The organisation's own sign-in: whom it names comes in, and nobody by anything less."""

from collections.abc import Iterator

import pytest
from joserfc.jwk import OctKey

from tests.services.people.conftest import HERE, SHELL, Clock, Hire, open_found
from tests.services.people.provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    Organisation,
    make_other_key,
    serve,
)
from wayfinder.services.audit import list_seen
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, StaffError
from wayfinder.services.people.roles import Role
from wayfinder.services.people.sessions import Session, find_session
from wayfinder.services.people.sign_in import Entered
from wayfinder.services.people.single_sign_on import Client, Provider, begin, finish

BACK = "https://way.example.org/studio/sign-in/back"


@pytest.fixture(scope="module")
def _server() -> Iterator[Organisation]:
    with serve(Organisation()) as organisation:
        yield organisation


@pytest.fixture
def organisation(_server: Organisation, clock: Clock) -> Organisation:
    """Return the organisation's server, which does all as it should."""
    _server.claims, _server.metadata, _server.signed_by = {}, {}, None
    _server.algorithm, _server.now = "RS256", clock.now.timestamp()
    return _server


@pytest.fixture
def provider(organisation: Organisation) -> Provider:
    return make_provider(organisation)


def make_provider(organisation: Organisation, claim: str = "preferred_username") -> Provider:
    return Provider(Client(organisation.url, CLIENT_ID, CLIENT_SECRET, claim, BACK))


def come_back(
    desk: Desk, provider: Provider, organisation: Organisation, **changes: str
) -> Entered:
    """Go there, sign in, and come back."""
    begun, address = begin(desk, provider, HERE, goal="/studio/v/house")
    arguments = {**organisation.give_code(address), **changes}
    return finish(desk, provider, open_found(desk, begun), arguments, HERE)


def refuse(desk: Desk, provider: Provider, organisation: Organisation, **changes: str) -> str:
    """Return why somebody does not come in."""
    with pytest.raises(StaffError) as caught:
        come_back(desk, provider, organisation, **changes)
    return caught.value.code


def test_who_is_a_person_here_comes_in(
    desk: Desk, provider: Provider, organisation: Organisation, hire: Hire
) -> None:
    staff = hire("Li An")
    begun, address = begin(desk, provider, HERE, goal="/studio/v/house")
    asked = organisation.give_code(address)
    assert organisation.asked["redirect_uri"] == BACK
    assert organisation.asked["response_type"] == "code"
    assert "openid" in organisation.asked["scope"].split()
    session = open_found(desk, begun)
    assert (session.staff, session.is_full) == (None, False)
    entered = finish(desk, provider, session, asked, HERE)
    found = open_found(desk, entered)
    assert (found.staff, found.is_full, found.record.data["next"]) == (
        staff,
        True,
        "/studio/v/house",
    )
    assert find_session(desk, begun.secret) is None


def test_later_it_is_who_they_are_there_and_not_what_they_are_called(
    desk: Desk, provider: Provider, organisation: Organisation, hire: Hire
) -> None:
    staff = hire("Li An")
    come_back(desk, provider, organisation)
    organisation.claims = {"preferred_username": "An (married)"}
    assert open_found(desk, come_back(desk, provider, organisation)).staff == staff
    # and whoever gets that name later is somebody else
    organisation.claims = {"sub": "u-2"}
    assert refuse(desk, provider, organisation) == "single-unknown"


def test_nobody_is_added_on_the_way(
    desk: Desk, provider: Provider, organisation: Organisation, hire: Hire
) -> None:
    assert refuse(desk, provider, organisation) == "single-unknown"
    for claims in ({"preferred_username": None}, {"preferred_username": 7}, {"sub": None}):
        hire(f"Somebody {claims}")
        organisation.claims = claims
        assert refuse(desk, provider, organisation) in {"single-unknown", "single-refused"}


def test_who_was_removed_comes_in_no_more(
    desk: Desk, provider: Provider, organisation: Organisation, hire: Hire
) -> None:
    staff = hire("Li An")
    come_back(desk, provider, organisation)
    roster.remove(desk, staff.id, by=SHELL)
    assert refuse(desk, provider, organisation) == "single-unknown"
    hire("Li An", Role.VIEWER)  # another one of that name
    assert come_back(desk, provider, organisation).stage == "full"


def test_who_has_another_account_there_comes_in_once_the_first_is_unlinked(
    desk: Desk, provider: Provider, organisation: Organisation, hire: Hire
) -> None:
    admin, staff = hire("Admin", Role.ADMIN), hire("Li An")
    before = come_back(desk, provider, organisation)
    organisation.claims = {"sub": "u-2"}
    roster.reset(desk, staff.id, by=admin, organisation="a", factor=True)
    assert refuse(desk, provider, organisation) == "single-unknown"
    roster.reset(desk, staff.id, by=admin, organisation="a", identity=True)
    assert not roster.find_named(desk, "Li An").is_linked
    assert find_session(desk, before.secret) is None
    assert open_found(desk, come_back(desk, provider, organisation)).staff == staff
    assert [one.action for one in list_seen(desk.store, admin, "a")[:4]] == [
        "signed-in",
        "identity-linked",
        "identity-unlinked",
        "person-reset",
    ]
    # the first account is nobody's now
    organisation.claims = {}
    assert refuse(desk, provider, organisation) == "single-unknown"


def test_an_address_counts_only_where_it_is_verified(
    desk: Desk, organisation: Organisation, hire: Hire
) -> None:
    hire("an@example.org")
    provider = make_provider(organisation, "email")
    for verified in (None, False, "true", 1):
        organisation.claims = {"email": "an@example.org", "email_verified": verified}
        assert refuse(desk, provider, organisation) == "single-unknown"
    organisation.claims = {"email": "An@Example.org", "email_verified": True}
    assert come_back(desk, provider, organisation).stage == "full"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": [CLIENT_ID, "another"]},
        {"aud": [CLIENT_ID, "another"], "azp": "another"},
        {"azp": "another"},
        {"exp": 0},
        {"exp": None},
        {"iat": None},
        {"iat": 99999999999},
        {"sub": 7},
    ],
)
def test_what_was_not_said_for_us_now_lets_nobody_in(
    desk: Desk,
    provider: Provider,
    organisation: Organisation,
    hire: Hire,
    claims: dict[str, object],
) -> None:
    hire("Li An")
    organisation.claims = claims
    assert refuse(desk, provider, organisation) == "single-refused"
    organisation.claims = {}
    assert come_back(desk, provider, organisation).stage == "full"


def test_what_another_has_signed_lets_nobody_in(
    desk: Desk, provider: Provider, organisation: Organisation, hire: Hire
) -> None:
    hire("Li An")
    organisation.signed_by = make_other_key()
    assert refuse(desk, provider, organisation) == "single-refused"
    # nor what is signed with a secret that others may know
    organisation.algorithm = "HS256"
    organisation.signed_by = OctKey.import_key(CLIENT_SECRET * 3, {"kid": "1"})
    assert refuse(desk, provider, organisation) == "single-refused"


@pytest.mark.parametrize(
    "changes",
    [{"state": "another"}, {"state": ""}, {"code": "bad"}, {"iss": "https://evil.example"}],
)
def test_an_answer_to_nothing_that_was_asked_lets_nobody_in(
    desk: Desk,
    provider: Provider,
    organisation: Organisation,
    hire: Hire,
    changes: dict[str, str],
) -> None:
    hire("Li An")
    assert refuse(desk, provider, organisation, **changes) == "single-refused"


def test_an_answer_is_good_once(
    desk: Desk, provider: Provider, organisation: Organisation, hire: Hire
) -> None:
    hire("Li An")
    begun, address = begin(desk, provider, HERE)
    arguments = organisation.give_code(address)
    session: Session = open_found(desk, begun)
    with pytest.raises(StaffError):
        finish(desk, provider, session, {**arguments, "state": "x"}, HERE)
    assert find_session(desk, begun.secret) is None


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"jwks_uri": 7},
        {"authorization_endpoint": []},
    ],
)
def test_a_server_that_is_another_is_not_spoken_to(
    desk: Desk, organisation: Organisation, metadata: dict[str, object]
) -> None:
    organisation.metadata = metadata
    with pytest.raises(StaffError, match="single-away"):
        begin(desk, make_provider(organisation), HERE)


def test_a_server_that_is_away_is_said(desk: Desk) -> None:
    client = Client("http://127.0.0.1:1", CLIENT_ID, CLIENT_SECRET, "preferred_username", BACK)
    with pytest.raises(StaffError, match="single-away"):
        begin(desk, Provider(client), HERE)
