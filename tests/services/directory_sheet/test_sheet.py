"""The directory as a table: out, through what spreadsheets do to it, and in again."""

import csv
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from tests.services.uploads.old_tables import Table, make_ods, make_xls
from wayfinder.formats import read_plan
from wayfinder.model import Feature, Plan, make_feature
from wayfinder.resources import floorplans_dir
from wayfinder.services.directory_sheet import (
    Difference,
    SheetError,
    compare,
    find_approved,
    list_rows,
    make_edit,
    mark_row,
    read_table,
    reading,
    write_csv,
    write_xlsx,
)
from wayfinder.services.directory_sheet.cells import RawCell, guard, lost_zeros, unguard
from wayfinder.services.directory_sheet.columns import Column, find_column, suggest_column
from wayfinder.services.directory_sheet.compare import Doubt, split_aliases
from wayfinder.services.directory_sheet.reading import read_cells

NOW = datetime(2030, 5, 1, tzinfo=UTC)
PLAN = draw_plan(
    """
    +-----+-----+-----+
    |A    |B    |C    |
    +--1--+--2--+--3--+
    4hall             |
    +-----------------+
    """,
    units={
        "A": {"codes": {"his": "0042", "ref": "3-5"}, "aliases": {"en": ["Lab", "Blood"]}},
        "B": {"name": {"en": "B", "zh-Hans": "乙"}, "phone": "+86 571 1234"},
    },
)


def make_rows(**cells: str) -> list[list[str]]:
    """Return a table of one row about A, with some columns."""
    keys = [key.replace("__", ":").replace("_", "-") for key in cells]
    return [["id", *keys], ["A", *cells.values()]]


def write(rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def look(data: bytes, plan: Plan = PLAN) -> Difference:
    """Return what a table says otherwise."""
    found = list_rows(plan, "en")
    return compare(read_table(read_cells(data), found.columns), found)


def take(data: bytes, plan: Plan = PLAN) -> Plan:
    """Take over all that a table says otherwise."""
    edit = make_edit(plan, look(data, plan).changes)
    assert edit.refused == {}
    return plan if edit.action is None else edit.action.apply(plan).plan


@pytest.fixture(scope="module")
def clinic() -> Plan:
    return read_plan(floorplans_dir() / "clinic").plan


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_what_goes_out_comes_in_as_it_was(clinic: Plan, language: str) -> None:
    found = list_rows(clinic, language)
    assert len(found.rows) > 50
    for data in (write_csv(found, language), write_xlsx(found, language, made_at=NOW)):
        # in a page of another language too
        difference = look(data, clinic)
        assert difference.changes == ()
        assert difference.same == len(found.rows)
        assert (difference.missing, difference.strange) == (0, ())


def test_every_department_and_room_has_one_row(clinic: Plan) -> None:
    rows = list_rows(clinic, "en").rows
    ids = [row.feature.id for row in rows]
    assert len(ids) == len(set(ids))
    named = {row.cells["name:en"]: row for row in rows if row.cells["name:en"]}
    assert named["Paediatrics"].cells["code:his"] == "PED"
    assert named["Paediatrics"].cells["floor"]
    types = {row.feature.feature_type for row in rows}
    assert {"venue", "building", "level", "occupant", "unit", "amenity"} <= types
    assert "signage" not in {row.feature.category for row in rows}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Hospital or clinic", "Building", "Floor"]),
        ("zh-Hans", ["医疗机构", "楼栋", "楼层"]),
    ],
)
def test_what_a_place_is_stands_there_in_words(
    clinic: Plan, language: str, words: list[str]
) -> None:
    rows = list_rows(clinic, language).rows
    assert list(dict.fromkeys(row.cells["category"] for row in rows))[:3] == words
    assert not {row.cells["category"] for row in rows} & {row.feature.category for row in rows}


def test_what_differs_is_taken_over_and_nothing_else() -> None:
    data = write(
        [
            ["id", "name:en", "name:zh-Hans", "aliases:en", "code:his", "hours"],
            ["A", "Laboratory", "化验室", "Lab; Blood;Lab", "0042", "Mo-Fr 08:00-12:00"],
            ["B", "B", "", "", "", ""],
        ]
    )
    plan = take(data)
    assert plan["A"].name == {"en": "Laboratory", "zh-Hans": "化验室"}
    assert plan["A"].aliases == {"en": ("Lab", "Blood")}
    assert plan["A"].codes == {"his": "0042", "ref": "3-5"}
    assert plan["A"].hours == "Mo-Fr 08:00-12:00"
    assert plan["B"].name == {"en": "B"}
    assert plan["C"] is PLAN["C"]
    (first, second) = look(data).changes
    assert not first.is_doubtful
    assert [cell.doubt for cell in second.cells] == [Doubt.EMPTIED]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("gbk", ","), ("gb18030", "\t"), ("utf-16", "\t")],
)
def test_text_is_read_however_it_was_saved(encoding: str, delimiter: str) -> None:
    rows = [["编号（请勿改动）", "名称（中文）"], ["A", "检验科"]]
    heads = [column.say("zh-Hans") for column in list_rows(PLAN, "zh-Hans").columns]
    rows[0][1] = next(head for head in heads if head.startswith("名称") and "中文" in head)
    assert take(write(rows, encoding, delimiter))["A"].name["zh-Hans"] == "检验科"


def test_no_cell_that_goes_out_is_a_formula() -> None:
    name = '=HYPERLINK("http://evil.example","x")'
    plan = PLAN.with_features(PLAN["A"].with_properties(name={"en": name}, phone="-1+1"))
    found = list_rows(plan, "en")
    text = write_csv(found, "en").decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert f"'{name}" in cells
    assert look(write_csv(found, "en"), plan).changes == ()
    workbook = write_xlsx(found, "en", made_at=NOW)
    assert look(workbook, plan).changes == ()
    assert b"<f>" not in workbook


@given(st.text(max_size=20))
def test_what_is_guarded_is_the_same_again(text: str) -> None:
    assert unguard(guard(text)) == text


def save(cells: Mapping[str, object], *, merge: bool = False) -> bytes:
    """Save a row about A as Excel would, numbers and dates as such."""
    made = BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Places, as of May"])
        sheet.write_row(2, 0, ["id", *cells])
        sheet.write(3, 0, " A\u3000")
        for column, value in enumerate(cells.values(), start=1):
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(3, column, value, None, "Ward 7")
            else:
                sheet.write(3, column, value)
        if merge:
            sheet.write(4, 0, "B")
            sheet.merge_range(3, 1, 4, 1, "Both")
    return made.getvalue()


def test_a_number_without_its_zeros_is_what_it_was() -> None:
    assert look(save({"code:his": 42})).changes == ()
    (change,) = look(save({"code:his": 43})).changes
    assert change.cells[0].after == "43"
    assert look(write(make_rows(code__his="42"))).changes == ()


def test_a_number_of_thousands_of_digits_is_another_one() -> None:
    assert not lost_zeros(RawCell("1" * 5_000), "0042")
    assert lost_zeros(RawCell("42"), "0042")


def test_what_became_a_date_or_a_power_is_not_taken_over() -> None:
    sheets = [
        save({"code:ref": date(2026, 3, 5)}),
        write(make_rows(code__ref="5-Mar")),
        write(make_rows(code__ref="3月5日")),
        write(make_rows(code__ref="2026/3/5")),
        write(make_rows(phone="1.38E+10")),
    ]
    for data in sheets:
        (change,) = look(data).changes
        assert change.cells == ()
        assert [cell.doubt for cell in change.kept] == [Doubt.MAIMED]
        assert make_edit(PLAN, [change]).action is None


def test_formulas_count_as_what_they_came_to() -> None:
    assert take(save({"name:en": '="Ward "&7'}))["A"].name["en"] == "Ward 7"


def test_merged_cells_are_doubtful() -> None:
    difference = look(save({"name:en": "x"}, merge=True))
    assert [change.row.feature.id for change in difference.changes] == ["A", "B"]
    assert all(change.is_doubtful for change in difference.changes)


def test_what_merged_cells_would_empty_is_doubtful_at_the_end_of_a_row_too(tmp_path: Path) -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "aliases:en"])
        sheet.write_column(1, 0, ["A", "C"])
        sheet.merge_range(1, 1, 2, 1, "")
    (tmp_path / "a.xlsx").write_bytes(made.getvalue())
    reading.read(tmp_path / "a.xlsx", tmp_path, {})
    found = list_rows(PLAN, "en")
    (change,) = compare(read_table(reading.load(tmp_path), found.columns), found).changes
    assert [(cell.after, cell.doubt) for cell in change.cells] == [("", Doubt.MERGED)]


@pytest.mark.parametrize("make", [make_xls, make_ods])
def test_workbooks_of_other_programs_are_read_as_those_of_excel(
    make: Callable[[Table], bytes],
) -> None:
    (change,) = look(make([["id", "name:zh-Hans", "code:his"], ["A", "化验室", 43.0]])).changes
    assert {cell.after for cell in change.cells} == {"化验室", "43"}


def test_columns_are_known_by_any_of_their_names() -> None:
    known = list_rows(PLAN, "en").columns
    for column in known:
        for head in (column.key, column.say("en"), f" {column.say('zh-Hans')} "):
            assert find_column(head, known) == column, head
    assert find_column("code:pacs", known) == Column("code", "pacs")
    assert find_column("Nonsense", known) is None
    assert suggest_column("Telephon", known) == Column("phone")
    assert suggest_column("电话号码", known) == Column("phone")
    assert suggest_column("zzzzzz", known) is None


def test_what_is_not_looked_at_is_told() -> None:
    data = write(
        [
            ["id", "Opening hour", "Room number", "name:en"],
            ["A", "24/7", "7", "A"],
            ["nowhere", "", "", "X"],
            ["", "", "", "New"],
            ["B", "", "", "B1"],
            ["B", "", "", "B2"],
            ["", "", "", ""],
        ]
    )
    difference = look(data)
    (strange,) = difference.strange
    assert (strange.head, strange.meant) == ("Opening hour", Column("hours"))
    assert difference.unknown == ((3, "nowhere"),)
    assert difference.nameless == (4,)
    assert difference.twice == (5, 6)
    (change,) = difference.changes
    assert change.cells == ()
    assert [cell.column.key for cell in change.kept] == ["ref"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"name,hours\nA,24/7", "no-ids"),
        (b"id,hours,Opening hours\nA,,", "column-twice"),
        (b"\x89PNG\x00\x00", "no-table"),
        (b"PK\x03\x04 no workbook", "damaged"),
        (b"id," + b"," * 300, "too-many-columns"),
        (b"id\n" + b"A\n" * 20_002, "too-many-rows"),
        (b"id,name:en\nA," + b"x" * 10_001, "cell-too-long"),
    ],
)
def test_what_is_no_table_says_why(data: bytes, code: str) -> None:
    with pytest.raises(SheetError) as caught:
        look(data)
    assert caught.value.code == code


def test_rows_that_cannot_be_are_told_and_the_others_taken() -> None:
    data = write([["id", "hours"], ["A", "Mo-Fr half past"], ["B", "24/7"], ["C", "x" * 2_000]])
    edit = make_edit(PLAN, look(data).changes)
    assert {number: error.code for number, error in edit.refused.items()} == {
        2: "hours-unreadable",
        4: "key-unfit",
    }
    assert edit.count == 1
    assert edit.action is not None
    assert edit.action.apply(PLAN).plan["B"].hours == "24/7"


def test_however_many_rows_cannot_be_the_others_are_taken() -> None:
    """An exported column of hours in a way of its own spoils a thousand rows at once."""
    codes = {number: f"R{number}" for number in range(300)}
    room = PLAN["A"]
    plan = PLAN.with_features(
        *(
            make_feature(code, "unit", room.geometry, {**room.properties, "name": {"en": code}})
            for code in codes.values()
        )
    )
    lines = [[code, "nine to five" if number % 3 else "24/7"] for number, code in codes.items()]
    edit = make_edit(plan, look(write([["id", "hours"], *lines]), plan).changes)
    assert len(edit.refused) == 200
    assert edit.count == 100
    assert edit.action is not None
    assert {one.hours for one in edit.action.apply(plan).plan.units} == {"24/7", None}


def test_what_is_approved_is_what_was_shown() -> None:
    lines = [["id", "name:en", "code:his"], ["A", "Lab", "0043"], ["B", "Ward", ""]]
    first, second = look(write(lines)).changes
    marks = [mark_row(first), mark_row(second)]
    found = find_approved([first, second], marks)
    assert (found.changes, found.outdated) == ((first, second), ())
    room = PLAN["A"]
    others: list[dict[str, object]] = [
        {"name": {"en": "Laboratory"}},  # another before
        {"codes": {"his": "0044", "ref": "3-5"}},
        {"codes": {"his": "0043", "ref": "3-5"}},  # one cell less
        {"ref": "3-6"},
        {"name": {"en": "A", "zh-Hans": "甲"}},  # called something else
    ]
    for values in others:
        changes = look(write(lines), PLAN.with_features(change_room(room, values))).changes
        assert find_approved(changes, marks).outdated == (2,), values
        assert [one.number for one in find_approved(changes, marks).changes] == [3]
    # what the table says nothing of
    hours = PLAN.with_features(change_room(room, {"hours": "24/7"}))
    assert find_approved(look(write(lines), hours).changes, marks).outdated == ()
    # what is no longer there, was never shown, or is no row
    assert find_approved([second], [*marks, "7", "x", ""]).outdated == (2, 7)


def change_room(room: Feature, values: Mapping[str, object]) -> Feature:
    """Return a room of which something else is known."""
    ours = {key: value for key, value in values.items() if key != "name"}
    known = {**room.properties.get("wayfinder", {}), **ours}
    names = {key: value for key, value in values.items() if key == "name"}
    return room.with_properties(**names, wayfinder=known)


def test_a_table_with_more_cells_than_a_worker_compares_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_bytes(write([["id", "name:en", ""], ["A", "x", ""], ["B", "", ""]]))
    reading.read(tmp_path / "a.csv", tmp_path, {})
    assert [len(row) for row in reading.load(tmp_path)] == [2, 2, 1]
    monkeypatch.setattr(reading, "_MOST_CELLS", 4)
    with pytest.raises(SheetError, match="too-many-cells"):
        reading.read(tmp_path / "a.csv", tmp_path, {})


def test_a_telephone_of_a_room_is_told_and_the_rest_of_its_row_taken() -> None:
    difference = look(write(make_rows(phone="1234", name__en="Ward")))
    assert difference.misplaced == (2,)
    (change,) = difference.changes
    assert [(cell.column.part, cell.doubt) for cell in change.kept] == [("phone", Doubt.MISPLACED)]
    edit = make_edit(PLAN, difference.changes)
    assert edit.refused == {}
    assert edit.action is not None
    assert edit.action.apply(PLAN).plan["A"].name["en"] == "Ward"


def test_a_department_has_a_telephone(clinic: Plan) -> None:
    found = {row.feature.feature_type: row for row in list_rows(clinic, "en").rows}
    assert found["occupant"].takes(Column("phone"))
    assert not found["unit"].takes(Column("phone"))
    assert found["unit"].takes(Column("hours"))


def test_a_lift_is_called_the_same_on_all_its_floors() -> None:
    plan = draw_plan("""
        level 0 F1
        +-----+
        |lift |
        +--1--+
        2hall |
        +-----+
        level 1 F2
        +-----+
        |lift |
        +--1--+
        |ward |
        +-----+
    """)
    found = [row for row in list_rows(plan, "en").rows if row.feature.id.startswith("lift")]
    assert len(found) == 1
    changed = take(write([["id", "name:en"], [found[0].feature.id, "Lift 3"]]), plan)
    assert [changed[key].name["en"] for key in ("lift@0", "lift@1")] == ["Lift 3", "Lift 3"]


def test_aliases_stand_between_semicolons() -> None:
    assert split_aliases(" a；b; a\nc|") == ("a", "b", "c")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(SheetError):
        look(data)
