"""In which order lists have their names."""

import pytest

from wayfinder.services.directory.ordering import make_order


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "zh-Hans",
            ["艾灸一室", "艾灸二室", "艾灸三室", "艾灸十室", "艾灸十一室", "艾灸二十室", "放射科"],
        ),
        ("zh-Hans", ["第二诊区", "第三诊区", "第十二诊区"]),
        ("zh-Hans", ["采血室2", "采血室10", "内科"]),
        ("zh-Hans", ["耳鼻喉科", "眼科", "一般外科", "重症医学科"]),
        ("en", ["Moxibustion 1", "Moxibustion 2", "Moxibustion 10", "Ward"]),
    ],
)
def test_a_list_is_by_sound_and_by_number(language: str, names: list[str]) -> None:
    mixed = [*names[1::2], *names[::2]]
    assert sorted(mixed, key=lambda name: make_order(name, language)) == names


def test_a_numeral_that_counts_nothing_is_a_word() -> None:
    assert make_order("三叉神经", "zh-Hans").startswith("sancha")
