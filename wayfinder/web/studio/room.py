"""What all views of the studio share: the desk, and who is there."""

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import current_app, g, request

from wayfinder.services.attempts import Attempts
from wayfinder.services.background import Background
from wayfinder.services.comparing import Comparisons
from wayfinder.services.drafts import Desk as Drafts
from wayfinder.services.people.desk import Desk, Policy, StaffError, Visitor, hash_secret
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.people.sessions import Session
from wayfinder.services.people.sign_in import Entered, is_known
from wayfinder.services.uploads import Uploads
from wayfinder.settings import Settings
from wayfinder.store import Store
from wayfinder.store.venues import VenueRecord
from wayfinder.web.ops.metrics import note_work
from wayfinder.web.security import get_client
from wayfinder.web.studio.browsers import name_browser
from wayfinder.web.studio.cookies import read_known_cookie

if TYPE_CHECKING:
    from wayfinder.services.people.single_sign_on import Provider

KEY = "wayfinder.studio"
_VISIT = "studio_visit"
BACK = "/studio/sign-in/back"
"""Where the organisation's own sign-in sends people back to."""


@dataclass
class Room:
    """What the studio of one application has.

    Parameters
    ----------
    desk
        Where staff sign in.
    settings
        The settings of the process.
    drafts
        What the process works on drafts with.
    background
        Works out what takes long.
    comparisons
        Compares and draws releases and drafts.
    uploads
        What was brought and is looked at.
    tries
        Tries to sign in of browsers that are not known, by address.
    own_tries
        Tries of who has shown something that nobody else has: each has a limit that no other
        uses up.
    """

    desk: Desk
    settings: Settings
    drafts: Drafts
    background: Background
    comparisons: Comparisons
    uploads: Uploads
    tries: Attempts = field(default_factory=lambda: Attempts(30, most_in_all=10_000))
    own_tries: Attempts = field(default_factory=lambda: Attempts(30, most_in_all=10_000))
    _provider: "Provider | None" = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def has_single_sign_on(self) -> bool:
        """Whether there is an organisation's own sign-in."""
        return bool(self.settings.oidc_issuer)

    def get_provider(self) -> "Provider":
        """Return the organisation's own sign-in; raises StaffError where there is none."""
        if not self.has_single_sign_on:
            raise StaffError("single-refused")
        from wayfinder.services.people.single_sign_on import Client, Provider

        settings = self.settings
        with self._lock:
            if self._provider is None:
                client = Client(
                    issuer=settings.oidc_issuer,
                    client_id=settings.oidc_client_id,
                    client_secret=settings.oidc_client_secret.get_secret_value(),
                    claim=settings.oidc_claim,
                    redirect_uri=f"{settings.public_url}{BACK}",
                )
                self._provider = Provider(client)
            return self._provider


@dataclass
class Visit:
    """One request of the studio.

    Parameters
    ----------
    session
        Of who asks, or None.
    organisation, venue, role
        What the address is about, and what who asks may there; None where it is about neither.
    entered
        The session that the browser gets; None: as before.
    left
        Whether the browser's session ends.
    here
        The view at which navigation marks where one is; empty: the one that answers.
    page
        The view whose page is shown, and what is in its address; None: as the request says.
    """

    session: Session | None
    organisation: str | None = None
    venue: VenueRecord | None = None
    role: Role | None = None
    entered: Entered | None = None
    left: bool = False
    here: str = ""
    page: tuple[str, dict[str, Any]] | None = None

    @property
    def staff(self) -> Staff:
        """Who is signed in, where the address lets in nobody else."""
        assert self.session is not None and self.session.staff is not None  # noqa: PT018, S101
        return self.session.staff

    @property
    def own_session(self) -> Session:
        """The session, where the address lets in nobody without."""
        assert self.session is not None  # noqa: S101 - see above
        return self.session

    def get_venue(self) -> VenueRecord:
        """Return the venue that the address is about."""
        assert self.venue is not None  # noqa: S101 - the table of access says so
        return self.venue

    def get_organisation(self) -> str:
        """Return the organisation that the address is about."""
        assert self.organisation is not None  # noqa: S101 - the table of access says so
        return self.organisation


def make_room(store: Store, settings: Settings) -> Room:
    """Make what the studio of an application has."""
    policy = Policy(
        second_factor=settings.second_factor == "required",
        idle=timedelta(minutes=settings.session_idle_min),
        longest=timedelta(hours=settings.session_h),
    )
    uploads = Uploads(settings.work_folder / "uploads")
    drafts = Drafts(store)
    background, comparisons = Background(store, tell=note_work), Comparisons(store, drafts)
    return Room(Desk(store, policy), settings, drafts, background, comparisons, uploads)


def get_room() -> Room:
    """Return what the studio of the application that answers has."""
    room = current_app.extensions[KEY]
    assert isinstance(room, Room)  # noqa: S101 - `make_blueprint` has put it there
    return room


def begin_visit(session: Session | None) -> Visit:
    """Note who asks."""
    visit = Visit(session)
    setattr(g, _VISIT, visit)
    return visit


def find_visit() -> Visit | None:
    """Return who asks, where it is known by now."""
    return getattr(g, _VISIT, None)


def get_visit() -> Visit:
    """Return who asks."""
    visit = find_visit()
    assert visit is not None  # noqa: S101 - every view comes after `let_in`
    return visit


def read_visitor() -> Visitor:
    """Return where the request comes from."""
    browser = name_browser(request.headers.get("User-Agent", ""))
    return Visitor(get_client(request.environ), browser, read_known_cookie())


def count_try() -> None:
    """Count a try to sign in, before anything about it that takes long.

    A browser in which somebody signed in before counts by itself, so that whoever floods its
    address does not shut it out; all others count by their address.

    Raises
    ------
    StaffError
        There were too many.
    """
    room, visitor = get_room(), read_visitor()
    if is_known(room.desk, visitor):
        count_own_try(f"browser {hash_secret(visitor.known)}")
    elif not room.tries.allow(visitor.address):
        raise StaffError("wait", wait_s=60)


def count_own_try(shown: str) -> None:
    """Count a try of who has shown a password, a link or a known browser.

    Parameters
    ----------
    shown
        Names what: nobody else can have it, and so nobody else use up the tries.

    Raises
    ------
    StaffError
        There were too many.
    """
    if not get_room().own_tries.allow(shown):
        raise StaffError("wait", wait_s=60)
