"""Every code has its words in all languages and its line in the documentation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import wayfinder
from wayfinder.guide.catalogues import LANGUAGES, has_message, list_catalogues
from wayfinder.route import PROFILES
from wayfinder.route.profiles import Profile

PACKAGE = Path(wayfinder.__file__).parent
SOURCES = (*PACKAGE.glob("route/*.py"), PACKAGE / "services/fire/ways.py")
DOCUMENT = Path(__file__).parents[2] / "docs" / "routing.md"


@pytest.mark.parametrize("kind", ["refusal", "warning", "bar"])
def test_codes_have_words_a_line_and_a_use(kind: str) -> None:
    source = "".join(path.read_text("utf-8") for path in SOURCES)
    document = DOCUMENT.read_text("utf-8")
    documented = set(re.findall(r"`([a-z-]+)`", document))
    for language in LANGUAGES:
        ids = [str(key) for _, catalogue in list_catalogues(language) for key in _ids(catalogue)]
        codes = {key.removeprefix(f"{kind}.") for key in ids if key.startswith(f"{kind}.")}
        assert len(codes) >= 5
        assert codes <= documented
        assert all(f'"{code}"' in source for code in codes)


def _ids(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if message.id:
            yield message.id if isinstance(message.id, str) else message.id[0]


def test_profiles_have_names_and_their_figures_in_the_documentation() -> None:
    document = DOCUMENT.read_text("utf-8")
    rows = {
        cells[1].strip(): [cell.strip() for cell in cells[2:-1]]
        for line in document.splitlines()
        if (cells := line.split("|"))[0] == "" and len(cells) == len(PROFILES) + 3
    }
    assert [name.strip("`") for name in rows["figure"]] == list(PROFILES)
    assert [float(cell) for cell in rows["speed, m/s"]] == [p.speed_mps for p in PROFILES.values()]
    assert rows["stairs, s a floor"] == [_stairs(p) for p in PROFILES.values()]
    for name in PROFILES:
        assert all(has_message(language, f"profile.{name}") for language in LANGUAGES)


def _stairs(profile: Profile) -> str:
    return f"{profile.stairs_s_per_floor:g}" if profile.stairs else "–"


def test_the_example_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(DOCUMENT.parents[1])
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    exec(compile(example, str(DOCUMENT), "exec"), {})  # noqa: S102 - our own documentation
    assert re.fullmatch(r"\d+ m, \d+ s, verified: (True|False)\n", capsys.readouterr().out)
