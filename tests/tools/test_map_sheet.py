"""The style sheet of maps in pages is what the themes say."""

from tools.map_sheet import TARGET, write_sheet


def test_the_style_sheet_of_maps_is_that_of_the_themes() -> None:
    assert TARGET.read_text("utf-8") == write_sheet(), "run python3 -m tools.map_sheet"
