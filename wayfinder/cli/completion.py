"""``wayfinder completion``: the script that lets a shell complete our commands."""

import click
from click.shell_completion import get_completion_class

from wayfinder.cli.errors import CommandError

_INSTALL = {
    "bash": 'eval "$(wayfinder completion bash)"   in ~/.bashrc',
    "zsh": 'eval "$(wayfinder completion zsh)"   in ~/.zshrc',
    "fish": "wayfinder completion fish | source   in ~/.config/fish/config.fish",
}


@click.command(
    "completion", epilog="  ".join(f"{shell}: {how}." for shell, how in _INSTALL.items())
)
@click.argument("shell", type=click.Choice(sorted(_INSTALL)))
def command(shell: str) -> None:
    """Print the script that completes commands and options in a shell."""
    completion = get_completion_class(shell)
    if completion is None:
        raise CommandError(f"{shell}: this version of click cannot complete for it")
    root = click.get_current_context().find_root().command
    script = completion(root, {}, "wayfinder", "_WAYFINDER_COMPLETE")
    click.echo(script.source_template % script.source_vars())
