"""Static files: each at an address with the hash of its folder, kept by browsers for a year.

The hash is that of everything in the folder below `static/` (``phone``, ``map``, ``symbols``), so
that scripts and styles find each other by relative addresses: ``/static/<hash>/phone/map.js``.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import brotli

TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".ico": "image/x-icon",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
    }
)
"""File name suffix to media type; nothing else is served."""
ALL_STYLES = "all.css"
"""Name under which the style sheets of a folder are served as one."""
HASH_LENGTH = 10
_COMPRESSED = frozenset({".css", ".js", ".json", ".svg", ".webmanifest"})
_QUALITY = 9
"""Brotli's, of 11: the last two are ten times slower for one percent."""


@dataclass(frozen=True)
class Asset:
    """One static file.

    Parameters
    ----------
    name
        Its path below `static/`.
    content
        Its bytes.
    """

    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """What browsers are told that it is."""
        return TYPES[Path(self.name).suffix]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its content, in hexadecimal."""
        return sha256(self.content).hexdigest()

    @cached_property
    def encodings(self) -> Mapping[str, bytes]:
        """Content coding to the content so compressed, the best first; none where it saves nothing.

        Made when first asked for. In-app browsers without https know no Brotli.
        """
        if Path(self.name).suffix not in _COMPRESSED:
            return {}
        compressed = {
            "br": brotli.compress(self.content, quality=_QUALITY),
            "gzip": gzip.compress(self.content, mtime=0),
        }
        return {key: data for key, data in compressed.items() if len(data) < len(self.content)}


class Assets:
    """The static files of an installation, read once.

    Parameters
    ----------
    folder
        Where they lie.
    """

    def __init__(self, folder: Path) -> None:
        files = sorted(
            path for path in folder.rglob("*") if path.suffix in TYPES and path.is_file()
        )
        self._assets = {
            path.relative_to(folder).as_posix(): Asset(
                path.relative_to(folder).as_posix(), path.read_bytes()
            )
            for path in files
        }
        for folder_name in {_get_folder(name) for name in self._assets}:
            self._join_styles(folder_name)
        self._hashes = {
            part: self._hash_folder(part) for part in {_get_folder(name) for name in self._assets}
        }

    def _join_styles(self, folder: str) -> None:
        """Make one style sheet of those of a folder, in the order of their names: one request."""
        names = (
            [name for name in self.list_names(folder) if name.endswith(".css")] if folder else []
        )
        if len(names) > 1:
            content = b"\n".join(self._assets[name].content for name in names)
            joined = f"{folder}/{ALL_STYLES}"
            self._assets[joined] = Asset(joined, content)

    def _hash_folder(self, folder: str) -> str:
        digest = sha256()
        for name, asset in self._assets.items():
            if _get_folder(name) == folder:
                digest.update(f"{name}\0{len(asset.content)}\0".encode())
                digest.update(asset.content)
        return digest.hexdigest()[:HASH_LENGTH]

    @cached_property
    def version(self) -> str:
        """Changes with any file."""
        return sha256(repr(sorted(self._hashes.items())).encode()).hexdigest()[:HASH_LENGTH]

    def find(self, name: str) -> Asset | None:
        """Return a file by its path below `static/`, or None."""
        return self._assets.get(name)

    def is_current(self, name: str, digest: str) -> bool:
        """Tell whether an address carries the hash of what the file's folder holds now."""
        return self._hashes.get(_get_folder(name)) == digest

    def get_path(self, name: str) -> str:
        """Return the address of a file, from the root of the site.

        Raises
        ------
        LookupError
            There is no such file.
        """
        if name not in self._assets:
            raise LookupError(f"static/{name}: there is no such file")
        return f"/static/{self._hashes[_get_folder(name)]}/{name}"

    def list_names(self, folder: str = "") -> tuple[str, ...]:
        """List the paths of the files below a folder of `static/`."""
        return tuple(name for name in self._assets if not folder or name.startswith(f"{folder}/"))


def _get_folder(name: str) -> str:
    return name.partition("/")[0] if "/" in name else ""
