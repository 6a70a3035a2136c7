"""A list of texts that is searched in all the ways in which people type."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

_LAST = "\U0010ffff"
MOST = 128
"""Of what only begins with a query, or holds it, no more is looked at (ours)."""


class Texts:
    """Distinct texts, sorted.

    Parameters
    ----------
    texts
        In any order.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts: Sequence[str] = sorted(set(texts))
        self._joined = "\n".join(self.texts)
        self._starts: list[int] = []
        length = 0
        for text in self.texts:
            self._starts.append(length)
            length += len(text) + 1
        self._alike: defaultdict[tuple[int, bool], list[str]] = defaultdict(list)
        for text in self.texts:
            self._alike[len(text), text.isascii()].append(text)

    def list_prefixed(self, query: str) -> Sequence[str]:
        """List the texts that begin with the query, itself included."""
        first, last = self._find_prefixed(query)
        return self.texts[first : min(last, first + MOST)]

    def _find_prefixed(self, query: str) -> tuple[int, int]:
        first = bisect_left(self.texts, query)
        return first, bisect_right(self.texts, query + _LAST, first)

    def list_containing(self, query: str) -> Iterator[tuple[str, int]]:
        """Yield the texts that hold the query inside and not at their start, and where it is."""
        joined, starts = self._joined, self._starts
        first, last = self._find_prefixed(query)
        at = joined.find(query)
        for _ in range(MOST):
            if at < 0:
                return
            number = bisect_right(starts, at) - 1
            if first <= number < last:
                # those that begin with it stand together
                at = joined.find(query, starts[last - 1] + len(self.texts[last - 1]))
                continue
            yield self.texts[number], at - starts[number]
            at = joined.find(query, at + 1)

    def list_near(self, query: str, most: int) -> Iterator[tuple[str, int]]:
        """Yield the texts at most so many slips away, and how many.

        Latin and Chinese texts are not compared. A slip is a letter too many, missing or wrong, or
        two neighbours swapped (optimal string alignment).
        """
        if not most:
            return
        for length in range(len(query) - most, len(query) + most + 1):
            texts = self._alike.get((length, query.isascii()), ())
            near = extract_iter(
                query, texts, scorer=OSA.distance, score_cutoff=most, processor=None
            )
            for text, slips, _ in islice(near, MOST):
                yield text, int(slips)
