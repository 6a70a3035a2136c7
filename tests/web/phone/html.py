"""A page as tests look at it: its elements with their attributes and texts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it, white space single."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    def walk(self) -> Iterator["Element"]:
        """Yield it and all that is in it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def has(self, name: str, value: str) -> bool:
        """Tell whether an attribute has a value, or holds it among other words."""
        own = self.attributes.get(name)
        return own is not None and (own == value or value in own.split())

    def list(self, tag: str = "", **attributes: str) -> list["Element"]:
        """List what is in it of a tag, with attributes (``data_map`` for ``data-map``)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            one
            for one in self.walk()
            if tag in ("", one.tag) and all(one.has(name, value) for name, value in wanted.items())
        ]

    def get(self, tag: str = "", **attributes: str) -> "Element":
        """Return the first of `list`."""
        found = self.list(tag, **attributes)
        assert found, f"no {tag or 'element'} with {attributes}"
        return found[0]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs}, self._open)
        self._open.children.append(element)
        if tag not in _VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.children.append(
            Element(tag, {key: value or "" for key, value in attrs}, self._open)
        )

    def handle_endtag(self, tag: str) -> None:
        assert self._open.tag == tag, f"</{tag}> closes <{self._open.tag}>"
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)


def parse(page: str) -> Element:
    """Read a page; its tags must be closed in the order in which they were opened."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    assert parser._open is parser.root, f"<{parser._open.tag}> stays open"
    return parser.root
