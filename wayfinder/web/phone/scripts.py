"""What a page's head says to browsers that run scripts: the modules, their words, the manifest."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import json
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from wayfinder.guide.catalogues import list_catalogues
from wayfinder.web.phone.page import Page
from wayfinder.web.site import get_site

DOMAIN = "phone"
"""Domain of the catalogues with the words of the script."""

_SERVER_ONLY = frozenset({"phone.floor"})
_LINKS = Markup("""\
<link rel="manifest" href="{manifest}">
<link rel="apple-touch-icon" href="{icon}">
<script type="application/json" id="wf-words">{words}</script>
<script type="module" src="{script}"></script>
""")


@pass_context
def write_script_links(context: Context) -> Markup:
    """Write what a page's head says to browsers that run scripts; the page is the context's."""
    page = context["page"]
    assert isinstance(page, Page)  # noqa: S101 - every template is rendered with its page
    slug = page.served.slug if page.served is not None else None
    query: dict[str, Any] = {"lang": page.language} | ({"venue": slug} if slug else {})
    assets = get_site().assets
    # what is put into a `Markup` is escaped
    return _LINKS.format(
        manifest=page.reader.url(
            "get_manifest", **query, profile=None, look=None, theme=None, here=None
        ),
        words=write_words(page.language),
        icon=assets.get_path("phone/app-180.png"),
        script=assets.get_path("phone/page.js"),
    )


@cache
def write_words(language: str) -> Markup:
    """Write the words of the script as JSON that may stand in a page: data, never run."""
    text = json.dumps(read_words(language), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing in it can end the element


def read_words(language: str) -> Mapping[str, str]:
    """Read the words of the script in one language: message id without the domain to text."""
    catalogue = dict(list_catalogues(language))[DOMAIN]
    return {
        str(message.id).removeprefix(f"{DOMAIN}."): str(message.string)
        for message in catalogue
        if message.id and message.id not in _SERVER_ONLY
    }
