"""What comes with a batch: contents, a mounting plan a level, the schedule."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

from wayfinder.draw.mounting_plan import Mark, draw_mounting_plan
from wayfinder.draw.scene import Scene, make_scene
from wayfinder.draw.sheet_page import SheetWords, draw_list
from wayfinder.draw.sheet_table import Column, Row
from wayfinder.draw.signs.pdf import write_pdf
from wayfinder.draw.signs.sizes import FORMATS, PAPER
from wayfinder.guide.catalogues import name_language, translate
from wayfinder.guide.face import Face, FaceLine
from wayfinder.model import Arrow, Building, Labels, Level, Sign, pick_label
from wayfinder.model.labels import has_language
from wayfinder.model.sign_records import SignState
from wayfinder.route import find_time_zone
from wayfinder.services.base_address import make_sign_address
from wayfinder.services.batch_choice import Chosen, name_files
from wayfinder.services.batch_orders import Wish
from wayfinder.services.batch_workers import Workers
from wayfinder.services.served import Served
from wayfinder.services.sign_parts import Made
from wayfinder.services.sign_schedule import ScheduleRow, write_csv, write_xlsx

CONTENTS, SCHEDULE_CSV, SCHEDULE_XLSX = "contents.pdf", "schedule.csv", "schedule.xlsx"
_ARROWS = {
    Arrow.AHEAD: "↑",
    Arrow.AHEAD_RIGHT: "↗",
    Arrow.RIGHT: "→",
    Arrow.BACK_RIGHT: "↘",
    Arrow.BACK: "↓",
    Arrow.BACK_LEFT: "↙",
    Arrow.LEFT: "←",
    Arrow.AHEAD_LEFT: "↖",
    Arrow.UP: "⇧",
    Arrow.DOWN: "⇩",
    Arrow.HERE: "●",
}
_ROUNDING_MM = 0.1
_MOUNTINGS = frozenset({"wall", "hanging", "pillar", "door", "totem"})


@dataclass(frozen=True, slots=True)
class _Plan:
    """A mounting plan to be drawn, in another process."""

    file: str
    scene: Scene
    marks: tuple[Mark, ...]
    words: SheetWords
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass
class Sheets:
    """What is told of the signs of a batch.

    Parameters
    ----------
    served
        The venue.
    wish
        What the batch is to be.
    states
        Sign id to state; none for a plan alone.
    chosen
        The signs that are printed.
    made
        Sign id to what was drawn.
    faces
        Sign id to what it says.
    """

    served: Served
    wish: Wish
    states: Mapping[str, SignState]
    chosen: Sequence[Chosen]
    made: Mapping[str, Made]
    faces: Mapping[str, Face]
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @property
    def language(self) -> str:
        """Language of the sheets: the first of the signs."""
        return self.wish.languages[0]

    def say(self, message: str, **values: object) -> str:
        """Say something in the language of the sheets."""
        return translate(self.language, f"printing.{message}", **values)

    @cached_property
    def rows(self) -> tuple[ScheduleRow, ...]:
        """The rows of the schedule, in the order of their numbers."""
        return tuple(map(self._make_row, self.chosen))

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return 3 + len({one.sign.level_id for one in self.chosen})

    def count_notes(self) -> int:
        """Count the signs that somebody should look at."""
        return sum(bool(row.notes) for row in self.rows)

    def _make_row(self, one: Chosen) -> ScheduleRow:
        sign, face, made = one.sign, self.faces[one.sign.id], self.made[one.sign.id]
        state = self.states.get(sign.id)
        base = self.wish.base
        address = make_sign_address(base, sign.code).text if base and sign.code else ""
        return ScheduleRow(
            number=one.number,
            ref=sign.ref,
            code=(sign.code or "") if base else "",
            building=self.name_building(sign.level_id),
            floor=self.name_floor(sign.level_id),
            place=pick_label(face.here, self.language),
            mounting=self.name_mounting(sign),
            bearing=self.name_bearing(sign),
            size=_say_size(made.size),
            lines={tag: tuple(_say_lines(face, tag)) for tag in self.wish.languages},
            state=self._say_state(state, face),
            address=address,
            file=made.pages[0].file,
            page=made.pages[0].number,
            notes="\n".join(self._list_notes(one, face, made)),
        )

    def _say_state(self, state: SignState | None, face: Face) -> str:
        if face.temporary:
            return self.say("state-temporary")
        return "" if state is None else self.say(f"state-{state}")

    def _list_notes(self, one: Chosen, face: Face, made: Made) -> Iterator[str]:
        names = {line.to: pick_label(line.labels, self.language) for line in face.listed}
        if one.sign.bearing_deg is None:
            yield self.say("note-no-bearing")
        elif not face.listed:
            yield self.say("note-no-lines")
        if made.dropped:
            yield self.say("note-dropped", names=[names.get(key, key) for key in made.dropped])
        if made.reduced:
            yield self.say("note-reduced", names=[names.get(key, key) for key in made.reduced])
        needed = face.letter_height_mm
        if needed is not None and 0 < made.letter_height_mm < needed - _ROUNDING_MM:
            values = {"letters": f"{made.letter_height_mm:g}", "needed": f"{needed:.3g}"}
            yield self.say("note-letters", **values)
        if face.gone:
            yield self.say("note-gone", names=list(face.gone))
        for tag in self.wish.languages:
            lacking = [
                names[key]
                for key in made.untranslated
                if key in names and not has_language(_find(face, key).labels, tag)
            ]
            if lacking:
                language = name_language(tag)
                yield self.say("note-untranslated", language=language, names=lacking)
        if self.wish.base and not one.sign.code and not face.temporary:
            yield self.say("note-no-code")

    def name_building(self, level_id: str) -> str:
        """Return the name of a level's building; empty where it has none."""
        level = self.served.plan.find(level_id, Level)
        keys = level.building_ids if level is not None else ()
        names = (self.served.plan.find(key, Building) for key in keys)
        found = (pick_label(one.name, self.language) for one in names if one is not None)
        return next(found, "")

    def name_floor(self, level_id: str) -> str:
        """Return what the signs call a level."""
        level = self.served.plan.find(level_id, Level)
        labels: Labels = (level.short_name or level.name) if level is not None else {}
        return pick_label(labels, self.language)

    def name_mounting(self, sign: Sign) -> str:
        """Say how a sign is mounted."""
        known = sign.mounting in _MOUNTINGS
        return self.say(f"mount-{sign.mounting}") if known else sign.mounting

    def name_bearing(self, sign: Sign) -> str:
        """Say which way a sign faces."""
        if sign.bearing_deg is None:
            return self.say("bearing-unknown")
        compass = self.say(f"compass-{round(sign.bearing_deg / 45) % 8}")
        degrees = str(round(sign.bearing_deg) % 360)
        return self.say("bearing", compass=compass, degrees=degrees)

    def make_words(self, title: str, about: str, count: int, *, notes: Sequence[str]) -> SheetWords:
        """Return head and foot of a sheet."""
        release, base = self.served.snapshot.release, self.wish.base
        made = self.made_at.astimezone(find_time_zone(self.served.plan))
        digest = release.hash.partition(":")[2][:12]
        return SheetWords(
            title=self.say(title),
            about=about,
            facts=(
                self.say("count", count=count),
                self.say("release", number=str(release.number))
                if release.number
                else self.say("plan-digest", digest=digest),
                self.say("made-on", date=f"{made:%Y-%m-%d}"),
            ),
            foot=self.say("address-is", address=base) if base else self.say("no-address"),
            notes=tuple(map(self.say, notes)),
            language=self.language,
        )


def write_sheets(sheets: Sheets, folder: Path, workers: Workers) -> Iterator[str]:
    """Write contents, mounting plans and schedule into a folder, and yield their names.

    Raises
    ------
    OSError
        A file cannot be written.
    """
    for (name, _), content in workers.run(_make_sheet, _list_sheets(sheets)):
        (folder / name).write_bytes(content)
        yield name


def _make_sheet(sheet: tuple[str, Callable[[], bytes]]) -> bytes:
    _, make = sheet
    return make()


def _list_sheets(sheets: Sheets) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each sheet with what makes it, in another process perhaps."""
    rows, languages = sheets.rows, sheets.wish.languages
    yield CONTENTS, _list_contents(sheets)
    yield SCHEDULE_CSV, partial(write_csv, rows, languages)
    title = pick_label(sheets.served.name, sheets.language)
    made_at = sheets.made_at.astimezone(find_time_zone(sheets.served.plan))
    yield SCHEDULE_XLSX, partial(write_xlsx, rows, languages, title=title, made_at=made_at)
    for plan in _list_plans(sheets):
        yield plan.file, partial(_draw_plan, plan)


def _draw_plan(plan: _Plan) -> bytes:
    drawn = draw_mounting_plan(plan.scene, plan.marks, plan.words, plan.columns, plan.rows)
    return write_pdf(drawn)


def _draw_contents(words: SheetWords, columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    return write_pdf(draw_list(words, columns, rows))


def _list_contents(sheets: Sheets) -> Callable[[], bytes]:
    heads = ("number", "ref", "code", "place", "mounting", "bearing", "size", "file", "page")
    widths = (10.0, 16.0, 19.0, 33.0, 14.0, 19.0, 20.0, 51.0, 8.0)
    columns = _make_columns(sheets, heads, widths)
    rows: list[Row] = []
    for (building, floor), group in groupby(sheets.rows, key=lambda row: (row.building, row.floor)):
        rows.append(Row(heading=f"{building} {floor}".strip()))
        rows += [Row(tuple(str(getattr(row, head)) for head in heads)) for row in group]
    about = pick_label(sheets.served.name, sheets.language)
    words = sheets.make_words(
        "contents", about, len(sheets.rows), notes=("how-to-hang", "height-code")
    )
    return partial(_draw_contents, words, columns, rows)


def _list_plans(sheets: Sheets) -> Iterator[_Plan]:
    heads = ("number", "ref", "code", "place", "mounting", "bearing", "size")
    widths = (10.0, 18.0, 20.0, 38.0, 15.0, 21.0, 18.0)
    columns = _make_columns(sheets, heads, widths)
    rows = {row.number: row for row in sheets.rows}
    files = name_files(sheets.served.plan, (one.sign.level_id for one in sheets.chosen))
    for level_id, group in groupby(sheets.chosen, key=lambda one: one.sign.level_id):
        on_level = list(group)
        scene = make_scene(sheets.served.plan, level_id, language=sheets.language)
        venue = pick_label(sheets.served.name, sheets.language)
        where = f"{sheets.name_building(level_id)} {sheets.name_floor(level_id)}".strip()
        words = sheets.make_words(
            "mounting-plan",
            f"{venue} · {where}",
            len(on_level),
            notes=("how-to-hang", "height-code"),
        )
        yield _Plan(
            file=f"mounting-{files[level_id]}.pdf",
            scene=scene,
            marks=tuple(
                Mark(one.number, one.sign.point, one.sign.bearing_deg, one.sign.id)
                for one in on_level
            ),
            words=words,
            columns=columns,
            rows=tuple(
                Row(tuple(str(getattr(rows[one.number], head)) for head in heads))
                for one in on_level
            ),
        )


def _make_columns(
    sheets: Sheets, heads: Sequence[str], widths: Sequence[float]
) -> tuple[Column, ...]:
    return tuple(
        Column(sheets.say(f"column-{head}"), width, right=head in _FIGURES, bold=head == "number")
        for head, width in zip(heads, widths, strict=True)
    )


_FIGURES = frozenset({"number", "page"})


def _say_size(name: str) -> str:
    """Return what a format is called: its name on paper, else its sides in millimetres."""
    size = FORMATS[name]
    if size.name in PAPER:
        return name
    return f"{size.width_mm:g} × {size.height_mm:g}"


def _say_lines(face: Face, language: str) -> Iterator[str]:
    """Yield the lines of a face as one reads them aloud."""
    for line in face.lines:
        letter = line.group.letter if line.group is not None else ""
        name = pick_label(line.labels, language) or letter
        said = f"{_ARROWS[line.arrow]} {name}"
        if line.distance_m is None:
            yield said
        else:
            metres = str(round(line.distance_m))
            yield translate(language, "printing.metres", name=said, metres=metres)


def _find(face: Face, feature_id: str) -> FaceLine:
    return next(line for line in face.listed if line.to == feature_id)
