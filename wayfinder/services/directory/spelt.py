"""Texts by how they are spelt in Latin letters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wayfinder.services.directory.pinyin import list_spellings
from wayfinder.services.directory.texts import Texts

_SHORTEST_INSIDE = 3


class Spelt:
    """Chinese texts by their pinyin.

    Parameters
    ----------
    texts
        Each as it is written, and its key.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        full: defaultdict[str, dict[str, None]] = defaultdict(dict)
        initials: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._starts: dict[str, tuple[int, ...]] = {}
        for text, key in texts:
            for spelling in list_spellings(text):
                full[spelling.full][key] = None
                initials[spelling.initials][key] = None
                self._starts[spelling.full] = spelling.starts
        # a tuple takes a third of what a set does, and most have one key
        self._full = {spelt: tuple(keys) for spelt, keys in full.items()}
        self._initials = {spelt: tuple(keys) for spelt, keys in initials.items()}
        self._full_texts, self._initial_texts = Texts(self._full), Texts(self._initials)

    def search(self, typed: str, *, whole: bool) -> Iterator[tuple[str, int]]:
        """Yield the keys of the texts that are spelt so, with 0 for all of it, to 4 for a part.

        Parameters
        ----------
        typed
            Letters without spaces.
        whole
            Whether they are the syllables of characters: then initials do not count, nor what
            sounds so in the middle of a name.
        """
        yield from self._list(self._full, self._full_texts, typed, 0)
        if not whole:
            yield from self._list(self._initials, self._initial_texts, typed, 1)
        if whole or len(typed) < _SHORTEST_INSIDE:
            return
        for full, start in self._full_texts.list_containing(typed):
            if start in self._starts[full]:
                for key in self._full[full]:
                    yield key, 4

    def list_near(self, typed: str, most: int) -> Iterator[tuple[str, int]]:
        """Yield the keys of texts whose spelling is at most so many slips away, and how many."""
        for full, slips in self._full_texts.list_near(typed, most):
            for key in self._full[full]:
                yield key, slips

    @staticmethod
    def _list(
        keys: Mapping[str, Sequence[str]], texts: Texts, typed: str, slips: int
    ) -> Iterator[tuple[str, int]]:
        for text in texts.list_prefixed(typed):
            for key in keys[text]:
                yield key, slips if text == typed else slips + 2
