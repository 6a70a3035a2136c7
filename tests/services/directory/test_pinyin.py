"""Chinese names in Latin letters, read as the words are read."""

import pytest

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
