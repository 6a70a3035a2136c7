"""One venue's fire: its files, looked at again and again, and what holds of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from wayfinder.services.fire.envelope import Signed
from wayfinder.services.fire.errors import DamagedFileError, FireError, RefusedError
from wayfinder.services.fire.folder import (
    Entry,
    Stamp,
    list_entries,
    read_signed,
    remove_message,
    write_message,
)
from wayfinder.services.fire.keyring import Keyring
from wayfinder.services.fire.ledger import KEPT, Ledger
from wayfinder.services.fire.messages import (
    RIGHT_OF,
    Confirm,
    End,
    Statement,
    Trigger,
    find_statement,
    read_message,
)
from wayfinder.services.fire.state import Alarm, FireZone
from wayfinder.services.fire.texts import FireTexts, read_texts


@dataclass
class _Seen:
    """What was read of a file.

    Parameters
    ----------
    stamp
        Of the file then.
    signed
        What it holds, or None where it is damaged.
    statement
        What it says by whom, under the keyring last asked; None: nothing that counts.
    problem
        Why it does not count; None where it does.
    """

    stamp: Stamp
    signed: Signed | None = None
    statement: Statement | None = None
    problem: FireError | None = None


@dataclass
class VenueFire:
    """What a process knows of one venue's fire. Not safe between threads: `FireWatch` is.

    Parameters
    ----------
    venue
        Slug.
    folder
        Where its files lie.
    window
        How late a message may come, and how far a sender's clock may be off.
    ledger
        What is believed.
    """

    venue: str
    folder: Path
    window: timedelta
    ledger: Ledger
    problems: list[FireError] = field(default_factory=list)
    _keyring: Keyring = field(default_factory=Keyring)
    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _texts: dict[str, FireTexts] = field(default_factory=dict)

    def look(self, keyring: Keyring, now: datetime) -> None:
        """Read what is new in the folder; what was believed before goes on to be."""
        self.problems = []
        anew = keyring != self._keyring
        self._keyring = keyring
        if anew:
            # who was struck out never counted, for those that run as for those that start
            self.ledger.forget(lambda one: not keyring.has(one.key))
        try:
            entries = list_entries(self.folder)
        except DamagedFileError as error:
            self.problems.append(error)
            return
        for entry in entries:
            seen = self._seen.get(entry.path)
            if seen is None or seen.stamp != entry.stamp:
                self._seen[entry.path] = self._read(entry)
            elif anew:
                self._judge(seen)
        present = {entry.path for entry in entries}
        self._seen = {path: seen for path, seen in self._seen.items() if path in present}
        self.problems += [seen.problem for seen in self._seen.values() if seen.problem is not None]
        self.ledger.add((one.statement for one in self._seen.values() if one.statement), now)

    def _read(self, entry: Entry) -> _Seen:
        seen = _Seen(entry.stamp)
        try:
            seen.signed = read_signed(entry.path)
            if entry.is_texts:
                self._keep_texts(read_texts(seen.signed, self.venue))
        except DamagedFileError as error:
            seen.signed = None
            seen.problem = DamagedFileError(
                "damaged-file", file=entry.path.name, problem=str(error)
            )
        else:
            if not entry.is_texts:
                self._judge(seen)
        return seen

    def _keep_texts(self, texts: FireTexts) -> None:
        known = self._texts.get(texts.signed.digest)
        if known is None or len(known.signed.signatures) < len(texts.signed.signatures):
            self._texts[texts.signed.digest] = texts

    def _judge(self, seen: _Seen) -> None:
        """Find who says what a file of a message says."""
        if seen.signed is None or seen.signed.digest in self._texts:
            return
        try:
            seen.statement = self._believe(seen.signed)
            seen.problem = None
        except FireError as error:
            seen.statement, seen.problem = None, error

    def _believe(self, signed: Signed) -> Statement:
        """Return what a message says, and who says it.

        Raises
        ------
        RefusedError
            It is another venue's, or nobody has signed it well who might when it was said.
        """
        try:
            message = read_message(signed)
        except DamagedFileError:
            raise RefusedError("no-message") from None
        if message.venue != self.venue:
            raise RefusedError("other-venue", venue=message.venue)
        statement = find_statement(signed, message, self._keyring)
        if statement is None:
            raise RefusedError("not-allowed" if self._keyring.knows(signed) else "bad-signature")
        return statement

    def list_texts(self) -> list[FireTexts]:
        """List the texts that anybody has approved who may, the newest first."""
        listed = [
            one for one in self._texts.values() if one.list_approvers(self._keyring, self.venue)
        ]
        return sorted(listed, key=lambda one: (one.number, one.signed.digest), reverse=True)

    def list_approved(self) -> list[FireTexts]:
        """List the texts that two people have approved, those in force first."""
        return [one for one in self.list_texts() if one.is_approved(self._keyring, self.venue)]

    def find_zone(self, zone_id: str) -> FireZone | None:
        """Return a zone with its approved texts; of one that was dropped since, the last it had.

        Where texts are approved no more, since a key was taken back, a fire goes on with them.
        """
        was = (one for one in self._texts.values() if one.was_approved(self._keyring, self.venue))
        older = sorted(was, key=lambda one: (one.number, one.signed.digest), reverse=True)
        for texts in (*self.list_approved(), *older):
            if zone_id in texts.zones:
                return texts.zones[zone_id]
        return None

    def make_alarm(self, now: datetime) -> Alarm | None:
        """Return what is shown now, or None."""
        active = self.ledger.list_active()
        if not active:
            return None
        ids = dict.fromkeys(zone for _, trigger in active for zone in trigger.zones)
        zones = tuple(self.find_zone(one) or _make_bare_zone(one) for one in ids)
        lost = [zone.id for zone in zones if not zone.texts]
        if lost:
            self.problems.append(FireError("lost-texts", zones=lost))
        ends = self.ledger.list_ends(now)
        since = min(trigger.at for _, trigger in active)
        until = max(trigger.until for _, trigger in active)
        said = repr([(one.id, one.texts, one.buildings, one.levels) for one in zones])
        version = blake2b(f"{said}{since}{until}".encode(), digest_size=6).hexdigest()
        ending = ends[-1][0].signer if ends else ""
        return Alarm(version, zones, since, until, ending)

    def take(self, signed: Signed, now: datetime) -> Statement:
        """Believe a message that has just come, and keep it in a file for all processes.

        A trigger that is in force already may be repeated: nothing changes, but a file that was
        lost or damaged since is there again.

        Raises
        ------
        RefusedError
            It is not believed.
        FireError
            It cannot be kept.
        """
        statement = self._believe(signed)
        message = statement.message
        repeated = any(one.digest == signed.digest for one, _ in self.ledger.list_active())
        if repeated:
            if all(seen.signed != signed for seen in self._seen.values()):
                write_message(self.folder, signed)
            return statement
        if not self._keyring.list_signers(signed, RIGHT_OF[message.kind], self.venue):
            # taken back meanwhile: what was said before holds, nothing more is taken
            raise RefusedError("not-allowed")
        self._check_time(statement, now)
        if self.ledger.is_known(signed.digest):
            raise RefusedError("replayed")
        if isinstance(message, Trigger):
            self._check_zones(message.zones)
        elif isinstance(message, End):
            self._check_end(message)
        else:
            self._check_confirm(statement, message, now)
        self._tidy(now)
        write_message(self.folder, signed)
        return statement

    def _tidy(self, now: datetime) -> None:
        """Take away messages that nobody can repeat any more; none while there is a fire."""
        if self.ledger.list_active():
            return
        for path, seen in self._seen.items():
            if seen.statement is not None and seen.statement.message.at < now - KEPT:
                remove_message(path)

    def _check_time(self, statement: Statement, now: datetime) -> None:
        message = statement.message
        values = {"at": message.at.isoformat(), "now": now.isoformat(timespec="seconds")}
        if message.at > now + self.window:
            raise RefusedError("from-the-future", **values)
        if message.until <= now:
            raise RefusedError("expired", **values)
        if message.at < now - self.window:
            raise RefusedError("too-late", **values)

    def _check_zones(self, zones: Iterable[str]) -> None:
        approved = self.list_approved()
        if not approved:
            raise RefusedError("no-texts", venue=self.venue)
        known = approved[0].zones
        unknown = [zone for zone in zones if zone not in known]
        if unknown:
            raise RefusedError("unknown-zone", zones=unknown, known=list(known))

    def _check_end(self, end: End) -> None:
        active = {statement.digest for statement, _ in self.ledger.list_active()}
        if active.isdisjoint(end.ends):
            raise RefusedError("nothing-to-end")

    def _check_confirm(self, statement: Statement, confirm: Confirm, now: datetime) -> None:
        asked = self.ledger.find_end(confirm.confirms)
        waiting = {one.digest for one, _ in self.ledger.list_ends(now)}
        if asked is None or confirm.confirms not in waiting:
            raise RefusedError("nothing-to-confirm")
        first, _ = asked
        if not first.is_of_another_person(statement):
            raise RefusedError("same-person", name=first.signer)


def _make_bare_zone(zone_id: str) -> FireZone:
    """Make a zone whose texts are lost: displays may have kept them."""
    return FireZone(zone_id, {"und": zone_id}, (), (), {})
