"""Batches of signs: chosen, drawn, read back, and only then there, with plans and lists.

A batch is a folder. What takes long is done in processes of their own; what is finished is kept
beside the folder until all is, so that a run that was stopped goes on where it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from time import perf_counter

from wayfinder.draw.scene import make_scene
from wayfinder.draw.signs.fitting import choose_size
from wayfinder.draw.signs.sizes import FORMATS
from wayfinder.guide.face import Face
from wayfinder.model.sign_records import SignState
from wayfinder.services.base_address import make_sign_address
from wayfinder.services.batch_choice import Chosen, name_files, order_signs
from wayfinder.services.batch_folder import (
    BatchError,
    Parts,
    Printed,
    check_output,
    check_place,
    place_file,
    replace_folder,
)
from wayfinder.services.batch_keys import with_key
from wayfinder.services.batch_orders import Batch, FaultsError, Known, Say, Wish
from wayfinder.services.batch_record import write_record
from wayfinder.services.batch_sheets import Sheets, write_sheets
from wayfinder.services.batch_workers import Workers
from wayfinder.services.read_back import Fault
from wayfinder.services.served import Served
from wayfinder.services.sign_faces import make_face
from wayfinder.services.sign_parts import (
    Job,
    Made,
    Wanted,
    check_part,
    list_files,
    make_part,
    read_made,
    tell_made,
)

_FEW = 12
"""So few signs are drawn sooner than a second process is started (ours)."""
_MOST_IN_A_FILE = 50
"""More signs of a floor and size get files with numbers: a part is made and kept whole (ours)."""
_STATES_LEFT_OUT = frozenset({SignState.REMOVED})


def make_batch(
    served: Served, wish: Wish, known: Known | None = None, *, say: Say = lambda *_: None
) -> Batch:
    """Make a batch of a venue's signs.

    Parameters
    ----------
    served
        The venue.
    wish
        What is to be made.
    known
        What is known of the signs beside the plan.
    say
        Told how far it has come.

    Raises
    ------
    BatchError
        The choice leaves no sign, or the folder cannot be used.
    FaultsError
        A page cannot be read back; the folder is as it was.
    MissingGlyphError
        The fonts lack a character of a sign.
    OSError
        A file cannot be written; the folder is as it was.
    """
    return _Maker(served, wish, known or Known(), say).make()


@dataclass
class _Maker:
    served: Served
    wish: Wish
    known: Known
    say: Say
    faces: dict[str, Face] = field(default_factory=dict)
    total: int = 0

    def make(self) -> Batch:
        check_place(self.wish.output)
        with Parts(self.wish.output).hold() as parts:
            check_output(self.wish.output)
            return self._make(parts)

    def _make(self, parts: Parts) -> Batch:
        chosen, removed = self._choose()
        self.total = len(chosen)
        count = 1 if len(chosen) <= _FEW else self.wish.processes
        with Workers(count, parts.jobs) as workers:
            start = perf_counter()
            made = dict(self._draw(chosen, parts, workers))
            drawn = perf_counter()
            self._check(made, parts, workers)
            checked = perf_counter()
            signs = {one.sign: one for told in made.values() for one in told}
            fresh = [one for one in chosen if signs[one.sign.id].pages]
            if not fresh:
                parts.end()
                raise BatchError("printing.none-changed")
            sheets = Sheets(self.served, self.wish, self.known.states, fresh, signs, self.faces)
            self._place(made, parts, sheets, workers)
        parts.end()
        return Batch(
            output=self.wish.output,
            made=tuple(signs[one.sign.id] for one in fresh),
            unchanged=len(chosen) - len(fresh),
            removed=removed,
            uncoded=sum(self._lacks_code(one) for one in fresh),
            noted=sheets.count_notes(),
            codes={one.sign.id: one.sign.code for one in fresh if one.sign.code and self.wish.base},
            temporary=self.wish.temporary,
            drawing_s=drawn - start,
            reading_s=checked - drawn,
        )

    def _place(
        self, made: Mapping[str, list[Made]], parts: Parts, sheets: Sheets, workers: Workers
    ) -> None:
        """Put all files into the batch's folder: it is there when this ends."""
        with replace_folder(self.wish.output) as folder:
            names = [
                (key, name)
                for key, told in made.items()
                for name in dict.fromkeys(list_files(told))
            ]
            for key, name in names:
                place_file(parts.content(key) / name, folder / name)
            files = [name for _, name in names]
            for done, name in enumerate(write_sheets(sheets, folder, workers), start=1):
                files.append(name)
                self.say("sheets", done, sheets.count)
            printed = [(one, sheets.made[one.sign.id]) for one in sheets.chosen]
            write_record(folder, self.served, self.wish, self.known, printed, files)

    def _lacks_code(self, one: Chosen) -> bool:
        """Tell whether a sign is a specimen though there is an address."""
        lasting = one.sign.id not in self.wish.temporary
        return self.wish.base is not None and lasting and not one.sign.code

    def _choose(self) -> tuple[tuple[Chosen, ...], int]:
        """Return the signs of the batch, and how many removed ones it leaves out."""
        signs = list(self.served.signs.values())
        if not signs:
            raise BatchError("printing.no-signs")
        if self.wish.levels:
            signs = [one for one in signs if one.level_id in self.wish.levels]
        if self.wish.only:
            signs = [one for one in signs if one.id in self.wish.only]
        if not signs:
            raise BatchError("printing.none-there")
        states = self.known.states
        left = [one for one in signs if states.get(one.id) not in _STATES_LEFT_OUT]
        wanted = frozenset(self.wish.wanted_states)
        kept = [one for one in left if not wanted or states.get(one.id) in wanted]
        if not kept:
            raise BatchError("printing.none-chosen", count=len(signs))
        return order_signs(self.served.plan, kept), len(signs) - len(left)

    def _draw(
        self, chosen: Sequence[Chosen], parts: Parts, workers: Workers
    ) -> Iterator[tuple[str, list[Made]]]:
        """Yield the parts of the batch by key, each with its signs, drawing what is not there."""
        done = 0
        for (job, _), told in workers.run(_make_or_find, self._list_jobs(chosen, parts)):
            done += len(job.wanted)
            self.say("drawing", done, len(chosen))
            yield job.key, told

    def _list_jobs(self, chosen: Sequence[Chosen], parts: Parts) -> Iterator[tuple[Job, Parts]]:
        plan, languages = self.served.plan, self.wish.languages
        files = name_files(plan, (one.sign.level_id for one in chosen))
        for level_id, on_level in groupby(chosen, key=lambda one: one.sign.level_id):
            scene = make_scene(
                plan, level_id, language=languages[0], second_language=_second(languages)
            )
            sizes: dict[str, list[Wanted]] = {}
            for one in on_level:
                wanted = self._want(one)
                sizes.setdefault(self._choose_size(wanted), []).append(wanted)
            for name, alike in sizes.items():
                stem = files[level_id] if len(sizes) == 1 else f"{files[level_id]}-{name}"
                for number, group in enumerate(_split(alike), start=1):
                    own = stem if len(alike) <= _MOST_IN_A_FILE else f"{stem}-{number}"
                    job = Job(
                        key="",
                        stem=f"signs-{own}",
                        plate_stem=f"plates-{own}",
                        kind=self.wish.kind,
                        separate=self.wish.separate,
                        dpi=self.wish.dpi,
                        format=FORMATS[name],
                        asked=self.wish.size is not None,
                        languages=languages,
                        theme=self.wish.theme,
                        scene=scene,
                        wanted=tuple(group),
                        unless=self._find_printed(group),
                    )
                    yield with_key(job, self.served.snapshot.release.hash), parts

    def _want(self, one: Chosen) -> Wanted:
        face = self.faces[one.sign.id] = make_face(
            self.served,
            one.sign.id,
            profile=self.wish.profile,
            temporary=one.sign.id in self.wish.temporary,
        )
        self.say("facing", len(self.faces), self.total)
        base, code = self.wish.base, one.sign.code
        address = make_sign_address(base, code) if base and code else None
        return Wanted(face, one.name, one.stem, address)

    def _choose_size(self, wanted: Wanted) -> str:
        """Return the name of the size that a face is printed in."""
        if self.wish.size:
            return self.wish.size
        letters = wanted.face.letter_height_mm or 0.0
        languages, address = self.wish.languages, wanted.address
        size = choose_size(wanted.face, languages, letter_height_mm=letters, address=address)
        return size.name

    def _find_printed(self, group: Sequence[Wanted]) -> dict[str, Printed]:
        if not self.wish.changed:
            return {}
        ids = (one.face.sign.id for one in group)
        return {key: self.known.printed[key] for key in ids if key in self.known.printed}

    def _check(self, made: Mapping[str, list[Made]], parts: Parts, workers: Workers) -> None:
        """Read every page back; raises FaultsError."""
        done, total = 0, sum(len(told) for told in made.values())
        faults: list[Fault] = []
        jobs = ((parts.content(key), told) for key, told in made.items())
        for (folder, told), found in workers.run(_check_part, jobs):
            done += len(told)
            self.say("checking", done, total)
            if found:
                faults += found
                parts.drop(folder.name)
        if faults:
            raise FaultsError(faults)


def _make_or_find(task: tuple[Job, Parts]) -> list[Made]:
    """Draw a part where it is not there yet."""
    job, parts = task
    found = _find_part(job, parts)
    if found is not None:
        return found
    made = make_part(job, parts.make_content(job.key))
    parts.finish(job.key, tell_made(made))
    return made


def _find_part(job: Job, parts: Parts) -> list[Made] | None:
    """Return the signs of a part that a run before has finished, or None."""
    told = parts.find(job.key)
    try:
        found = None if told is None else read_made(told)
    except (KeyError, TypeError):
        return None
    whole = found is not None and all(
        (parts.content(job.key) / name).is_file() for name in list_files(found)
    )
    return found if whole else None


def _check_part(task: tuple[Path, list[Made]]) -> list[Fault]:
    return check_part(*task)


def _second(languages: Sequence[str]) -> str | None:
    return languages[1] if len(languages) > 1 else None


def _split(group: Sequence[Wanted]) -> Iterator[Sequence[Wanted]]:
    for start in range(0, len(group), _MOST_IN_A_FILE):
        yield group[start : start + _MOST_IN_A_FILE]
