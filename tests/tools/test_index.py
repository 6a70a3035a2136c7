"""Files are found in a package index, whatever manner it has."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools.index import find_file

WHEEL = "uv-1.0-py3-none-any.whl"
HTML = f"""<!DOCTYPE html><html><body>
<a href="../../files/other-{WHEEL}#sha256=1">other</a><a name="nothing">no address</a>
<a href="../../files/{WHEEL.replace("-", "%2D")}#sha256=2" data-requires-python="&gt;=3">it</a>
"""
JSON = json.dumps({"files": [{"filename": WHEEL, "url": f"../../files/{WHEEL}"}]})


class Index(BaseHTTPRequestHandler):
    """A small index: open under /html and /json, with a password under /private."""

    def do_GET(self) -> None:
        token = base64.b64encode(b"user:p@ss").decode()
        private = self.path.startswith("/private/")
        body = {
            "/html/simple/uv/": HTML.encode(),
            "/private/simple/uv/": HTML.encode(),
            "/json/simple/uv/": JSON.encode(),
            f"/html/files/{WHEEL}": b"wheel",
            f"/html/files/{WHEEL.replace('-', '%2D')}": b"wheel",
            f"/private/files/{WHEEL.replace('-', '%2D')}": b"wheel",
            f"/json/files/{WHEEL}": b"wheel",
        }.get(self.path)
        allowed = not private or self.headers["Authorization"] == f"Basic {token}"
        self.send_response((200 if body else 404) if allowed else 401)
        self.end_headers()
        if allowed and body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Index) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("index", ["html/simple", "html/simple/", "json/simple"])
def test_a_file_is_found(host: str, index: str) -> None:
    assert find_file(f"http://{host}/{index}", "uv", WHEEL, {}) == b"wheel"


def test_credentials_in_the_address_are_used_for_page_and_file(host: str) -> None:
    assert find_file(f"http://user:p%40ss@{host}/private/simple", "uv", WHEEL, {}) == b"wheel"
    with pytest.raises(OSError, match="401"):
        find_file(f"http://{host}/private/simple", "uv", WHEEL, {})


def test_an_index_may_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "simple" / "uv").mkdir(parents=True)
    (tmp_path / "files").mkdir()
    (tmp_path / "simple" / "uv" / "index.html").write_text(HTML)
    (tmp_path / "files" / WHEEL).write_bytes(b"wheel")
    assert find_file((tmp_path / "simple").as_uri(), "uv", WHEEL, {}) == b"wheel"


def test_what_is_not_there_is_an_error_that_says_so(host: str) -> None:
    with pytest.raises(OSError, match=r"does not list uv-2\.0"):
        find_file(f"http://{host}/html/simple", "uv", "uv-2.0-py3-none-any.whl", {})
    with pytest.raises(OSError, match="404"):
        find_file(f"http://{host}/nothing", "uv", WHEEL, {})
    with pytest.raises(OSError, match="ftp"):
        find_file("ftp://mirror.example/simple", "uv", WHEEL, {})
