"""The venues that this process serves, each replaced whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from wayfinder.model import Sign
from wayfinder.model.sign_codes import clean_code
from wayfinder.model.sign_records import SignPlace, SignState
from wayfinder.services.served import Served


@dataclass(frozen=True, slots=True)
class SignRecord:
    """What the registry knows of a sign's code.

    Parameters
    ----------
    code
        The code, cleaned.
    venue
        Slug of its venue.
    feature
        Id of the sign in the plan, or the last one it had.
    ref
        Its number, as one says it on the telephone, or the last one it had; empty where unknown.
    state, since
        How far it has come, and since when; None where no store says.
    place
        Where it was in the last release in force that had it, or None where unknown.
    """

    code: str
    venue: str
    feature: str
    ref: str = ""
    state: SignState = SignState.PLANNED
    since: datetime | None = None
    place: SignPlace | None = None


class Venues:
    """What is served now; readers see each venue whole, old or new, never half.

    A writer replaces mappings instead of changing them, so that readers need no lock.
    """

    def __init__(self, served: Iterable[Served] = ()) -> None:
        self._served: Mapping[str, Served] = MappingProxyType({one.slug: one for one in served})
        self._signs: Mapping[str, SignRecord] = MappingProxyType(
            {
                sign.code: SignRecord(sign.code, one.slug, sign.id, sign.ref)
                for one in self._served.values()
                for sign in one.signs.values()
                if sign.code
            }
        )
        self.answered_at = datetime.now(UTC)
        """When the store last said what is newest."""
        self._confirmed: Mapping[str, datetime] = MappingProxyType(
            dict.fromkeys(self._served, self.answered_at)
        )

    @property
    def confirmed_at(self) -> datetime:
        """When all that is served was last known to be the newest."""
        confirmed = self._confirmed
        return min(
            (confirmed[slug] for slug in self._served if slug in confirmed),
            default=self.answered_at,
        )

    def find_confirmed(self, slug: str) -> datetime:
        """Return when what is served of a venue was last known to be the newest."""
        return self._confirmed.get(slug, self.answered_at)

    def find(self, slug: str) -> Served | None:
        """Return a venue by its name in addresses, or None."""
        return self._served.get(slug)

    def list(self) -> tuple[Served, ...]:
        """List the venues by slug."""
        return tuple(served for _, served in sorted(self._served.items()))

    def find_sign(self, code: str) -> SignRecord | None:
        """Return what is registered under a cleaned code, or None."""
        return self._signs.get(code)

    def find_refs(self, text: str) -> Iterator[SignRecord]:
        """Yield what is registered under a number, cleaned as a code is: ``A107`` for ``A1-07``."""
        if text:
            yield from (record for record in self._signs.values() if clean_code(record.ref) == text)

    def list_removed(self) -> frozenset[str]:
        """List the codes of signs that were taken down."""
        records = self._signs.values()
        return frozenset(one.code for one in records if one.state is SignState.REMOVED)

    def find_sign_in(self, served: Served, text: str) -> Sign | None:
        """Return the sign of a venue, as a request sees it, that a code in any case stands for.

        The registry, which may be a moment behind the venue or ahead of it, is asked for codes
        that a sign had before.
        """
        code = clean_code(text)
        record = self._signs.get(code)
        if record is None:
            return served.sign_of_code.get(code)
        if record.venue != served.slug:
            return None
        return served.sign_of_code.get(code) or served.signs.get(record.feature)

    def put(self, served: Served) -> None:
        """Serve a venue, in place of what was served under its name."""
        self._served = MappingProxyType({**self._served, served.slug: served})

    def drop(self, slug: str) -> None:
        """Serve a venue no more."""
        rest = {key: one for key, one in self._served.items() if key != slug}
        self._served = MappingProxyType(rest)

    def put_signs(self, records: Iterable[SignRecord]) -> None:
        """Replace the registry of codes."""
        self._signs = MappingProxyType({record.code: record for record in records})

    def confirm(self, instant: datetime, slugs: Iterable[str] | None = None) -> None:
        """Note that what is served is the newest, of all venues or of some."""
        kept = {slug: at for slug, at in self._confirmed.items() if slug in self._served}
        fresh = dict.fromkeys(self._served if slugs is None else slugs, instant)
        self._confirmed = MappingProxyType({**kept, **fresh})
        self.answered_at = instant
