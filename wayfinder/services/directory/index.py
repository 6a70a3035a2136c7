"""From what was typed to the places that it fits, and how well."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from wayfinder.presets import Preset, list_presets
from wayfinder.services.directory.entries import Entry, list_numbers, list_texts
from wayfinder.services.directory.fold import fold, is_han, list_words
from wayfinder.services.directory.hits import HitKind, Match
from wayfinder.services.directory.pinyin import fold_letters, spell, spell_quickly
from wayfinder.services.directory.texts import Texts

_ANY_WILL_DO = frozenset({"sanitary", "vertical", "service", "food", "parking"})
_WAYS_OUT = frozenset({"pedestrian.principal", "entry"})
"""Kinds of which people want the nearest, whatever its name: a cashier, but not a clinic."""
_SHORTEST_NEAR = 3
_LONGEST_PART = 12

NAME, ALIAS, TERM = 0, 1, 2
"""Whether a text is a place's name, what people call it, or a word for places of its kind."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a place fits; less is better, compared in the order of the fields.

    Parameters
    ----------
    match
        How well its text fits.
    slips
        What is wrong within that.
    source
        Whether the text is a name, an alias or a word for its kind.
    text
        The text as it is written.
    """

    match: Match
    slips: int
    source: int
    text: str = field(compare=False)

    @property
    def rank(self) -> tuple[int, int, int]:
        """What fits are compared by."""
        return self.match, self.slips, self.source


@dataclass(frozen=True, slots=True)
class _Use:
    """A place that a text stands for."""

    entry: int
    source: int
    text: str


class Index:
    """All texts of the places of a plan.

    Parameters
    ----------
    entries
        The places.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._uses: defaultdict[str, list[_Use]] = defaultdict(list)
        self._codes: defaultdict[str, list[_Use]] = defaultdict(list)
        for number, entry in enumerate(entries):
            self._add(number, entry)
        self._add_terms()
        self._names = Texts(self._uses)
        self._numbers = Texts(self._codes)
        self._words, self._uses_of_word = self._list_words()

    def _add(self, number: int, entry: Entry) -> None:
        for feature in entry.features:
            for text in list_numbers(feature):
                self._codes[fold(text)].append(_Use(number, NAME, text))
            if entry.kind is HitKind.SIGN:
                continue
            for text, is_name in list_texts(feature):
                source = NAME if is_name and feature is entry.features[0] else ALIAS
                self._put(_Use(number, source, text))

    def _put(self, use: _Use) -> None:
        key = fold(use.text)
        if key:
            self._uses[key].append(use)

    def _add_terms(self) -> None:
        """Add the words for each sort of place to the places of that sort."""
        of_category: defaultdict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            if entry.kind is HitKind.PLACE:
                for category in entry.categories:
                    for general in _list_general(category):
                        of_category[general].append(number)
        self._present = frozenset(of_category)
        for preset in list_presets():
            source = NAME if _any_will_do(preset) else TERM
            for number in dict.fromkeys(of_category[preset.category]):
                for text in _list_terms(preset):
                    self._put(_Use(number, source, text))

    def _list_words(self) -> tuple[Texts, Mapping[str, frozenset[str]]]:
        """List the Latin words of all texts, and which texts have each."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for key, uses in self._uses.items():
            for word in {word for use in uses for word in list_words(use.text)}:
                if word.isascii():
                    found[word].add(key)
        return Texts(found), {word: frozenset(keys) for word, keys in found.items()}

    @cached_property
    def _spelt(self) -> "_Spelt":
        return _Spelt({use.text: key for key, uses in self._uses.items() for use in uses})

    def find_sort(self, query: str) -> str | None:
        """Return the sort of place that a query is the word for, if any of them will do.

        It is a category, or a word for several that have none above them in common.
        """
        word, called = _load_words().get(fold(query), ("", ()))
        present = [one for one in called if one in self._present]
        top = [one for one in present if not any(one.startswith(f"{two}.") for two in present)]
        return top[0] if len(top) == 1 else word if top else None

    def search(self, query: str) -> Mapping[int, Fit]:
        """Return the places that a query fits, by number, each with its best fit."""
        words = list_words(query)
        key = "".join(words)
        if not key:
            return {}
        best: dict[int, Fit] = {}
        self._search_numbers(key, best)
        self._search_names(key, best)
        self._search_words(words, best)
        if any(map(str.isalpha, key)):
            self._search_pinyin(key, best)
            if not best:
                self._search_near(words, key, best)
        return best

    def _search_numbers(self, key: str, best: dict[int, Fit]) -> None:
        if not any(map(str.isdigit, key)) and key not in self._codes:
            return
        for number in self._numbers.find_prefixed(key):
            text = self._numbers.texts[number]
            match = Match.EXACT if text == key else Match.PREFIX
            _keep(best, self._codes[text], match, 0)

    def _search_names(self, key: str, best: dict[int, Fit]) -> None:
        names = self._names
        for number in names.find_prefixed(key):
            text = names.texts[number]
            _keep(best, self._uses[text], Match.EXACT if text == key else Match.PREFIX, 0)
        if key.isascii() and len(key) < _SHORTEST_NEAR:
            return
        for number, start in names.list_containing(key):
            text = names.texts[number]
            if start and not _is_cut(text, start, key):
                _keep(best, self._uses[text], Match.CONTAINED, 0)

    def _search_words(self, words: Sequence[str], best: dict[int, Fit]) -> None:
        """Find the texts that have all the words; the last may not be finished yet."""
        if not all(word.isascii() for word in words):
            return
        whole = [self._uses_of_word.get(word, frozenset()) for word in words]
        begun = [
            frozenset().union(
                *(self._uses_of_word[self._words.texts[n]] for n in self._words.find_prefixed(word))
            )
            for word in words
        ]
        found = frozenset.intersection(*begun)
        exact = frozenset.intersection(*whole)
        for text in found:
            _keep(best, self._uses[text], Match.WORD, 0 if text in exact else 1)

    def _search_pinyin(self, key: str, best: dict[int, Fit]) -> None:
        spelt, homophones = self._spelt, not key.isascii()
        typed = spell_quickly(key) if homophones else fold_letters(key)
        if not typed.isascii():
            return
        for text, slips in spelt.search(typed, whole=homophones):
            _keep(best, self._uses[text], Match.PINYIN, slips)

    def _search_near(self, words: Sequence[str], key: str, best: dict[int, Fit]) -> None:
        """Find what may have been meant, where nothing fits."""
        digits = _digits_of(key)

        def keep(text: str, slips: int) -> None:
            if _digits_of(text) == digits:
                _keep(best, self._uses[text], Match.FUZZY, slips)

        for number, slips in self._names.list_near(key, _count_slips(key)):
            keep(self._names.texts[number], slips)
        if all(word.isascii() for word in words):
            for text, slips in self._list_misspelt(words):
                keep(text, slips)
            for text, slips in self._spelt.list_near(fold_letters(key), _count_slips(key)):
                keep(text, slips)
        else:
            for text, slips in self._list_parts(key):
                keep(text, slips)

    def _list_misspelt(self, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Yield the texts that have all the words, but for slips of the pen."""
        found: dict[str, int] | None = None
        for word in words:
            texts: dict[str, int] = {}
            for number, slips in self._words.list_near(word, _count_slips(word)):
                for text in self._uses_of_word[self._words.texts[number]]:
                    texts[text] = min(slips, texts.get(text, slips))
            if found is None:
                found = texts
            else:
                found = {text: found[text] + texts[text] for text in found.keys() & texts.keys()}
        yield from (found or {}).items()

    def _list_parts(self, key: str) -> Iterator[tuple[str, int]]:
        """Yield the names that stand within a longer query, the longest first: 去抽血."""
        for length in range(min(_LONGEST_PART, len(key) - 1), 1, -1):
            parts = {key[at : at + length] for at in range(len(key) - length + 1)}
            found = [part for part in parts if part in self._uses]
            if found:
                yield from ((part, _SHORTEST_NEAR) for part in found)
                return


class _Spelt:
    """Texts by how they are spelt in Latin letters."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._full: defaultdict[str, set[str]] = defaultdict(set)
        self._initials: defaultdict[str, set[str]] = defaultdict(set)
        self._starts: dict[str, frozenset[int]] = {}
        for text, key in keys.items():
            spelling = spell(text)
            if spelling is not None:
                self._full[spelling.full].add(key)
                self._initials[spelling.initials].add(key)
                self._starts[spelling.full] = spelling.starts
        self._full_texts, self._initial_texts = Texts(self._full), Texts(self._initials)

    def search(self, typed: str, *, whole: bool) -> Iterator[tuple[str, int]]:
        """Yield texts, with 0 for the whole spelling up to 4 for a part of it."""
        yield from self._yield(self._full, self._full_texts, typed, 0)
        if not whole:
            yield from self._yield(self._initials, self._initial_texts, typed, 1)
        if len(typed) < _SHORTEST_NEAR:
            return
        for number, start in self._full_texts.list_containing(typed):
            full = self._full_texts.texts[number]
            ends = self._starts[full]
            end = start + len(typed)
            if start and start in ends and (not whole or end in ends or end == len(full)):
                for text in self._full[full]:
                    yield text, 4

    @staticmethod
    def _yield(
        keys: Mapping[str, set[str]], texts: Texts, typed: str, slips: int
    ) -> Iterator[tuple[str, int]]:
        for number in texts.find_prefixed(typed):
            found = texts.texts[number]
            for text in keys[found]:
                yield text, slips if found == typed else slips + 2

    def list_near(self, typed: str, most: int) -> Iterator[tuple[str, int]]:
        """Yield texts whose spelling is at most so many slips away, and how many."""
        for number, slips in self._full_texts.list_near(typed, most):
            for text in self._full[self._full_texts.texts[number]]:
                yield text, slips


def _keep(best: dict[int, Fit], uses: Iterable[_Use], match: Match, slips: int) -> None:
    for use in uses:
        known = best.get(use.entry)
        if known is None or (match, slips, use.source) < known.rank:
            best[use.entry] = Fit(match, slips, use.source, use.text)


def _list_general(category: str) -> Iterator[str]:
    """Yield a category and all that it is a kind of: ``a.b``, ``a``."""
    while category:
        yield category
        category = category.rpartition(".")[0]


def _list_terms(preset: Preset) -> Iterator[str]:
    yield from preset.name.values()
    for terms in preset.terms.values():
        yield from terms


def _any_will_do(preset: Preset) -> bool:
    return preset.kind in _ANY_WILL_DO or preset.category in _WAYS_OUT


def _is_cut(text: str, start: int, key: str) -> bool:
    """Tell whether a part of a text begins or ends within a number: 12 is not in 112."""
    end = start + len(key)
    before = text[start - 1].isdigit() and key[0].isdigit()
    return before or (key[-1].isdigit() and text[end : end + 1].isdigit())


def _digits_of(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _count_slips(word: str) -> int:
    """Return how many slips are forgiven: none in short words, where they make another word."""
    if any(map(is_han, word)):
        return 0 if len(word) < 3 else 1 if len(word) < 7 else 2
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


@cache
def _load_words() -> Mapping[str, tuple[str, Sequence[str]]]:
    """Return by folded word the word and the categories for it, any place of which will do."""
    found: dict[str, tuple[str, list[str]]] = {}
    for preset in list_presets():
        if _any_will_do(preset):
            for text in _list_terms(preset):
                found.setdefault(fold(text), (text, []))[1].append(preset.category)
    return found
