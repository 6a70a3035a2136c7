"""The sentence of a report: cut to its length, numbers that may be somebody's struck out."""

import re
from unicodedata import category, normalize

LONGEST = 300
"""Characters of a sentence that are kept (ours)."""
STRUCK = "×××"
"""What stands in place of what was struck out."""

_SPACE = re.compile(r"\s+")
# a telephone has seven digits at least, an identity card eighteen, a hospital's own numbers
# something between; rooms and signs have fewer. People group digits as they like.
_NUMBER = re.compile(
    r"(?<!\d)[A-Za-z]{0,2}[+＋]?[(（]?\d(?:[\s\-./()·_－（）．]{0,2}\d){6,}(?:[XxＸｘ](?![A-Za-z]))?"
)
_SAID = "零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
_SPELT = re.compile(rf"[{_SAID}](?:[ \-]?[{_SAID}\d]){{6,}}")
_MAIL = re.compile(r"[\w.+\-]{1,64}[@＠][\w.\-]{1,190}", re.ASCII)


def clean_sentence(text: str) -> str | None:
    """Return a sentence as it is kept, or None where there is none.

    What looks like the number of a telephone, an identity card or a patient is struck out, digits
    written as words too, and so are e-mail addresses: nobody needs them to mend a lift. Names
    cannot be told from other words.
    """
    plain = "".join(
        " " if one.isspace() else one
        for one in normalize("NFC", text[: 10 * LONGEST])
        if one.isspace() or category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    for pattern in (_MAIL, _NUMBER, _SPELT):
        plain = pattern.sub(STRUCK, plain)
    return _SPACE.sub(" ", plain).strip()[:LONGEST].strip() or None
