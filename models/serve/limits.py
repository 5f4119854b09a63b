"""How much of everything one request may be, and how long each step may take. One place, so that docs can point at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bytes, characters, counts and seconds. The defaults hold for `nunchi serve`; tests use shorter waits."""

    body_bytes: int = 20 << 20
    """a 4K screenshot as base64 PNG is about 12 MB"""
    json_values: int = 20_000
    """commas and brackets in a body; base64 has neither, so pictures do not count"""
    json_depth: int = 16
    text_characters: int = 100_000
    """of one text in a body; a single question is held to 2,000 by the core"""
    messages: int = 64
    parts: int = 16
    stops: int = 4
    most_tokens: int = 4_096
    waiting: int = 4
    """questions that may wait while one is answered; the next is refused at once"""
    bodies: int = 8
    """posts inside the server at the same time, whatever they are doing: bounds memory at 8 × 20 MB"""
    connections: int = 256
    unsent_heads: int = 64
    """connections that have not sent a whole request head; beyond this the oldest is dropped"""
    head_bytes: int = 16 << 10
    head_seconds: float = 10.0
    body_seconds: float = 20.0
    send_seconds: float = 30.0
    """a client that does not read its answer"""
    drain_seconds: float = 1.0
    """how long the body of a refused post is thrown away, so that the client can read why"""
    idle_seconds: float = 300.0
    """after the last question the last picture is forgotten"""
