"""What people put around the name of a place: where is, nearest, please."""

from collections.abc import Sequence

_ENGLISH = frozenset(
    {
        *("a", "an", "at", "can", "closest", "could", "do", "find", "for", "from", "get", "go"),
        *("how", "i", "in", "is", "me", "my", "near", "nearest", "need", "of", "on", "please"),
        *("show", "some", "take", "there", "to", "toward", "want", "way", "we", "where", "you"),
        *("are", "am", "looking", "by", "next", "closeby", "nearby", "any", "with", "it"),
    }
)
_BEFORE = (
    *("请问一下", "请问", "麻烦", "我想要", "我想去", "我要去", "我想", "我要", "想去", "要去"),
    *("带我去", "导航到", "导航去", "怎么去", "怎么到", "如何去", "如何到", "哪里有", "哪里能"),
    *("哪里可以", "哪儿有", "哪有", "有没有", "最近的", "附近的", "最近", "附近", "离我最近的"),
    *("在", "去", "到", "找", "的", "我", "往", "做", "看"),
)
_AFTER = (
    *("怎么走", "怎么去", "怎么到", "在哪里", "在哪儿", "在哪", "在几楼", "在什么地方", "哪里"),
    *("几楼", "的地方", "的位置", "位置", "地方", "的路", "的", "吗", "呢", "啊", "呀", "走"),
)

GENERIC = frozenset(
    {
        *("area", "building", "center", "centre", "clinic", "clinical", "department", "dept"),
        *("desk", "doctor", "entrance", "floor", "general", "hospital", "inpatient", "medical"),
        *("medicine", "office", "outpatient", "room", "service", "station", "test", "unit", "ward"),
        *("window", "care", "special", "day", "new", "examination", "treatment"),
    }
)
"""Words that are in the names of many places, and tell none by themselves."""


def strip_fillers(words: Sequence[str]) -> list[str]:
    """Leave out what people put around the name of a place; empty where nothing else is left."""
    kept = [word for word in words if word not in _ENGLISH]
    return [left for left in map(_strip_chinese, kept) if left]


def _strip_chinese(word: str) -> str:
    if word.isascii():
        return word
    before = None
    while before != word:
        before = word
        for filler in _BEFORE:
            word = word.removeprefix(filler)
        for filler in _AFTER:
            word = word.removesuffix(filler)
    return word
