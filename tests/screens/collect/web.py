"""A local web server for the pages under pages/, used as the browsers' proxy so that invented host names work."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

PAGES = Path(__file__).parent / "pages"


class Proxy(BaseHTTPRequestHandler):
    """Answers every host with the page named by the path; anything else is a 404 in English."""

    def do_GET(self) -> None:  # noqa: N802  (the library's name)
        name = Path(urlsplit(self.path).path).name
        page = PAGES / f"{name}.html"
        body = (
            page.read_bytes() if page.is_file() else b"<h1>404 Not Found</h1><p>The page was not found.</p>"
        )
        self.send_response(200 if page.is_file() else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:  # noqa: N802
        self.send_error(502)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Proxy).serve_forever()
