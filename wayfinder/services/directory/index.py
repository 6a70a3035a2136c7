"""From what was typed to the places that it fits, and how well."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from wayfinder.model.called import list_texts
from wayfinder.presets import find_preset, list_kinds, list_presets
from wayfinder.services.directory.entries import Entry, list_numbers
from wayfinder.services.directory.fold import is_han, list_words
from wayfinder.services.directory.hits import HitKind, Match
from wayfinder.services.directory.phrases import GENERIC
from wayfinder.services.directory.pinyin import fold_letters, spell_quickly
from wayfinder.services.directory.sounds import group_by_sound, spell_by_ear
from wayfinder.services.directory.spelt import Spelt
from wayfinder.services.directory.texts import MOST, Texts

_SHORTEST_INSIDE = 3
"""Latin letters that a query must have to be looked for within words."""
_LONGEST_PART = 12

NAME, MEANT, CALLED, ROOM, ASIDE = 0, 1, 2, 3, 4
"""Whether a text is a place's name; what people call it and places of its kind too; only one of
these; the latter of a mere room, which comes after the department; or what a room of another kind
is called too. Who wants 抽血 means neither the laboratory that may draw blood at night nor the
procedure room of a ward."""
CODE = 4
"""A text is a code or number: A&E is no staircase A-E."""

PARTED = 5
"""What a floor or building cut out of a query costs: less than a slip, more than any source."""

STEP = 10
"""Between two slips; below it is the source."""
TIER = 100
"""Between two matches; below it are the slips."""

Fit = tuple[int, str]
"""How badly a text fits, `Match` first, slips then, the source last; and the text as written."""
Fits = dict[int, Fit]
"""Number of a place to its best fit."""

_Use = tuple[int, int, str]
"""Number of a place that a text stands for, the text's source, and the text as written."""


class Index:
    """All texts of the places of a plan.

    Parameters
    ----------
    entries
        The places.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._folded: dict[str, tuple[str, ...]] = {}
        self._uses: defaultdict[str, list[_Use]] = defaultdict(list)
        self._codes: defaultdict[str, list[_Use]] = defaultdict(list)
        self._sorts: dict[str, tuple[str, list[str]]] = {}
        for number, entry in enumerate(entries):
            self._add(number, entry)
        # nobody looks for a sign, but for the one whose code he reads
        self._signs = {n for n, entry in enumerate(entries) if entry.kind is HitKind.SIGN}
        self._add_terms()
        self._names = Texts(self._uses)
        self._numbers = Texts(self._codes)
        self._uses_of_word = self._list_words()
        self._words = Texts(self._uses_of_word)
        self._words_of_sound = group_by_sound(self._uses_of_word)
        self._sounds = Texts(self._words_of_sound)

    def _add(self, number: int, entry: Entry) -> None:
        alias = ROOM if entry.is_room and not _is_any(entry) else CALLED
        for feature in entry.features:
            for text in list_numbers(feature):
                self._codes[self._fold(text)].append((number, CODE, text))
            if entry.kind is not HitKind.SIGN:
                for text, is_name in list_texts(feature):
                    source = NAME if is_name and feature is entry.features[0] else alias
                    self._put(text, [(number, source)])

    def _fold(self, text: str) -> str:
        words = self._folded.get(text)
        if words is None:
            words = self._folded[text] = tuple(list_words(text))
        return "".join(words)

    def _put(self, text: str, uses: Iterable[tuple[int, int]]) -> None:
        key = self._fold(text)
        if key:
            self._uses[key] += [(number, source, text) for number, source in uses]

    def _add_terms(self) -> None:
        """Add the words for each sort of place to the places of that sort."""
        of_kind: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for number, entry in enumerate(self._entries):
            if entry.kind is HitKind.PLACE:
                for category in entry.categories:
                    for kind in list_kinds(category):
                        of_kind[kind][number] = None
        of_word: defaultdict[str, set[int]] = defaultdict(set)
        for preset in list_presets():
            numbers = of_kind.get(preset.category, {})
            uses = [(number, self._rate(number, preset.category)) for number in numbers]
            for text in preset.list_words() if uses else ():
                self._put(text, uses)
                of_word[self._fold(text)].update(numbers)
                if preset.nearest:
                    self._sorts.setdefault(self._fold(text), (text, []))[1].append(preset.category)
        for key, of_it in of_word.items():
            self._uses[key] = self._weigh(key, of_it)

    def _weigh(self, key: str, of_it: Container[int]) -> list[_Use]:
        """Tell the places that a word for a kind means from those that have it by the way."""
        told = Counter(number for number, _, _ in self._uses[key])
        found = []
        for number, source, text in self._uses[key]:
            weighed = source
            if (
                source == CALLED
                and number in of_it
                and (told[number] > 1 or self._has_in_name(number, key))
            ):
                weighed = MEANT
            elif source == ROOM and number not in of_it:
                weighed = ASIDE
            found.append((number, weighed, text))
        return found

    def _has_in_name(self, number: int, key: str) -> bool:
        return any(
            key in self._fold(name) for name in self._entries[number].features[0].name.values()
        )

    def _rate(self, number: int, category: str) -> int:
        """Return the source of a word for a kind: of some kinds any is as good as its name says."""
        preset, entry = find_preset(category), self._entries[number]
        if preset is not None and preset.nearest:
            return NAME
        return ROOM if entry.is_room else CALLED

    def _list_words(self) -> Mapping[str, frozenset[str]]:
        """Return which texts have each Latin word."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for words in self._folded.values():
            key = "".join(words)
            if key in self._uses:
                for word in words:
                    if word.isascii():
                        found[word].add(key)
        return {word: frozenset(keys) for word, keys in found.items()}

    @cached_property
    def _spelt(self) -> Spelt:
        return Spelt((text, "".join(words)) for text, words in self._folded.items())

    def prepare(self) -> None:
        """Make what is otherwise made at the first query in Latin letters."""
        self._spelt.search("a", whole=False)
        spell_quickly("中")

    def find_sort(self, words: Sequence[str]) -> str | None:
        """Return the sort of place that a query is the word for, if any of them will do.

        It is a category, or a word for several that have none above them in common.
        """
        word, called = self._sorts.get("".join(words), ("", []))
        top = [
            one for one in dict.fromkeys(called) if not any(map(called.count, list_kinds(one)[1:]))
        ]
        return top[0] if len(top) == 1 else word if top else None

    def search(self, words: Sequence[str]) -> Fits:
        """Return the places whose texts hold a query, each with its best fit."""
        key, best = "".join(words), Fits()
        if key:
            self._search_numbers(key, best)
            self._search_names(key, best)
            self._search_words(words, best)
            # what sounds like it is a guess where there is what is written so
            if not key.isdigit() and (key.isascii() or not best):
                self._search_pinyin(key, best)
        return best

    def guess(self, words: Sequence[str]) -> Fits:
        """Return the places that may have been meant, where `search` finds none."""
        key, best = "".join(words), Fits()
        if not key.isascii():
            self._search_parts(key, best)
            self._search_near(words, key, best)
        elif key:
            self._search_most_words(words, best)
            if not best:
                self._search_near(words, key, best)
        return best

    def _search_numbers(self, key: str, best: Fits) -> None:
        for text in self._numbers.list_prefixed(key):
            whole = text == key
            uses = [u for u in self._codes[text] if whole or u[0] not in self._signs]
            _keep(best, uses, (Match.EXACT if whole else Match.PREFIX) * TIER)

    def _search_names(self, key: str, best: Fits) -> None:
        uses = self._uses
        for text in self._names.list_prefixed(key):
            _keep(best, uses[text], (Match.PREFIX if text != key else Match.EXACT) * TIER)
        if len(key) < _SHORTEST_INSIDE and key.isascii():
            return
        for text, start in self._names.list_containing(key):
            if not _is_cut(text, start, key):
                _keep(best, uses[text], Match.CONTAINED * TIER)

    def _search_words(self, words: Sequence[str], best: Fits) -> None:
        """Find the texts that have all the words; they may not be finished yet."""
        if not all(word.isascii() for word in words):
            return
        whole = _intersect(self._uses_of_word.get(word, frozenset()) for word in words)
        for text in sorted(whole)[:MOST]:
            _keep(best, self._uses[text], Match.WORD * TIER)
        if min(map(len, words)) < 2:
            return
        begun = _intersect(map(self._list_begun, sorted(words, key=len, reverse=True)))
        for text in sorted(begun - whole)[:MOST]:
            _keep(best, self._uses[text], Match.WORD * TIER + STEP)

    def _list_begun(self, word: str) -> frozenset[str]:
        """Return the texts that have a word which begins so."""
        words = self._words.list_prefixed(word)
        return frozenset().union(*(self._uses_of_word[begun] for begun in words))

    def _search_pinyin(self, key: str, best: Fits) -> None:
        homophones = not key.isascii()
        typed = spell_quickly(key) if homophones else fold_letters(key)
        if typed.isascii() and len(typed) > 1:
            for text, slips in self._spelt.search(typed, whole=homophones):
                _keep(best, self._uses.get(text, ()), Match.PINYIN * TIER + slips * STEP)

    def _search_near(self, words: Sequence[str], key: str, best: Fits) -> None:
        """Find what is a slip of the pen away; in numbers none is forgiven."""
        digits = _digits_of(key)
        near = list(self._names.list_near(key, _count_slips(key)))
        if key.isascii():
            # in one of several words it says less than in all
            near += [(text, slips + 1) for text, slips in self._list_misspelt(words)]
            near += self._list_near_words(key) if len(words) == 1 else ()
            near += self._spelt.list_near(fold_letters(key), _count_slips(key))
        for text, slips in near:
            if _digits_of(text) == digits:
                _keep(best, self._uses.get(text, ()), Match.FUZZY * TIER + slips * STEP)

    def _list_misspelt(self, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Yield the texts that have all the words, but for slips of the pen."""
        found: dict[str, int] | None = None
        for word in words:
            texts: dict[str, int] = dict.fromkeys(self._uses_of_word.get(word, ()), 0)
            for other, slips in self._list_near_words(word):
                for text in self._uses_of_word[other]:
                    texts[text] = min(slips, texts.get(text, slips))
            if found is None:
                found = texts
            else:
                found = {text: found[text] + texts[text] for text in found.keys() & texts.keys()}
        yield from ((text, slips) for text, slips in (found or {}).items() if slips < 4)

    def _list_near_words(self, word: str) -> Iterator[tuple[str, int]]:
        """Yield the words that are some slips away from one, or sound like it: farmacy."""
        most = _count_slips(word)
        yield from self._words.list_near(word, most)
        if most:
            sound = spell_by_ear(word)
            near = self._sounds.list_near(sound, _count_slips(sound))
            for other, slips in ((sound, 0), *near):
                for meant in self._words_of_sound.get(other, ()):
                    yield meant, slips + 1

    def _search_most_words(self, words: Sequence[str], best: Fits) -> None:
        """Find the texts that have most of the words, one at least that tells a place."""
        telling = [w for w in words if w not in GENERIC and w in self._uses_of_word]
        if not telling or 2 * len(telling) < len([w for w in words if w not in GENERIC]):
            return
        counts: Counter[str] = Counter()
        for word in words:
            counts.update(self._uses_of_word.get(word, ()))
        told = frozenset().union(*(self._uses_of_word[word] for word in telling))
        for text, count in Counter({text: counts[text] for text in told}).most_common(MOST):
            slips = min(len(words) - count, 9)
            _keep(best, self._uses[text], Match.FUZZY * TIER + slips * STEP)

    def _search_parts(self, key: str, best: Fits) -> None:
        """Find the names that stand within a longer query, the longest first: 心内科专家号."""
        for length in range(min(_LONGEST_PART, len(key) - 1), 1, -1):
            parts = {key[at : at + length] for at in range(len(key) - length + 1)}
            for part in parts:
                slips = min(len(key) - length, 9)
                _keep(best, self._uses.get(part, ()), Match.FUZZY * TIER + slips * STEP)
            if best:
                return


def _is_any(entry: Entry) -> bool:
    return entry.preset is not None and entry.preset.nearest


def _keep(best: Fits, uses: Iterable[_Use], badness: int) -> None:
    for number, source, text in uses:
        known = best.get(number)
        if known is None or badness + source < known[0]:
            best[number] = badness + source, text


def _intersect(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return what is in all sets; no further one is made where nothing is left."""
    found: frozenset[str] | None = None
    for one in sets:
        found = one if found is None else found & one
        if not found:
            break
    return found or frozenset()


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
