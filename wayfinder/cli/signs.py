"""``wayfinder signs``: signs ready for the printer, with plans and lists for whoever hangs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import click

from wayfinder.cli.console import default_language, is_terminal, print_json, printable
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.plans import format_option, is_plan_path, read
from wayfinder.cli.stored.access import find_actor, opened_store, refuse
from wayfinder.draw.signs.fonts import MissingGlyphError
from wayfinder.draw.signs.sizes import FORMATS
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.model import Release
from wayfinder.model.sign_records import SignState
from wayfinder.services.base_address import find_base_address
from wayfinder.services.batch_choice import choose_languages, choose_levels, choose_signs
from wayfinder.services.batch_folder import BatchError, read_record
from wayfinder.services.batch_orders import Batch, FaultsError, Known, Wish
from wayfinder.services.served import Served, make_served
from wayfinder.services.sign_batches import make_batch
from wayfinder.services.sign_parts import KINDS
from wayfinder.services.stored_signs import load_venue, note_printed
from wayfinder.services.temporary_signs import Order, choose_ordered, hang_temporary, read_order
from wayfinder.settings import SettingsError, read_settings
from wayfinder.store import StoreError

_STATES = tuple(str(state) for state in SignState if state is not SignState.REMOVED)
_NO = frozenset(f"printing.{code}" for code in ("no-signs", "none-there", "none-chosen", "faults"))
_NOTHING = frozenset({"printing.none-changed", "printing.none-needed"})
_FAULTS_SHOWN = 20
_DPI = click.IntRange(72, 600)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What the command was asked for, beside its source."""

    output: Path
    kind: str
    separate: bool
    dpi: int
    base_url: str | None
    size: str | None
    levels: tuple[str, ...]
    states: tuple[str, ...]
    only: tuple[str, ...]
    audit: Path | None
    changed: bool
    languages: tuple[str, ...]
    theme: str
    source_format: str | None
    no_note: bool
    as_json: bool


@click.command("signs")
@click.argument("source", metavar="PLAN_OR_VENUE")
@click.option(
    "--output",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of the batch; an earlier batch in it gives way.",
)
@click.option("--format", "kind", type=click.Choice(KINDS), default="pdf", show_default=True,
              help="SVG and PNG: a file a sign.")  # fmt: skip
@click.option("--separate", is_flag=True, help="A PDF a sign, not one a floor.")
@click.option("--dpi", type=_DPI, default=150, show_default=True, help="How fine a PNG is.")
@click.option("--base-url", metavar="URL", help="Public https address that the codes lead to; "
              "else WAYFINDER_BASE_URL; without any: specimens.")  # fmt: skip
@click.option("--size", type=click.Choice(list(FORMATS)), metavar="SIZE",
              help=f"One size for all: {', '.join(FORMATS)}; else the usual one for each "
              "mounting.")  # fmt: skip
@click.option("--level", "levels", multiple=True, metavar="LEVEL",
              help="Only this floor: label, name or id; several times for several.")  # fmt: skip
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES),
              help="Only signs in this state; of a venue.")  # fmt: skip
@click.option("--only", multiple=True, metavar="SIGN",
              help="Only this sign: number, code or id; several times for several.")  # fmt: skip
@click.option("--from-audit", "audit", metavar="FILE", type=click.Path(path_type=Path),
              help="What wayfinder sign-audit --json has found: the signs to print anew, or the "
              "temporary ones.")  # fmt: skip
@click.option("--changed", is_flag=True,
              help="Only signs that would look other than they were printed last.")  # fmt: skip
@click.option("--language", "languages", multiple=True, type=click.Choice(LANGUAGES),
              help="Language of the signs, twice for two: the first one is larger, and that of "
              "the lists.  [default: those of the plan]")  # fmt: skip
@click.option("--theme", type=click.Choice(("light", "print")), default="light",
              show_default=True, help="Colours, or black ink alone.")  # fmt: skip
@click.option("--no-note", is_flag=True, help="Do not note the signs of a venue as printed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@format_option
def command(source: str, **given: Any) -> Exit:  # noqa: ANN401 - click's
    """Print signs, or a batch of them: of a plan alone, or of a VENUE of the store.

    DIR gets the signs, their contents, a mounting plan for each floor and the schedule as CSV and
    XLSX: all of it, or nothing. Every code is read back from its page before. A run that was
    stopped goes on where it was. The signs of a venue are then noted as printed.
    """
    asked = _Asked(**given)
    if len(asked.languages) > 2:
        raise CommandError("--language: a sign is in one language or two")
    with _refusals(), _Shown(default_language()) as shown:
        wish, batch = _make(source, asked, shown)
        noted = 0
        if not is_plan_path(source) and not asked.no_note:
            with opened_store() as store:
                noted = note_printed(store, source, batch, who=find_actor())
    if asked.as_json:
        print_json(_make_document(batch, wish, noted))
    else:
        _print(batch, wish, noted)
    return Exit.DONE


def _make(source: str, asked: _Asked, shown: "_Shown") -> tuple[Wish, Batch]:
    """Make the batch, and return what it was to be as well."""
    settings = read_settings()
    base = find_base_address(asked.base_url, settings)
    if asked.only and asked.audit is not None:
        raise BatchError("printing.only-or-audit")
    order = None if asked.audit is None else read_order(asked.audit)
    shown.say("reading", path=source)
    served, known = _load(source, asked)
    if order is not None:
        served = hang_temporary(served, order)
    wish = Wish(
        output=asked.output,
        kind=asked.kind,
        separate=asked.separate,
        dpi=asked.dpi,
        size=asked.size,
        theme=asked.theme,
        base=base,
        levels=choose_levels(served.plan, asked.levels),
        wanted_states=[SignState(state) for state in asked.states],
        only=_choose_signs(served, asked.only, order),
        temporary=frozenset(face.id for face in order.faces) if order else frozenset(),
        changed=asked.changed,
        languages=asked.languages or choose_languages(served.plan, settings.language),
    )
    return wish, make_batch(served, wish, known, say=shown.count)


def _choose_signs(served: Served, only: tuple[str, ...], order: Order | None) -> frozenset[str]:
    if order is not None:
        return choose_ordered(served, order)
    return choose_signs(served.signs.values(), only)


def _load(source: str, asked: _Asked) -> tuple[Served, Known]:
    if not is_plan_path(source):
        with opened_store() as store:
            return load_venue(store, source)
    if asked.states:
        raise BatchError("printing.no-states")
    record = read_record(asked.output)
    if asked.changed and record is None:
        raise BatchError("printing.no-earlier", path=str(asked.output))
    path = Path(source)
    served = make_served(path.stem, Release(read(path, asked.source_format).plan))
    return served, Known(printed=record.printed if record is not None else {})


class _Shown:
    """Shows on the standard error how far it is: one line that changes, or a line a stage."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._terminal = is_terminal()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._wipe()

    def count(self, stage: str, done: int, total: int) -> None:
        """Show how many of a stage are done; where nobody watches, only that all are."""
        if self._terminal or (done == total and stage != "facing"):
            self.say(stage, done=str(done), total=str(total))

    def say(self, message: str, **values: str) -> None:
        """Show a message in place of the one before."""
        said = printable(translate(self._language, f"printing.{message}", **values))
        self._wipe()
        click.echo(f"{said} …" if self._terminal else said, err=True, nl=not self._terminal)

    def _wipe(self) -> None:
        if self._terminal:
            click.echo("\r\033[K", err=True, nl=False)


@contextmanager
def _refusals() -> Iterator[None]:
    """End the command with one line for what is refused."""
    try:
        yield
    except FaultsError as error:
        raise CommandError(_say_faults(error), Exit.NO) from None
    except BatchError as error:
        if error.message_id in _NOTHING:
            click.echo(translate(default_language(), error.message_id))
            raise click.exceptions.Exit(Exit.DONE) from None
        said = translate(default_language(), error.message_id, **error.values)
        code = Exit.NO if error.message_id in _NO else Exit.UNUSABLE
        raise CommandError(printable(said), code) from None
    except MissingGlyphError as error:
        raise CommandError(printable(str(error)), Exit.NO) from None
    except SettingsError as error:
        raise CommandError(str(error)) from None
    except StoreError as error:
        raise refuse(error) from None
    except OSError as error:
        path = error.filename or ""
        values = {"path": str(path), "problem": error.strerror or str(error)}
        said = translate(default_language(), "printing.unwritable", **values)
        raise CommandError(printable(said)) from None


def _say_faults(error: FaultsError) -> str:
    language = default_language()
    faults = [
        translate(
            language,
            f"printing.fault-{fault.problem}",
            name=fault.name,
            file=fault.file,
            page=str(fault.page),
            found=fault.found,
        )
        for fault in error.faults[:_FAULTS_SHOWN]
    ]
    said = translate(language, error.message_id, faults="; ".join(faults), **error.values)
    return printable(said)


def _print(batch: Batch, wish: Wish, noted: int) -> None:
    language = default_language()

    def say(message: str, **values: object) -> None:
        click.echo(printable(translate(language, f"printing.{message}", **values)))

    seconds = f"{batch.drawing_s + batch.reading_s:.1f}"
    values = {"path": str(batch.output), "pages": str(batch.pages), "seconds": seconds}
    say("made", count=len(batch.made), **values)
    if wish.base is None:
        click.secho(translate(language, "printing.specimens"), fg="yellow")
    else:
        say("read-back", count=len(batch.codes))
    counts = {
        "uncoded": batch.uncoded,
        "left-removed": batch.removed,
        "have-notes": batch.noted,
        "noted": noted,
    }
    for message, count in counts.items():
        if count:
            say(message, count=count)


def _make_document(batch: Batch, wish: Wish, noted: int) -> dict[str, Any]:
    return {
        "output": str(batch.output),
        "base_url": wish.base,
        "signs": [
            {
                "sign": one.sign,
                "name": one.name,
                "code": batch.codes.get(one.sign),
                "drawing": one.drawing,
                "letter_height_mm": one.letter_height_mm,
                "dropped": list(one.dropped),
                "pages": [{"file": page.file, "page": page.number} for page in one.pages],
            }
            for one in batch.made
        ],
        "pages": batch.pages,
        "unchanged": batch.unchanged,
        "removed": batch.removed,
        "uncoded": batch.uncoded,
        "with_notes": batch.noted,
        "noted_as_printed": noted,
        "drawing_s": round(batch.drawing_s, 2),
        "reading_s": round(batch.reading_s, 2),
    }
