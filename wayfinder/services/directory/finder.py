"""A query in all its readings: as it stands, without its floor or building, without fillers."""

from collections.abc import Sequence

from wayfinder.model import Plan
from wayfinder.services.directory.entries import Entry
from wayfinder.services.directory.floors import Floors, Parted
from wayfinder.services.directory.fold import list_words
from wayfinder.services.directory.hits import HitKind, Match
from wayfinder.services.directory.index import PARTED, TIER, Fits, Index
from wayfinder.services.directory.phrases import strip_fillers


class Finder:
    """Finds the places that a query means.

    Parameters
    ----------
    plan
        The plan.
    entries
        Its places.
    index
        Their texts.
    """

    def __init__(self, plan: Plan, entries: Sequence[Entry], index: Index) -> None:
        self._entries = entries
        self._index = index
        self._floors = Floors(plan)
        self._numbers = {entry.id: number for number, entry in enumerate(entries)}

    def prepare(self) -> None:
        """Make what is otherwise made at the first query."""
        self._index.prepare()

    def find(self, query: str) -> tuple[Fits, str | None]:
        """Return the places that fit, and the sort of place if any of one will do.

        Parameters
        ----------
        query
            Cleaned.
        """
        words = list_words(query)
        if not words:
            return {}, None
        fits = self._search(words)
        sort = self._index.find_sort(words)
        if fits:
            return fits, sort
        plain = strip_fillers(words)
        if plain and plain != words:
            fits = self._search(plain)
            sort = self._index.find_sort(plain)
        if not fits and any(map(str.isdigit, words)):
            fits = self._search(words[::-1])  # 诊室5 is 5诊室
        return fits or self._guess(plain or words), sort

    def _search(self, words: Sequence[str]) -> Fits:
        """Search the words as they stand, and without the floor and building that they name."""
        fits = self._index.search(words)
        parted = self._floors.part(words)
        if parted is not None:
            for number, (badness, text) in self._search_there(parted).items():
                if number not in fits or badness < fits[number][0]:
                    fits[number] = badness, text
        return fits

    def _search_there(self, parted: Parted) -> Fits:
        """Find what is left of a query on the floor or in the building that it names."""
        if not parted.words:
            return self._list_meant(parted)
        found = self._index.search(parted.words) or self._index.search(strip_fillers(parted.words))
        return {
            number: (badness + PARTED, text)
            for number, (badness, text) in found.items()
            if any(spot.level_id in parted.levels for _, spot in self._entries[number].spots)
        }

    def _list_meant(self, parted: Parted) -> Fits:
        """List the floors that a query names, or the buildings where it names no floor."""
        meant = parted.levels if parted.floor else parted.buildings
        return {
            self._numbers[key]: (Match.EXACT * TIER + PARTED - 1, "")
            for key in meant
            if key in self._numbers
        }

    def _guess(self, words: Sequence[str]) -> Fits:
        """Find what may have been meant, with or without the floor."""
        fits = self._index.guess(words)
        parted = self._floors.part(words)
        if parted is None or not parted.words:
            return fits
        for number, (badness, text) in self._index.guess(parted.words).items():
            entry = self._entries[number]
            there = any(spot.level_id in parted.levels for _, spot in entry.spots)
            if (
                there
                and entry.kind is not HitKind.SIGN
                and badness < fits.get(number, (TIER**2,))[0]
            ):
                fits[number] = badness, text
        return fits
