"""Which size a sign gets, and that its names can be read from where they must be."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw.signs.faces import ADDRESS, EMERGENCY, PLAIN, make_face, make_line
from wayfinder.draw.signs.fitting import choose_size
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.draw.signs.sizes import list_formats
from wayfinder.guide.face import Face, FaceLine
from wayfinder.model.sign import Arrow

TONGUES = ("zh-Hans", "en")
LETTERS_MM = {"wall": 25.0, "pillar": 25.0, "door": 25.0, "hanging": 40.0, "totem": 60.0}


def mount(mounting: str, *lines: FaceLine) -> Face:
    face = make_face(*lines)
    return replace(face, sign=replace(face.sign, mounting=mounting))


def choose(face: Face) -> str:
    letters = LETTERS_MM[face.sign.mounting]
    return choose_size(face, TONGUES, letter_height_mm=letters, address=ADDRESS).name


@pytest.mark.parametrize("mounting", LETTERS_MM)
def test_a_sign_is_as_small_as_its_lines_allow(mounting: str) -> None:
    sizes = [one.name for one in list_formats(mounting)]
    areas = [one.width_mm * one.height_mm for one in list_formats(mounting)]
    assert areas == sorted(areas)
    rooms = [
        make_line(n, {"zh-Hans": f"综合门诊楼特需第{n}诊疗室", "en": f"Room {n}"}) for n in range(7)
    ]
    few, many = choose(mount(mounting, EMERGENCY)), choose(mount(mounting, *rooms, EMERGENCY))
    assert sizes.index(few) < sizes.index(many)


@pytest.mark.parametrize("mounting", LETTERS_MM)
def test_letters_are_as_high_as_the_reading_distance_needs(mounting: str) -> None:
    rooms = [
        make_line(n, {"zh-Hans": f"门诊楼第{n}诊室", "en": f"Outpatient Room {n}"}, arrow)
        for n, arrow in enumerate((Arrow.AHEAD, Arrow.LEFT, Arrow.LEFT, Arrow.UP, Arrow.BACK))
    ]
    face = mount(mounting, *rooms, *PLAIN[:2], EMERGENCY)
    least = LETTERS_MM[mounting]
    size = choose_size(face, TONGUES, letter_height_mm=least, address=ADDRESS)
    drawing = draw_sign(face, None, address=ADDRESS, size=size, letter_height_mm=least)
    assert drawing.letter_height_mm >= least - 1e-9
    assert not drawing.dropped
    assert not drawing.reduced


def test_where_no_size_holds_all_the_one_that_leaves_out_least_is_taken_and_tells() -> None:
    long = "国家老年疾病临床医学研究中心神经内科认知障碍与运动障碍联合多学科会诊门诊"
    rooms = [make_line(n, {"zh-Hans": f"{long}{n}", "en": f"Joint Clinic {n}"}) for n in range(7)]
    face = mount("hanging", *rooms, EMERGENCY)
    size = choose_size(face, TONGUES, letter_height_mm=40.0, address=ADDRESS)
    assert size == list_formats("hanging")[-1]
    drawing = draw_sign(face, None, address=ADDRESS, size=size, letter_height_mm=40.0)
    assert drawing.dropped
    assert EMERGENCY not in drawing.dropped
    assert drawing.letter_height_mm >= 40.0 - 1e-9


def test_a_sign_that_says_nothing_has_the_smallest_size() -> None:
    assert choose(mount("wall")) == "A5"


names = st.text(st.sampled_from("内科急诊室放射楼ABC 1-"), min_size=1, max_size=14).map(
    lambda text: text.strip() or "科"
)


@given(
    st.lists(st.tuples(names, names, st.sampled_from(sorted(Arrow))), max_size=8),
    st.sampled_from(sorted(LETTERS_MM)),
)
def test_what_the_chosen_size_promises_is_drawn(
    told: list[tuple[str, str, Arrow]], mounting: str
) -> None:
    lines = [make_line(n, {"zh-Hans": zh, "en": en}, to) for n, (zh, en, to) in enumerate(told)]
    face, least = mount(mounting, *lines), LETTERS_MM[mounting]
    size = choose_size(face, TONGUES, letter_height_mm=least, address=ADDRESS)
    drawing = draw_sign(face, None, address=ADDRESS, size=size, letter_height_mm=least)
    if lines:
        assert drawing.letter_height_mm >= least - 1e-9
    if size != list_formats(mounting)[-1] and size.name != "A1":
        assert not drawing.dropped
        assert not drawing.reduced
