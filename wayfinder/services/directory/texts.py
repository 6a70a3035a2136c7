"""A list of texts that is searched in all the ways in which people type."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

_LAST = "\U0010ffff"
_MOST = 256
"""Of what only holds the query no more is looked at: one character is in a thousand names."""


class Texts:
    """Distinct texts, sorted.

    Parameters
    ----------
    texts
        In any order.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts: Sequence[str] = sorted(set(texts))
        self.numbers: Mapping[str, int] = {text: n for n, text in enumerate(self.texts)}
        self._joined = "\n".join(self.texts)
        self._starts: list[int] = []
        length = 0
        for text in self.texts:
            self._starts.append(length)
            length += len(text) + 1
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for text in self.texts:
            self._by_length[len(text)].append(text)

    def find_prefixed(self, query: str) -> range:
        """Return the numbers of the texts that begin with the query, itself included."""
        return range(bisect_left(self.texts, query), bisect_right(self.texts, query + _LAST))

    def list_containing(self, query: str) -> Iterator[tuple[int, int]]:
        """Yield the numbers of the texts that hold the query inside, and where it starts there."""
        at = self._joined.find(query)
        for _ in range(_MOST):
            if at < 0:
                return
            number = bisect_right(self._starts, at) - 1
            yield number, at - self._starts[number]
            at = self._joined.find(query, at + 1)

    def list_near(self, query: str, most: int) -> Iterator[tuple[int, int]]:
        """Yield the numbers of the texts at most so many slips away, and how many.

        A slip is a letter too many, missing or wrong, or two neighbours swapped (optimal string
        alignment).
        """
        for length in range(len(query) - most, len(query) + most + 1):
            texts = self._by_length.get(length, ())
            for text, slips, _ in extract_iter(
                query, texts, scorer=OSA.distance, score_cutoff=most, processor=None
            ):
                yield self.numbers[text], int(slips)
