"""Write ``static/phone/map.css``, the style sheet of maps in pages, from the themes."""

from pathlib import Path

from wayfinder.draw.style import PAGE_TEXT_SCALES, write_page_sheet

TARGET = Path(__file__).resolve().parent.parent / "static" / "phone" / "map.css"


def write_sheet() -> str:
    """Return what the file must hold."""
    return f"/* Written by python3 -m tools.map_sheet */\n{write_page_sheet(PAGE_TEXT_SCALES)}"


if __name__ == "__main__":
    TARGET.write_text(write_sheet(), encoding="utf-8")
