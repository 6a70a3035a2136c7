"""Signs with all that is printed on them, as whoever walks by them reads it.

The plan says what a sign announces; printed is also the emergency department, on directories the
arrows to the buildings, and where the plan says nothing what lies each way. An audit that walked by
the plan's messages alone would praise signs that nobody ever sees.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from wayfinder.model import Conditions, Release, Sign, Snapshot
from wayfinder.route import Router
from wayfinder.services.directory import Directory
from wayfinder.services.served import Served
from wayfinder.services.sign_faces import list_printed


def write_out(router: Router, signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """Return signs with what is printed on them in place of what the plan says.

    Parameters
    ----------
    router
        The router of a plan that has the signs.
    signs
        The signs.
    """
    served = _serve(router, Conditions())
    return tuple(replace(sign, messages=list_printed(served, sign)) for sign in signs)


def write_temporary(
    router: Router, signs: Iterable[Sign], conditions: Conditions, *, at: datetime
) -> tuple[Sign, ...]:
    """Return temporary signs with all that is printed on them.

    Parameters
    ----------
    router
        The router of a plan that has the signs.
    signs
        The signs, with what they are to say.
    conditions
        What is closed while they hang.
    at
        An aware instant at which it is.
    """
    served = _serve(router, conditions)
    return tuple(
        replace(sign, messages=list_printed(served, sign, at=at, temporary=True)) for sign in signs
    )


def _serve(router: Router, conditions: Conditions) -> Served:
    plan = router.network.plan
    return Served("", Snapshot(Release(plan), conditions), router, Directory(plan))
