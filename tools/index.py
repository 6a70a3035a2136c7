"""Read a package index (PEP 503, PEP 691) with the standard library."""

import base64
import html.parser
import json
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tools.settings import tls_context


class _Links(html.parser.HTMLParser):
    """Collects the addresses of a page of the simple repository API (PEP 503)."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [
            value for name, value in attrs if tag == "a" and name == "href" and value
        ]


def read_url(url: str, environ: Mapping[str, str]) -> tuple[str, bytes]:
    """Return where an address led and what is there.

    Raises
    ------
    OSError
        It cannot be read (`urllib.error.URLError` is one).
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "file":
        path = Path(urllib.request.url2pathname(parts.path))
        return url, (path / "index.html" if path.is_dir() else path).read_bytes()
    if parts.scheme not in {"http", "https"}:
        raise OSError(f"{parts.scheme}: only https, http and file addresses can be read")
    credentials, _, host = parts.netloc.rpartition("@")
    accept = "application/vnd.pypi.simple.v1+json;q=0.5, text/html, */*;q=0.1"
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
        parts._replace(netloc=host).geturl(), headers={"Accept": accept}
    )
    if credentials:
        token = base64.b64encode(urllib.parse.unquote(credentials).encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {token}")
    handler = urllib.request.HTTPSHandler(context=tls_context(parts.hostname or "", environ))
    with urllib.request.build_opener(handler).open(request, timeout=60) as answer:
        where = urllib.parse.urlsplit(answer.url)
        if credentials and where.netloc == host:  # files beside the page want them too
            where = where._replace(netloc=parts.netloc)
        return where.geturl(), answer.read()


def find_file(index: str, project: str, filename: str, environ: Mapping[str, str]) -> bytes:
    """Return a file that an index (PEP 503 or PEP 691) lists.

    Raises
    ------
    OSError
        The index or the file cannot be read, or the index does not list it.
    """
    page, content = read_url(f"{index.rstrip('/')}/{project}/", environ)
    text = content.decode("utf-8", "replace")
    if text.lstrip().startswith("{"):
        addresses = [file["url"] for file in json.loads(text)["files"]]
    else:
        links = _Links()
        links.feed(text)
        addresses = links.addresses
    for address in addresses:
        target = urllib.parse.urljoin(page, address)
        path = urllib.parse.unquote(urllib.parse.urlsplit(target).path)
        if path.rpartition("/")[2] == filename:
            return read_url(urllib.parse.urldefrag(target).url, environ)[1]
    raise OSError(f"does not list {filename}")
