"""The floors of a drawing: its walls, its doors, its words; `ascii_plan` says how it is drawn."""

import re
from dataclasses import dataclass, field

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

COLUMN_M, ROW_M, DOOR_M = 1.0, 2.0, 1.0
ALONG, DOWN = "-.+", "|:+"


@dataclass
class Floor:
    """One drawing: its characters, what they mean."""

    ordinal: float
    short_name: str
    rows: list[str]
    doors: list[tuple[str, LineString]] = field(default_factory=list)
    words: list[tuple[str, Point]] = field(default_factory=list)
    faces: list[Polygon] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)
    """Index of a face to the id of the unit that it is."""

    @property
    def id(self) -> str:
        return f"level{self.ordinal:g}"

    def at(self, column: int, row: int) -> str:
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
        return self.rows[row][column] if inside else " "

    def find_face(self, label: str, point: Point) -> int:
        """Find the face that a word's first character stands in."""
        for index, face in enumerate(self.faces):
            if face.contains(point):
                return index
        raise ValueError(f"{self.id}: no closed walls around {label!r}")


def read_floors(text: str) -> list[Floor]:
    """Read all floors of a drawing, the faces between their walls too."""
    return [_read(floor) for floor in _split(text)]


def _split(text: str) -> list[Floor]:
    floors: list[Floor] = []
    for line in text.expandtabs().splitlines():
        heading = re.fullmatch(r"\s*level\s+(-?\d+(?:\.\d+)?)(?:\s+(\S+))?\s*", line)
        if heading:
            floors.append(Floor(float(heading[1]), heading[2] or heading[1], []))
        elif line.strip() or (floors and floors[-1].rows):
            if not floors:
                floors.append(Floor(0.0, "1F", []))
            floors[-1].rows.append(line.rstrip())
    indent = min(
        (len(row) - len(row.lstrip()) for floor in floors for row in floor.rows if row), default=0
    )
    for floor in floors:
        if not floor.rows:
            raise ValueError(f"{floor.id} has no drawing")
        floor.rows = [row[indent:] for row in floor.rows]
    return floors


def _read(floor: Floor) -> Floor:
    """Find the doors, the words and the faces between the walls."""
    walls: set[tuple[int, int]] = set()
    lines: list[LineString] = []
    for row, text in enumerate(floor.rows):
        for column, character in enumerate(text):
            if character in ALONG:
                lines += _follow(floor, (column, row), (1, 0), ALONG, walls)
            if character in DOWN:
                lines += _follow(floor, (column, row), (0, 1), DOWN, walls)
    for row, text in enumerate(floor.rows):
        free = "".join(" " if (c, row) in walls else character for c, character in enumerate(text))
        for word in re.finditer(r"[*@]?\w+", free):
            floor.words.append((word[0], Point(word.start() * COLUMN_M, -row * ROW_M)))
        if unknown := re.search(r"[^\w\s*@+|.:-]", free):
            raise ValueError(
                f"row {row + 1}, column {unknown.start() + 1}: what is {unknown[0]!r}?"
            )
    floor.faces = [_unjoint(floor, face) for face in shapely.polygonize(lines).geoms]
    return floor


def _unjoint(floor: Floor, face: BaseGeometry) -> Polygon:
    """Keep of a face's vertices those at a plus sign: corners, and where another wall meets it."""
    assert isinstance(face, Polygon)
    shell, *holes = (
        [(x, y) for x, y in ring.coords if floor.at(round(x / COLUMN_M), round(-y / ROW_M)) == "+"]
        for ring in (face.exterior, *face.interiors)
    )
    return Polygon(shell, holes)


def _follow(
    floor: Floor,
    start: tuple[int, int],
    step: tuple[int, int],
    walls_of: str,
    walls: set[tuple[int, int]],
) -> list[LineString]:
    """Draw a wall to its next character, through a door if there is one."""
    walls.add(start)
    column, row = start[0] + step[0], start[1] + step[1]
    mark, run = floor.at(column, row), []
    while mark.isalnum() and floor.at(column, row) == mark:
        run.append((column, row))
        column, row = column + step[0], row + step[1]
    if floor.at(column, row) not in walls_of:
        return []
    if run:
        walls.update(run)
        floor.doors.append((mark, _door_line(run, step)))
    ends = [(c * COLUMN_M, -r * ROW_M) for c, r in (start, (column, row))]
    return [LineString(ends)]


def _door_line(run: list[tuple[int, int]], step: tuple[int, int]) -> LineString:
    (c0, r0), (c1, r1) = run[0], run[-1]
    x, y = (c0 + c1) / 2 * COLUMN_M, -(r0 + r1) / 2 * ROW_M
    half = max(DOOR_M, (len(run) - 1) * (COLUMN_M if step[0] else ROW_M) + DOOR_M) / 2
    dx, dy = step[0] * half, step[1] * half
    return LineString([(x - dx, y + dy), (x + dx, y - dy)])
