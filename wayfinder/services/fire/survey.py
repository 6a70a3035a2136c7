"""All that is known of a venue's fire and of its texts at a moment: for the staff to look at.

Nothing here can be done with: who signs has a key, and no key is on the server.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wayfinder.services.fire.approve import find_pending
from wayfinder.services.fire.errors import FireError
from wayfinder.services.fire.keyring import Keyring, Signer
from wayfinder.services.fire.messages import Trigger
from wayfinder.services.fire.state import Alarm
from wayfinder.services.fire.texts import FireTexts
from wayfinder.services.fire.venue_fire import VenueFire


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said of a fire.

    Parameters
    ----------
    kind
        ``trigger``, ``end`` or ``confirm``.
    at, until
        When it was signed, and until when it is good.
    who
        Whose key has signed it.
    zones
        Ids of the zones of a trigger.
    """

    kind: str
    at: datetime
    until: datetime
    who: str
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextsShown:
    """Texts of a venue's zones, and who has approved them.

    Parameters
    ----------
    texts
        The texts.
    approvers
        Names of who has approved them and may.
    """

    texts: FireTexts
    approvers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FireSurvey:
    """What is known.

    Parameters
    ----------
    is_set_up
        Whether this installation has a folder for fires at all.
    alarm
        The fire, or None.
    in_force, pending
        The texts in force, and those that wait for a second person.
    signers
        Who may sign for the venue; keys that were taken back too.
    said
        What was said and is remembered, the newest first.
    problems
        What is wrong with the files.
    """

    is_set_up: bool = True
    alarm: Alarm | None = None
    in_force: TextsShown | None = None
    pending: TextsShown | None = None
    signers: tuple[Signer, ...] = ()
    said: tuple[Said, ...] = ()
    problems: tuple[FireError, ...] = ()


def make_survey(
    fire: VenueFire, keyring: Keyring, now: datetime, problems: Sequence[FireError]
) -> FireSurvey:
    """Tell what is known of a venue's fire as it was looked at last."""
    approved, pending = fire.list_approved(), find_pending(fire)
    return FireSurvey(
        alarm=fire.make_alarm(now),
        in_force=_show(approved[0], keyring, fire.venue) if approved else None,
        pending=_show(pending, keyring, fire.venue) if pending is not None else None,
        signers=tuple(one for one in keyring.signers if not one.venues or fire.venue in one.venues),
        said=tuple(
            Said(
                one.message.kind,
                one.message.at,
                one.message.until,
                one.signer,
                one.message.zones if isinstance(one.message, Trigger) else (),
            )
            for one in fire.ledger.list_said()
        ),
        problems=tuple({str(one): one for one in (*problems, *fire.problems)}.values()),
    )


def _show(texts: FireTexts, keyring: Keyring, venue: str) -> TextsShown:
    return TextsShown(texts, texts.list_approvers(keyring, venue))
