"""What every page of a display has: the display, the venue, its languages, the frame."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Response, json, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from wayfinder.guide.catalogues import find_spoken, list_spoken, translate
from wayfinder.model import Display, DisplayKind
from wayfinder.services.board_pictures import picture_board
from wayfinder.services.served import Served
from wayfinder.web.displays.words import write_words
from wayfinder.web.etags import add_validator
from wayfinder.web.phone.page import Page
from wayfinder.web.phone.reader import Reader
from wayfinder.web.security import allow_framing
from wayfinder.web.site import get_site

PREVIEW = "preview"
"""Parameter of the address of a page that stands in a frame of the studio, without a script."""


@dataclass(frozen=True)
class DisplayPage(Page):
    """One page of one display in one of its languages.

    Parameters
    ----------
    code
        What its address names it by, as it is registered.
    display
        The display as the plan has it.
    """

    code: str = ""
    found: Display | None = None

    @property
    def display(self) -> Display:
        """The display as the plan has it."""
        assert self.found is not None  # noqa: S101 - pages of displays are made with it
        return self.found

    @property
    def here_id(self) -> str:
        """Feature id of the display: ways begin at it."""
        return self.display.id

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """What it speaks, the language that it starts with first."""
        return list_spoken(self.display.languages)

    @property
    def path(self) -> str:
        """Address of the page, without a language."""
        return f"/{self.display.kind}/{self.code}"

    @property
    def kept_version(self) -> str:
        """Changes whenever what a display keeps may: release, conditions, program, a drawing."""
        return "-".join((self.version, self.site.assets.version, *self._list_drawn()))

    def _list_drawn(self) -> Iterator[str]:
        """Yield what changes with a board's drawing: places also open and close by the clock."""
        if self.display.kind is DisplayKind.BOARD:
            yield picture_board(self.venue, self.display, self.languages, self.now).digest

    def tell(self, msgid: str, /, **values: Any) -> str:  # noqa: ANN401 - as of `translate`
        """Say any message: ``display.…``, ``kiosk.…``, ``board.…``, ``web.…``."""
        return translate(self.language, msgid, **values)

    @property
    def words(self) -> Markup:
        """The words of the scripts in all its languages, as JSON that may stand in a page."""
        kind = str(self.display.kind)
        return write_words(self.languages, ("display", kind, f"{kind}way", f"{kind}report"))


def get_page(kind: DisplayKind, code: str) -> DisplayPage:
    """Make the page of a display, in the language that the address names, else in its own first.

    Raises
    ------
    NotFound
        There is no display with this code, or it is of the other kind.
    """
    found = find_display(code)
    if found is None or found[1].kind != kind:
        raise NotFound
    served, display, own = found
    languages = list_spoken(display.languages)
    asked = find_spoken(request.args.get("lang", ""))
    reader = Reader(asked if asked in languages else languages[0], here=display.id)
    return DisplayPage(str(kind), reader, served, own, display)


def find_display(code: str) -> tuple[Served, Display, str] | None:
    """Return the venue, the display and the code as registered of a code in any case, or None."""
    found = get_site().venues.find_display(code)
    return None if found is None else (found.served, found.display, found.record.id)


def render(page: DisplayPage, template: str, **values: Any) -> Response:  # noqa: ANN401 - as Jinja
    """Make a page of a display: asked for again each time, unchanged for who has it."""
    if request.args.get(PREVIEW) == "1":
        allow_framing()  # staff see beside their list what it shows
    body = render_template(
        f"displays/{template}",
        page=page,
        display=page.display,
        tell=page.tell,
        say=page.say,
        pick=page.pick,
        **values,
    )
    return add_validator(Response(body, mimetype="text/html"))


def answer_json(document: Any) -> Response:  # noqa: ANN401 - any JSON
    """Make the answer of a document that displays keep."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return add_validator(Response(text, content_type="application/json"))
