"""An OpenAI-compatible server on loopback that fails on purpose, for the back end http: it lists one model and streams fixed words.

What a driver is to the other back ends the server is here: it breaks off, falls silent, or refuses. A segmentation fault is the
engine process's own.
"""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from models.bench.faulty_engine import Plan

WORDS = ("첫째 ", "줄", "입니다", ".")


class FaultyServer:
    """Entered, it serves; `left_for_the_engine` is the part of the plan that the engine process itself plays."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._over = plan, threading.Event()
        handler = type("Handler", (_Handler,), {"plan": plan, "over": self._over})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def left_for_the_engine(self) -> Plan:
        devices = ("*",) if self._plan.fault == "segfault" else ()
        return replace(self._plan, devices=devices)

    def __enter__(self) -> FaultyServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    plan: Plan
    over: threading.Event

    def do_GET(self) -> None:
        if self.plan.fault == "compile_error":
            self._json(500, {"error": {"message": "the model did not load"}})
        elif self.plan.fault == "old_cache":
            self._json(503, {"error": {"message": "compiling"}})
        else:
            self._json(200, {"data": [{"id": "words"}]})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for number, word in enumerate(WORDS):
            if number == self.plan.token and self.plan.fault == "device_lost":
                self.close_connection = True
                return
            if number == self.plan.token and self.plan.fault == "hang":
                self.over.wait()
                return
            told = json.dumps({"choices": [{"delta": {"content": word}}]})
            self.wfile.write(f"data: {told}\n\n".encode())
            self.wfile.flush()
        self.wfile.write(b"data: [DONE]\n\n")

    def _json(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the bench has its own rows."""
