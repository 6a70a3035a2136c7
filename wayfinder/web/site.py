"""What every view of one application shares: the venues, the settings, the static files."""

from dataclasses import dataclass, field

from flask import current_app

from wayfinder.services.attempts import Attempts
from wayfinder.services.counts.counter import Counts
from wayfinder.services.display_reports import Reports
from wayfinder.services.display_ways_cache import DisplayWaysCache
from wayfinder.services.feedback.throttle import Throttle
from wayfinder.services.fire.watch import FireWatch
from wayfinder.services.follow import Follower
from wayfinder.services.package_cache import PackageCache
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import Store
from wayfinder.web.assets import Assets

KEY = "wayfinder"


@dataclass(frozen=True, slots=True)
class Site:
    """What one application serves.

    Parameters
    ----------
    venues
        The venues, each replaced whole while requests go on: take one once in a request.
    settings
        The settings of the process.
    assets
        The static files.
    packages
        Finished ways for phones without network.
    fire
        Knows whether a venue is on fire, and takes the messages that say so.
    store
        What is written to, or None where nothing can be written.
    follower
        Keeps the venues up to date with the store, or None where they never change.
    display_ways
        Finished ways for kiosks.
    reports
        What displays report, on its way to the store; None where nothing can be written.
    enrolments
        Tries of displays to enrol.
    counts
        What is counted, on its way to the store; None where nothing can be written.
    throttle, flags
        How often people report of late, and phones tell that somebody got lost.
    """

    venues: Venues
    settings: Settings
    assets: Assets
    packages: PackageCache
    fire: FireWatch
    store: Store | None = None
    follower: Follower | None = None
    display_ways: DisplayWaysCache = field(default_factory=DisplayWaysCache)
    reports: Reports | None = None
    enrolments: Attempts = field(default_factory=lambda: Attempts(20, most_in_all=600))
    counts: Counts | None = None
    throttle: Throttle = field(default_factory=Throttle)
    flags: Throttle = field(default_factory=lambda: Throttle(most=600, most_about_one=60))


def get_site() -> Site:
    """Return the site of the application that answers."""
    site = current_app.extensions[KEY]
    assert isinstance(site, Site)  # noqa: S101 - `create_app` has put it there
    return site
