"""Logs as JSON lines on the standard error.

No line holds a query, a path with its values, a name, an address of a client, or the text of an
exception, which may quote one: a route is logged by its pattern, an exception by its type and
stack.
"""

import logging
import logging.config
import sys
import traceback
from collections.abc import Mapping
from typing import Any, cast

import structlog
from structlog.typing import Processor

from wayfinder.settings import Settings

_ROOT = "wayfinder"


def configure_logs(settings: Settings) -> Mapping[str, Any]:
    """Let this process log as the settings say.

    Returns
    -------
    Mapping
        The same for `logging.config`: servers configure logging themselves.
    """
    config = make_log_config(settings)
    logging.config.dictConfig(dict(config))
    return config


def make_log_config(settings: Settings) -> Mapping[str, Any]:
    """Make the dictionary for `logging.config`: ours and the server's lines look the same."""
    level = settings.log_level.upper()
    logger = {"handlers": ["stderr"], "level": level, "propagate": False}
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _make_shared(),
                "processors": [
                    _forget_exceptions,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "stream": "ext://sys.stderr",
            }
        },
        # the server's own loggers, `granian.access` is off: it would log queries
        "loggers": {_ROOT: logger, "_granian": logger},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a part of the program: a line is an event and its values."""
    logger = structlog.wrap_logger(
        logging.getLogger(f"{_ROOT}.{name}"),
        processors=[
            structlog.stdlib.filter_by_level,
            *_make_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return cast("structlog.stdlib.BoundLogger", logger)


def trace(error: BaseException) -> list[str]:
    """List the files, lines and functions that an exception went through, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def _make_shared() -> list[Processor]:
    return [
        structlog.stdlib.add_logger_name,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _forget_exceptions(
    _: object, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Keep of an exception that a library logs its type and stack."""
    record = event.get("_record")
    exc_info = getattr(record, "exc_info", None) or event.pop("exc_info", None)
    event.pop("exc_info", None)
    if isinstance(exc_info, tuple) and exc_info[1] is not None:
        event["error"] = type(exc_info[1]).__name__
        event["frames"] = trace(exc_info[1])
        if record is not None:
            record.exc_info = record.exc_text = None
    return event
