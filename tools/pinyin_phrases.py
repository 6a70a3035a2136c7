"""Write ``pinyin_phrases.json``: phrases of pypinyin that are not read as their characters are.

That is some 1 in 10 of 47,000: to choose them takes longer than all else that a search gets ready.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from wayfinder.services.directory.pinyin import PHRASES, load_readings, strip_tones

TARGET = Path(__file__).resolve().parent.parent / "wayfinder" / "services" / "directory" / PHRASES


def write_phrases() -> str:
    """Return what the file must hold for the pypinyin that is installed."""
    data = (files("pypinyin") / "phrases_dict.json").read_text("utf-8")
    phrases: Mapping[str, list[list[str]]] = json.loads(data)
    usual = load_readings()
    told = "\n".join(" ".join(readings[0] for readings in said) for said in phrases.values())
    kept = {
        phrase: phrases[phrase]
        for phrase, spelt in zip(phrases, strip_tones(told).split("\n"), strict=True)
        if spelt.split(" ") != [usual.get(ord(character), "") for character in phrase]
    }
    lines = (
        f"{json.dumps(phrase, ensure_ascii=False)}:{json.dumps(said, ensure_ascii=False)}"
        for phrase, said in sorted(kept.items())
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(write_phrases(), encoding="utf-8")
