"""What the editor's own scripts and pages say has words, and no words are there for nothing."""

import re
from pathlib import Path

from wayfinder.guide.catalogues import LANGUAGES, list_messages
from wayfinder.resources import static_dir
from wayfinder.web import studio
from wayfinder.web.studio.icons import LINES

SCRIPTS = sorted((static_dir() / "studio" / "editor").glob("*.js"))
SERVER = Path(studio.__file__).parent
PREFIX = "studio.editor."
MADE = {
    "editor.tab.": ("properties", "list", "issues", "route", "history"),
    "editor.issues.": ("error", "warning", "note", "all", "level"),
    "editor.issues.ask.": ("time_zone",),
    "editor.route.": ("from", "to"),
    "editor.conflict.side-": ("saw", "mine", "theirs"),
    "editor.member.": (),
    "editor.": ("read-only",),
}
"""Keys that are put together: the beginning to what may follow; members have words or none."""


def read_all() -> str:
    pages = (*SERVER.glob("*.py"), *(SERVER / "templates" / "studio").glob("*.html"))
    return "\n".join(path.read_text("utf-8") for path in (*SCRIPTS, *pages))


def test_scripts_say_nothing_without_words() -> None:
    words = {key.removeprefix("studio.") for key in list_messages("en", PREFIX)}
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    said = set(re.findall(r"""say\("(editor\.[\w.-]+)\"""", text))
    assert len(said) > 50
    assert said - words == set()
    begun = set(re.findall(r"`(editor\.[\w.-]*)\$\{", text))
    assert begun == set(MADE)
    made = {f"{start}{end}" for start, ends in MADE.items() for end in ends}
    assert made - words == set()


def test_no_words_are_there_for_nothing() -> None:
    text = read_all()
    made = {f"{start}{end}" for start, ends in MADE.items() for end in ends}
    for language in LANGUAGES:
        keys = {key.removeprefix("studio.") for key in list_messages(language, PREFIX)}
        unused = {
            key
            for key in keys - made
            if f'"{key}"' not in text
            and f"'{key}'" not in text
            and f'"studio.{key}"' not in text
            and not key.startswith("editor.member.")
        }
        # the word of a point is said by the service that finds ways
        assert unused == {"editor.route.spot"}


def test_icons_are_drawn() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    named = set(re.findall(r'icon(?:\(|: )"([\w-]+)"', text))
    assert len(named) > 10
    assert named - set(LINES) == set()
