from tools.pinyin_phrases import TARGET, write_phrases


def test_the_phrases_are_those_of_the_pypinyin_that_is_installed() -> None:
    assert TARGET.read_text("utf-8") == write_phrases(), "run python3 -m tools.pinyin_phrases"
