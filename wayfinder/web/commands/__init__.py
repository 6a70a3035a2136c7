"""Commands that start the server; the command line loads them by name."""
