"""An application whose venue may catch fire, with the people who may say so."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.fire.people import People, make_zone
from tests.web.conftest import make_client
from wayfinder.services.fire.envelope import Signed
from wayfinder.services.fire.messages import sign_confirm, sign_end, sign_trigger
from wayfinder.services.fire.watch import FireWatch
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app


@dataclass
class House:
    """A venue that is served by two processes.

    Parameters
    ----------
    people
        Who may say what.
    client, other
        Clients of the two processes.
    watches
        What each of them watches with.
    slug
        The venue.
    venues
        What the first process serves.
    """

    people: People
    client: FlaskClient
    other: FlaskClient
    watches: tuple[FireWatch, FireWatch]
    slug: str
    venues: Venues

    @property
    def address(self) -> str:
        """Where messages go."""
        return f"/api/v1/venues/{self.slug}/fire"

    def look(self) -> None:
        """Let a second go by: every process looks at the folder."""
        for watch in self.watches:
            watch.look()

    def send(self, signed: Signed | bytes, client: FlaskClient | None = None) -> TestResponse:
        """Send a message to one process."""
        data = signed if isinstance(signed, bytes) else signed.encode()
        headers = {"Accept-Language": "en"}
        return (client or self.client).post(
            self.address, data=data, content_type="application/json", headers=headers
        )

    def trigger(self, *zones: str, by: str = "Panel", **options: Any) -> Signed:  # noqa: ANN401
        """Make a message that zones are on fire."""
        options = {"at": self.people.clocks.now, **options}
        return sign_trigger(self.people.keys[by], self.slug, zones or ("A",), **options)

    def burn(self, *zones: str) -> str:
        """Let zones be on fire everywhere; return the message's id."""
        taken = self.send(self.trigger(*zones))
        assert taken.status_code == 200, taken.get_data(as_text=True)
        self.look()
        return str(taken.get_json()["id"])

    def put_out(self, *ids: str) -> None:
        """Let two people end it."""
        now = self.people.clocks.now
        end = sign_end(self.people.keys["Li"], self.slug, ids, at=now)
        assert self.send(end).status_code == 200
        confirm = sign_confirm(self.people.keys["Wang"], self.slug, end.digest, at=now)
        assert self.send(confirm).status_code == 200
        self.people.clocks.pass_by(timedelta(seconds=1))
        self.look()


def make_house(folder: Path, served: Served, settings: Settings, **zone: Any) -> House:  # noqa: ANN401
    """Make two processes that serve a venue, and people who may say that it is on fire."""
    people = People(folder, venue=served.slug)
    people.write(zones=zone.get("zones") or [make_zone()])
    clients, watches = [], []
    both = Venues([served]), Venues([served])
    for venues in both:
        watch = people.watch(venues)
        watch.look(served.slug)
        clients.append(make_client(create_app(venues, settings, fire=watch)))
        watches.append(watch)
    return House(people, clients[0], clients[1], (watches[0], watches[1]), served.slug, both[0])
