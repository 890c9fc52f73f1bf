"""A page served to this machine alone: bound to 127.0.0.1, behind a token in the address."""

import hmac
import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOST = "127.0.0.1"
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Answer = Callable[[str, dict[str, str]], tuple[str, str] | None]
"""From a path and its parameters to (type, text); None where there is nothing."""


class PageServer:
    """Serves what ``answer`` gives to those who know the token.

    Arguments:
        answer: called with the path and the parameters of every request that carries the token.
        port: 0: a free one.
    """

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self.token = secrets.token_urlsafe(24)
        self._server = ThreadingHTTPServer((HOST, port), _handler(answer, self.token))
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        """What to open in a browser of this machine."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def serve(self) -> None:
        """Answer until `close` is called or the process is interrupted."""
        self._server.serve_forever(poll_interval=0.2)

    def close(self) -> None:
        """End `serve`, give the port back."""
        self._server.shutdown()
        self._server.server_close()


def _handler(answer: Answer, token: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = "boltzwall", ""

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            given = {name: values[-1] for name, values in parse_qs(asked.query).items()}
            # A name of another host that leads here is a web page's attempt to read this one.
            here = self.headers.get("Host", "") in _names(_port(self.server))
            known = hmac.compare_digest(given.pop("token", "").encode(), token.encode())
            if not (here and known):
                self._send(HTTPStatus.FORBIDDEN, "text/plain", "The address lacks its token.")
                return
            found = answer(asked.path, given)
            if found is None:
                self._send(HTTPStatus.NOT_FOUND, "text/plain", "There is nothing here.")
            else:
                self._send(HTTPStatus.OK, *found)

        def log_message(self, format: str, *args: Any) -> None:
            """Requests are nobody's business."""

        def _send(self, status: HTTPStatus, kind: str, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def _port(server: Any) -> int:
    return int(server.server_address[1])


def _names(port: int) -> tuple[str, ...]:
    return f"{HOST}:{port}", f"localhost:{port}"


def as_json(content: Any) -> tuple[str, str]:
    """An answer with data."""
    return "application/json", json.dumps(content, allow_nan=False)
