"""A language is a folder of catalogues: nothing else has to name it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wayfinder.guide.catalogues import name_language
from wayfinder.languages import LANGUAGES, LOCALE_DIR, check_language, list_languages

SERVE = """
import sys
from pathlib import Path

import wayfinder.languages as languages

languages.LOCALE_DIR = Path(sys.argv[1])
languages.LANGUAGES = languages.list_languages(languages.LOCALE_DIR)

from wayfinder.formats import read_plan
from wayfinder.model import Release
from wayfinder.resources import floorplans_dir
from wayfinder.services.served import make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

served = make_served("clinic", Release(read_plan(floorplans_dir() / "clinic").plan, 1))
settings = Settings(base_url="https://way.example.org", access_log=False, language="fr")
client = create_app(Venues([served]), settings).test_client(use_cookies=False)
for address in sys.argv[2:]:
    answer = client.get(address, base_url="https://way.example.org")
    print(answer.status_code, answer.get_data(as_text=True))
"""


OTHER_WORDS = re.compile(
    r"标识(?!牌)|指示牌|导向牌|路牌|自助导航屏|触摸屏|触摸查询机|指示屏|信息屏|显示屏|图纸|封闭"
)
"""What signs, kiosks, boards, plans and closures are not called: docs/guidance.md has the words."""


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """Return a folder with the languages that there are and a French of one sentence."""
    folder = tmp_path / "locale"
    shutil.copytree(LOCALE_DIR, folder)
    shutil.copytree(folder / "en", folder / "fr")
    for path in (folder / "fr").glob("*.po"):
        text = path.read_text("utf-8").replace("Language: en", "Language: fr")
        path.write_text(text.replace("Where would you like to go?", "Où allez-vous ?"), "utf-8")
    return folder


def test_the_languages_are_those_with_catalogues(locale: Path) -> None:
    (locale / "empty").mkdir()
    assert list_languages(locale) == (*LANGUAGES, "fr")
    assert LANGUAGES == ("zh-Hans", "en")


def test_a_language_is_called_as_it_calls_itself() -> None:
    assert [name_language(tag) for tag in ("zh-Hans", "en", "fr")] == [
        "中文",
        "English",
        "Français",
    ]


@pytest.mark.parametrize("tag", ["nb-XQ-oxendict-xx", "qqq", "en1", "zh-", "-", "", "中文"])
def test_a_language_that_nobody_knows_is_called_by_its_tag(tag: str) -> None:
    assert name_language(tag).lower() == tag.lower()


def test_a_language_without_catalogues_is_refused_with_those_that_there_are() -> None:
    assert check_language("en") == "en"
    with pytest.raises(ValueError, match="zh-Hans, en"):
        check_language("tlh")


@pytest.mark.long
def test_a_third_folder_is_a_third_language_everywhere(locale: Path) -> None:
    addresses = [
        "/v/clinic",
        "/v/clinic?lang=en",
        "/api/v1/venues/clinic",
        "/api/v1/venues/clinic/route?from=REG&to=PED&lang=fr",
        "/api/v1/openapi.json",
    ]
    done = subprocess.run(
        [sys.executable, "-c", SERVE, str(locale), *addresses],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout
    assert said.count("200 ") >= len(addresses)
    assert '<html lang="fr"' in said
    assert "Où allez-vous ?" in said
    for name in ("中文</a>", "English</a>", "Français</a>"):
        assert name in said
    assert '"languages":["zh-Hans","en","fr"]' in said.replace(" ", "")
    assert '"enum":["zh-Hans","en","fr"]' in said.replace(" ", "").replace("\n", "")


def test_in_chinese_one_thing_has_one_word() -> None:
    found = {
        path.name: OTHER_WORDS.findall(path.read_text("utf-8"))
        for path in (LOCALE_DIR / "zh-Hans").glob("*.po")
    }
    assert {name: words for name, words in found.items() if words} == {}
