"""The group of commands, each loaded when it is called, and how they end."""

import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from wayfinder import __version__
from wayfinder.cli.errors import CommandError, Exit


@dataclass(frozen=True, slots=True)
class _Entry:
    """A command that is not loaded yet, and what it does.

    It is its module's `command`, or what is named after a colon.
    """

    module: str
    summary: str


COMMANDS = {
    "backup": _Entry(
        "wayfinder.cli.stored.upkeep:backup_command", "Write all that is stored into one file."
    ),
    "bench": _Entry("wayfinder.bench.command", "Measure the engine beside its peers."),
    "check": _Entry("wayfinder.cli.check", "List what is wrong with a plan, and how far it leads."),
    "close": _Entry(
        "wayfinder.cli.stored.conditions:close_command",
        "Close a room, door, lift or area for a while.",
    ),
    "codes": _Entry(
        "wayfinder.cli.stored.upkeep:codes_command", "List the codes of a venue's signs."
    ),
    "completion": _Entry("wayfinder.cli.completion", "Print the script that completes commands."),
    "conditions": _Entry(
        "wayfinder.cli.stored.conditions:conditions_command",
        "List closures, exceptional hours and notices.",
    ),
    "convert": _Entry("wayfinder.cli.convert", "Turn any readable format into IMDF."),
    "demo": _Entry("wayfinder.web.commands.demo", "Serve the sample hospital, to try at once."),
    "display": _Entry(
        "wayfinder.cli.stored.displays:display_command",
        "Add, name, enrol and take down kiosks and boards.",
    ),
    "displays": _Entry(
        "wayfinder.cli.stored.displays:displays_command",
        "List kiosks and boards, and whether each shows what it should.",
    ),
    "fire": _Entry(
        "wayfinder.cli.fire", "Show the texts of a building on fire everywhere, and end it."
    ),
    "graph": _Entry("wayfinder.cli.graph", "Write the network of a plan for other programs."),
    "hours": _Entry(
        "wayfinder.cli.stored.conditions:hours_command", "Let other hours hold for a while."
    ),
    "import": _Entry(
        "wayfinder.cli.stored.releases:import_command",
        "Keep a plan as the next release of a venue.",
    ),
    "notice": _Entry("wayfinder.cli.stored.conditions:notice_command", "Show everybody a notice."),
    "publish": _Entry("wayfinder.cli.stored.releases:publish_command", "Put a release into force."),
    "releases": _Entry(
        "wayfinder.cli.stored.releases:releases_command", "List the releases of a venue."
    ),
    "reopen": _Entry(
        "wayfinder.cli.stored.conditions:reopen_command",
        "End the closures of a room, door, lift or area.",
    ),
    "restore": _Entry(
        "wayfinder.cli.stored.upkeep:restore_command", "Put a backup into an empty store."
    ),
    "rollback": _Entry(
        "wayfinder.cli.stored.releases:rollback_command", "Go back to a release that was in force."
    ),
    "route": _Entry("wayfinder.cli.route", "Find one journey: words, JSON or a map."),
    "serve": _Entry("wayfinder.web.commands.serve", "Serve what is published."),
    "set": _Entry("wayfinder.cli.stored.sets:command", "Switch sets of conditions together."),
    "settings": _Entry("wayfinder.cli.settings", "List every setting: value, default, meaning."),
    "sign-plan": _Entry(
        "wayfinder.cli.sign_plan", "Propose where signs should hang and what they say."
    ),
    "sign-audit": _Entry(
        "wayfinder.cli.sign_audit", "Walk by signs alone: who arrives, where the chain breaks."
    ),
    "signs": _Entry("wayfinder.cli.signs", "Print signs, with plans and lists to hang them by."),
    "sign-state": _Entry(
        "wayfinder.cli.stored.signs:command",
        "Keep the states of signs, from planned to removed.",
    ),
    "token": _Entry(
        "wayfinder.cli.stored.upkeep:token_command", "Make and take back tokens of other systems."
    ),
    "user": _Entry(
        "wayfinder.cli.stored.people:command", "Say who may use the studio, and what they may."
    ),
    "withdraw": _Entry(
        "wayfinder.cli.stored.conditions:withdraw_command", "End a condition by its number."
    ),
}


class _Commands(click.Group):
    """Commands that are imported when they are called: help and completion stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].module.partition(":")
        command = getattr(import_module(module), name or "command")
        assert isinstance(command, click.Command)  # noqa: S101 - a mistake of ours, not of a user
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in sorted(COMMANDS.items())])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        found = [
            CompletionItem(name, help=entry.summary)
            for name, entry in sorted(COMMANDS.items())
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wayfinder")
def wayfinder() -> None:
    """Indoor navigation for hospitals: floor plans become a graph, the graph answers with a way.

    PLAN is an IMDF folder or zip, or any file that `convert` reads. Exit codes: 0 done, 1 the plan
    has errors or the answer is no, 2 unusable input or arguments.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        What follows the program's name; None takes them from the process.

    Returns
    -------
    int
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a replaced stream, in tests say
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = wayfinder.main(
            args=None if arguments is None else list(arguments),
            prog_name="wayfinder",
            standalone_mode=False,
            color=False if os.environ.get("NO_COLOR") else None,
        )
        sys.stdout.flush()
    except OSError as error:
        return _end_output(error)
    except CommandError as error:
        return _fail(error.message, error.exit_code)
    except click.ClickException as error:
        return _explain(error)
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped", Exit.INTERRUPTED)
    return code if isinstance(code, int) else Exit.DONE


def _end_output(error: OSError) -> Exit:
    """Say that our output cannot be written; other files have answered for themselves."""
    # what is still buffered has nowhere to go
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        # the reader, `head` say, has gone: nothing is left to say
        return Exit.NO
    return _fail(f"the output cannot be written: {error.strerror or error}", Exit.UNUSABLE)


def _explain(error: click.ClickException) -> Exit:
    """Say what is wrong with the arguments; without any, what there is to ask for."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return Exit.UNUSABLE
    if isinstance(error, click.UsageError):
        return _fail(_usage_message(error), Exit.UNUSABLE)
    return _fail(error.format_message(), Exit.UNUSABLE)


def _usage_message(error: click.UsageError) -> str:
    """Say what is wrong with the arguments in one line, and where help is."""
    path = error.ctx.command_path if error.ctx else "wayfinder"
    return f"{error.format_message().rstrip('.')}; see {path} --help"


def _fail(message: str, code: Exit) -> Exit:
    from wayfinder.cli.console import printable

    line = printable(" ".join(message.split()))
    click.echo(
        f"{click.style('error:', fg='red', bold=True)} {line}", err=True, color=_error_color()
    )
    return code


def _error_color() -> bool | None:
    return False if os.environ.get("NO_COLOR") else None
