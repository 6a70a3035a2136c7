"""A venue as one request sees it: one snapshot, with all that is derived from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType

from wayfinder.collector import without_collector
from wayfinder.graph import Network, build_network
from wayfinder.model import (
    Conditions,
    ExceptionalHours,
    Labels,
    Notice,
    Plan,
    Release,
    Sign,
    Snapshot,
    list_signs,
)
from wayfinder.model.sign_codes import clean_code
from wayfinder.route import Router
from wayfinder.services.directory import Directory
from wayfinder.services.fire.state import Alarm, FireState
from wayfinder.shelf import open_shelf

_NO_CODES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Served:
    """A venue that is served; never changed, only replaced.

    Parameters
    ----------
    slug
        The venue's name in addresses.
    snapshot
        Release and conditions.
    router
        Finds ways on the release's network.
    directory
        Finds the release's places by what people type.
    conditions_number
        Counts the changes of the venue's conditions.
    codes
        Feature id to the code that the registry gave a sign, for signs that have none in the plan.
    fire
        The fire in it, or None; the conditions then close the buildings that are affected.
    """

    slug: str
    snapshot: Snapshot
    router: Router = field(compare=False, repr=False)
    directory: Directory = field(compare=False, repr=False)
    conditions_number: int = 0
    codes: Mapping[str, str] = field(default_factory=lambda: _NO_CODES)
    fire: FireState | None = None

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self.snapshot.plan

    @property
    def network(self) -> Network:
        """Its network."""
        return self.router.network

    @property
    def conditions(self) -> Conditions:
        """What holds today."""
        return self.snapshot.conditions

    @property
    def name(self) -> Labels:
        """What the venue is called, by language."""
        venue = self.plan.venue
        return venue.name if venue else {"und": self.slug}

    @property
    def version(self) -> str:
        """Changes with release, conditions and fire; fit for an ETag of what no hour changes."""
        release = self.snapshot.release
        digest = release.hash.partition(":")[2][:12]
        fire = f"-{self.fire.version}" if self.fire is not None else ""
        return f"{release.number}-{digest}-{self.conditions_number}{fire}"

    def version_at(self, instant: datetime) -> str:
        """Return the version at an aware instant: it changes whenever an answer may.

        Also because a time has come at which a passage opens or closes, or a notice begins. The
        same in every process, whenever each has read the conditions: what is over counts no more.
        """
        conditions = self.conditions
        timed: tuple[ExceptionalHours | Notice, ...] = (*conditions.hours, *conditions.notices)
        holding = [
            (type(one).__name__, one.feature, str(one.start), str(one.end))
            for one in timed
            if (one.start or one.end) and one.holds_at(instant)
        ]
        epoch = self.router.schedule.find_epoch(instant, conditions)
        state = blake2b(repr((epoch.id, holding)).encode(), digest_size=4)
        return f"{self.version}-{state.hexdigest()}"

    @cached_property
    def signs(self) -> Mapping[str, Sign]:
        """Feature id to sign, each with its code."""
        return {sign.id: replace(sign, code=self._get_code(sign)) for sign in list_signs(self.plan)}

    @cached_property
    def sign_of_code(self) -> Mapping[str, Sign]:
        """Cleaned code to sign."""
        return {sign.code: sign for sign in self.signs.values() if sign.code}

    def _get_code(self, sign: Sign) -> str | None:
        return clean_code(sign.code) if sign.code else self.codes.get(sign.id)

    def with_codes(self, codes: Mapping[str, str]) -> "Served":
        """Return the venue with the registry's codes of its signs."""
        return self if codes == self.codes else replace(self, codes=codes)

    def with_conditions(self, conditions: Conditions, number: int) -> "Served":
        """Return the venue under other conditions; network, router, trees and signs are shared."""
        snapshot = Snapshot(self.snapshot.release, conditions)
        return self._keep_signs(replace(self, snapshot=snapshot, conditions_number=number))

    def with_fire(self, alarm: Alarm | None) -> "Served":
        """Return a venue that is not on fire with an alarm: ways avoid what is affected."""
        base = self if self.fire is None else self._keep_signs(replace(self, fire=None))
        if alarm is None:
            return base
        state = FireState(alarm, self.plan)
        snapshot = Snapshot(self.snapshot.release, state.close(self.conditions))
        return self._keep_signs(replace(base, snapshot=snapshot, fire=state))

    def _keep_signs(self, made: "Served") -> "Served":
        # nobody's first question after a closure pays for listing all signs again
        made.__dict__.update(signs=self.signs, sign_of_code=self.sign_of_code)
        return made


def make_served(
    slug: str, release: Release, conditions: Conditions | None = None, conditions_number: int = 0
) -> Served:
    """Make ready to serve a release: builds its network, which takes seconds for a large plan."""
    with without_collector():
        network = build_network(release.plan).without_parts()
        router = Router(network, release.hash, shelf=open_shelf())
        directory = Directory(release.plan)
        directory.prepare()  # who searches first shall not wait for the index
        release.plan.drop_shapes()
    snapshot = Snapshot(release, conditions or Conditions())
    return Served(slug, snapshot, router, directory, conditions_number)
