"""Chinese names in Latin letters, read as the words are read."""

import re

import pytest

from wayfinder.formats import read_plan
from wayfinder.resources import floorplans_dir
from wayfinder.services.directory.fold import is_han, simplify
from wayfinder.services.directory.pinyin import list_spellings, spell, spell_quickly


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("心电图", "xindiantu", "xdt"),
        ("重庆", "chongqing", "cq"),
        ("重症医学科", "zhongzhengyixueke", "zzyxk"),
        ("银行", "yinhang", "yh"),
        ("行政楼", "xingzhenglou", "xzl"),
        ("会计室", "kuaijishi", "kjs"),
        ("女卫生间", "nuweishengjian", "nwsj"),
        ("B超室", "bchaoshi", "bcs"),
        ("CT室", "ctshi", "cts"),
        ("門診", "menzhen", "mz"),
    ],
)
def test_readings_follow_the_words(text: str, full: str, initials: str) -> None:
    spelling = spell(text)
    assert spelling is not None
    assert (spelling.full, spelling.initials) == (full, initials)
    assert 0 in spelling.starts


def test_what_is_not_chinese_has_no_pinyin() -> None:
    assert spell("Cardiology") is None


def test_a_query_is_spelt_as_its_characters_usually_are() -> None:
    assert spell_quickly("心dian图") == "xindiantu"
    assert spell_quickly("lv") == "lu"


def test_a_word_is_found_as_it_is_read_and_as_its_characters_are() -> None:
    assert [one.full for one in list_spellings("采血处")] == ["caixiechu", "caixuechu"]
    assert [one.full for one in list_spellings("抽血")] == ["chouxue"]
    assert list_spellings("Cardiology") == ()


def test_a_name_in_parts_is_read_as_the_library_reads_it_whole() -> None:
    plan = read_plan(floorplans_dir() / "hospital").plan
    names = {feature.name.get("zh-Hans", "") for feature in plan}
    runs = {run for name in names for run in re.findall("[\u4e00-\u9fff]+", simplify(name))}
    every = {simplify(chr(code)) for code in range(0x4E00, 0xA000, 7)} | {"\u3400", "\u4dbf"}
    characters = {one for one in every if is_han(one)}
    spell("中")  # the library is read with the phrases that were chosen
    from pypinyin import lazy_pinyin

    for text in runs | characters:
        spelling = spell(text)
        assert spelling is not None
        whole = "".join(lazy_pinyin(text))
        assert spelling.full == whole.replace("v", "u"), text
