"""What was measured: tables, and what they had to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that has to hold.

    Parameters
    ----------
    text
        What, in words.
    value
        What was measured.
    limit
        The least or the most that it may be.
    at_least
        Whether the limit is the least.
    """

    text: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether it does; NaN never does."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Section:
    """One table with its claims.

    Parameters
    ----------
    name
        What ``--only`` calls it.
    title
        One line.
    columns
        Heads of the columns; the unit is part of them.
    rows
        As many cells each.
    claims
        What it had to show.
    notes
        What one must know to read it, and what is missing.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()


def as_json(sections: Sequence[Section], missing: Sequence[str]) -> dict[str, Any]:
    """Return sections as JSON values.

    Returns
    -------
    dict
        ``holds``, ``missing``, and ``sections`` with ``rows`` by column and ``claims``.
    """
    return {
        "holds": all(claim.holds for section in sections for claim in section.claims),
        "missing": list(missing),
        "sections": [_section_as_json(section) for section in sections],
    }


def _section_as_json(section: Section) -> Mapping[str, Any]:
    return {
        "name": section.name,
        "title": section.title,
        "rows": [dict(zip(section.columns, row, strict=True)) for row in section.rows],
        "claims": [
            {
                "text": claim.text,
                "value": claim.value,
                "at_least" if claim.at_least else "at_most": claim.limit,
                "holds": claim.holds,
            }
            for claim in section.claims
        ],
        "notes": list(section.notes),
    }


def as_text(section: Section) -> str:
    """Return a section as a Markdown table, figures to the right, with its claims below."""
    cells = [[_show(cell) for cell in row] for row in section.rows]
    numeric = [
        all(isinstance(row[k], float | int | None) for row in section.rows)
        for k in range(len(section.columns))
    ]
    widths = [
        max([len(head), 3, *(len(row[k]) for row in cells)])
        for k, head in enumerate(section.columns)
    ]
    rule = ["-" * (width - 1) + (":" if right else "-")
            for width, right in zip(widths, numeric, strict=True)]  # fmt: skip
    lines = [f"## {section.title}", ""] + [
        "| " + " | ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ) + " |"
        for row in (section.columns, rule, *cells)
    ]  # fmt: skip
    if section.claims:
        lines += ["", *(_claim_as_text(claim) for claim in section.claims)]
    if section.notes:
        lines += ["", *section.notes]
    return "\n".join(lines)


def _claim_as_text(claim: Claim) -> str:
    bound = "at least" if claim.at_least else "at most"
    verdict = "holds" if claim.holds else "DOES NOT HOLD"
    return f"- {claim.text}: {_show(claim.value)} ({bound} {_show(claim.limit)}): {verdict}"


def _show(cell: Cell) -> str:
    """Return a figure with three digits that count, thousands apart."""
    if cell is None:
        return ""
    if isinstance(cell, str | int):
        return str(cell) if isinstance(cell, str) else f"{cell:,}"
    digits = 3 if abs(cell) < 10 else 1 if abs(cell) < 100 else 0
    return f"{cell:,.{digits}f}"
