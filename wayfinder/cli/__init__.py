"""The command line: thin commands over what lies below; `main` is the only way in."""

from wayfinder.cli.app import main

__all__ = ["main"]
