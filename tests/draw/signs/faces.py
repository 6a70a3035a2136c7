"""Faces of signs that the tests of drawing share."""

from functools import cache

from tests.draw.samples import clinic
from wayfinder.draw.scene import Scene, make_scene
from wayfinder.guide.face import Face, FaceLine
from wayfinder.guide.groups import Group, GroupKind
from wayfinder.model import Labels
from wayfinder.model.sign import Arrow, Sign
from wayfinder.model.sign_address import SignAddress

ADDRESS = SignAddress("HTTPS://WAY.EXAMPLE.ORG/S/VQAFYHP", "way.example.org/S/VQAFYHP", "VQAFYHP")
ZONE_A = Group("zone-a", GroupKind.ZONE, {"zh-Hans": "A区", "en": "Zone A"}, "A", "blue")
ZONE_B = Group("zone-b", GroupKind.ZONE, {"zh-Hans": "B区", "en": "Zone B"}, "B", "yellow")


@cache
def ground_floor(*languages: str) -> Scene:
    plan = clinic()
    first, *others = languages or ("zh-Hans", "en")
    second = others[0] if others else None
    return make_scene(plan, plan.levels[0].id, language=first, second_language=second)


def make_line(
    number: int,
    labels: Labels,
    arrow: Arrow = Arrow.LEFT,
    *,
    emergency: bool = False,
    distance_m: float | None = None,
    **more: object,
) -> FaceLine:
    category = "emergencyroom" if emergency else "pharmacy"
    far = 10.0 * number if distance_m is None else distance_m
    return FaceLine(arrow, f"to-{number}", labels, category, None, far, emergency, **more)  # type: ignore[arg-type]


EMERGENCY = make_line(
    99, {"zh-Hans": "急诊", "en": "Emergency"}, Arrow.RIGHT, emergency=True, distance_m=500
)
PLAIN = tuple(
    make_line(n, {"zh-Hans": zh, "en": en}, arrow)
    for n, (zh, en, arrow) in enumerate(
        (
            ("挂号收费处", "Registration & Cashier", Arrow.AHEAD),
            ("药房", "Pharmacy", Arrow.LEFT),
            ("放射科", "Radiology", Arrow.LEFT),
        )
    )
)


def make_face(*lines: FaceLine, **more: object) -> Face:
    level = clinic().levels[0].id
    sign = Sign("sign-1", level, "unit", (10.0, 8.0), 90.0, "wall", ref="A1-07", code="VQAFYHP")
    told: dict[str, object] = {
        "here": {"zh-Hans": "门诊大厅", "en": "Outpatient Hall"},
        "floor": {"zh-Hans": "1F", "en": "1F"},
        "zone": ZONE_A,
        "phone": "010-6000 1000",
    }
    return Face(sign, lines=lines, **{**told, **more})  # type: ignore[arg-type]
