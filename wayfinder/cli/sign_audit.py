"""``wayfinder sign-audit``: who arrives by signs alone, and which signs are wrong."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from wayfinder.checks.sign_audit import PROFILES, audit_signs
from wayfinder.checks.sign_changes import Wrong, list_wrong
from wayfinder.checks.sign_detours import plan_detours
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.cli.console import language_option, print_json, printable, progress
from wayfinder.cli.errors import CommandError, Exit
from wayfinder.cli.places import find_closed
from wayfinder.cli.plans import build, build_visited, is_plan_path, read
from wayfinder.cli.stored.access import opened_store
from wayfinder.guide.catalogues import translate
from wayfinder.model import Closure, Conditions, Plan, Release
from wayfinder.model.sign_records import SignState
from wayfinder.route import PROFILES as ALL_PROFILES
from wayfinder.route import Router, find_time_zone
from wayfinder.services.audited_signs import Audited, audit_plan, load_audited
from wayfinder.services.batch_folder import BatchError
from wayfinder.services.directory import Directory
from wayfinder.services.printed_signs import write_temporary
from wayfinder.services.sign_documents import make_audit, make_changes, make_detours
from wayfinder.services.sign_words import Teller
from wayfinder.services.whereabouts import Whereabouts

_STATES = tuple(str(state) for state in SignState if state is not SignState.REMOVED)


@dataclass(frozen=True, kw_only=True)
class _Options:
    """What the command was asked for, beside its source."""

    profiles: tuple[str, ...]
    at: str | None
    closed: tuple[str, ...]
    against: str | None
    release: int | None
    states: tuple[str, ...]
    least: float
    everything: bool
    as_json: bool
    language: str

    def say(self, message: str, **values: Any) -> str:  # noqa: ANN401 - what the words need
        return translate(self.language, f"signaudit.{message}", **values)


@click.command("sign-audit")
@click.argument("source", metavar="PLAN_OR_VENUE")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice(list(ALL_PROFILES)),
    help="Who walks; may be repeated.  [default: walk, easy, wheelchair]",
)
@click.option("--at", metavar="TIME", help="When, 2026-11-23T09:30 say; now without it.")
@click.option("--close", "closed", multiple=True, metavar="ID",
              help="Something that is to be closed: which printed signs are wrong then, and which "
              "temporary ones it needs.")  # fmt: skip
@click.option("--against", metavar="OLD",
              help="The plan that the signs were printed from, of a venue also the number of a "
              "release: which of them are wrong now.")  # fmt: skip
@click.option("--release", type=click.IntRange(min=1), metavar="N",
              help="This release of the venue, not the one in force.")  # fmt: skip
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES),
              help="Only signs of the venue in this state: --state mounted walks by what hangs "
              "today.  [default: all but removed]")  # fmt: skip
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.95,
    show_default=True,
    metavar="SHARE",
    help="With a smaller share of arrivals, of the first profile, the exit code is 1.",
)
@click.option("--all", "everything", is_flag=True, help="All of it, not the first ten of a kind.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document with everything.")
@language_option
def command(source: str, **given: Any) -> Exit:  # noqa: ANN401 - click's
    """Walk from every public entrance to every public place by signs alone.

    PLAN_OR_VENUE is a plan, or a venue of the store: then signs that are planned only are never
    told to be wrong. The exit code is 1 where too few arrive, or printed signs are wrong.
    """
    options = _Options(**given)
    _check(options, is_plan=is_plan_path(source))
    audited = _load(source, options)
    if options.closed:
        return _close(source, audited, options)
    if options.against is not None:
        return _compare(source, audited, options)
    return _audit(source, audited, options)


def _check(options: _Options, *, is_plan: bool) -> None:
    """Refuse what does not go together."""
    given = {"--release": options.release, "--state": options.states}
    for option, value in given.items():
        if is_plan and value:
            raise CommandError(options.say("of-a-venue", option=option))
    if options.closed and options.against is not None:
        raise CommandError(options.say("either"))
    if options.closed and len(options.profiles) > 1:
        raise CommandError(options.say("one-profile"))


def _load(source: str, options: _Options) -> Audited:
    if is_plan_path(source):
        return audit_plan(read(Path(source)).plan)
    states = [SignState(state) for state in options.states]
    with _refusals(options), opened_store() as store:
        return load_audited(store, source, options.release, states=states)


@contextmanager
def _refusals(options: _Options) -> Iterator[None]:
    try:
        yield
    except BatchError as error:
        said = translate(options.language, error.message_id, **error.values)
        raise CommandError(printable(said)) from None


def _audit(source: str, audited: Audited, options: _Options) -> Exit:
    router = Router(build_visited(audited.plan, options.language))
    departure = _read_time(audited.plan, options)
    with progress("Walking by the signs"):
        audited = audited.write_out(router)
        profiles = options.profiles or PROFILES
        audit = audit_signs(router, signs=audited.signs, profiles=profiles, departure=departure)
    where = Whereabouts(audited.plan, audited.signs, options.language)
    if options.as_json:
        print_json({**_describe(source, audited), **make_audit(audited, audit, where)})
    else:
        if not audited.signs:
            click.echo(options.say("no-signs"), err=True)
        _print(Teller(where, audited.signs, everything=options.everything).tell_audit(audit))
    first = audit.shares[0]
    return Exit.DONE if first.journeys and first.share >= options.least else Exit.NO


def _close(source: str, audited: Audited, options: _Options) -> Exit:
    plan = audited.plan
    closed = _find_closed(plan, options)
    router = Router(build_visited(audited.plan, options.language))
    departure = _read_time(plan, options)
    with progress("Looking for the way round"):
        audited = audited.write_out(router)
        detours = plan_detours(
            router,
            audited.signs,
            Conditions(closures=tuple(Closure(one) for one in closed)),
            departure=departure,
            profile=next(iter(options.profiles), PROFILES[0]),
            is_printed=audited.is_printed,
            write=partial(write_temporary, at=departure),
        )
    if options.as_json:
        print_json({**_describe(source, audited), **make_detours(audited, closed, detours)})
    else:
        where = Whereabouts(plan, audited.signs, options.language)
        _print(Teller(where, audited.signs, everything=True).tell_detours(detours))
        if detours.faces:
            click.echo(options.say("print", source=printable(source)))
    return Exit.NO if detours.wrong or detours.faces else Exit.DONE


def _compare(source: str, audited: Audited, options: _Options) -> Exit:
    old = _load_old(source, options)
    with progress("Comparing what is printed with what is right"):
        wrong = list_wrong(_hang(old), _hang(audited), audited.find_same(old))
    printed = [one for one in wrong if old.is_printed(one.sign)]
    known = (*audited.signs, *old.signs)
    if options.as_json:
        print_json({**_describe(source, audited), **make_changes(known, printed)})
    else:
        where = Whereabouts(audited.plan, known, options.language, old.plan)
        _print(Teller(where, known, everything=True).tell_wrong(printed))
        left = _count_signs(wrong) - _count_signs(printed)
        if left:
            click.echo(options.say("planned", count=left))
        if any(one.code != "removed" for one in printed):
            click.echo(options.say("print", source=printable(source)))
    return Exit.NO if printed else Exit.DONE


def _load_old(source: str, options: _Options) -> Audited:
    """Return what the signs were printed from: a plan, or a release of the same venue."""
    against = options.against or ""
    states = [SignState(state) for state in options.states]
    if is_plan_path(source) or not against.isdecimal() or Path(against).exists():
        old = read(Path(against)).plan
        if is_plan_path(source):
            return audit_plan(old)
        with _refusals(options), opened_store() as store:
            return load_audited(store, source, options.release).lay_over(old, states)
    with _refusals(options), opened_store() as store:
        return load_audited(store, source, int(against), states=states)


def _hang(audited: Audited) -> tuple[Router, SignWalker]:
    router = Router(build(audited.plan))
    return router, SignWalker(router, audited.write_out(router).signs)


def _count_signs(wrong: Sequence[Wrong]) -> int:
    return len({one.sign for one in wrong})


def _describe(source: str, audited: Audited) -> dict[str, Any]:
    """Return what was audited, by which a batch knows that it is of the same plan."""
    digest = Release(audited.plan).hash
    return {"source": source, "release": audited.release, "plan": digest}


def _read_time(plan: Plan, options: _Options) -> datetime:
    zone = find_time_zone(plan)
    try:
        given = options.at
        instant = datetime.fromisoformat(given) if given is not None else datetime.now(zone)
    except ValueError:
        said = translate(options.language, "cli.at-unreadable", text=options.at)
        raise CommandError(said) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _find_closed(plan: Plan, options: _Options) -> tuple[str, ...]:
    directory = Directory(plan)
    ids = (one for text in options.closed for one in find_closed(directory, text, options.language))
    return tuple(dict.fromkeys(ids))


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(printable(line))
