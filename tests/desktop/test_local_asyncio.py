"""asyncio comes without ssl, ssl still comes when somebody wants it, and a local socket works."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="local sockets of this kind")
ALONE = """
import sys
from desktop.local_asyncio import asyncio
assert "ssl" not in sys.modules and "_ssl" not in sys.modules, "asyncio brought ssl"

async def there_and_back(folder):
    async def echo(reader, writer):
        writer.write(await reader.readline())
        await writer.drain()
        writer.close()
    server = await asyncio.start_unix_server(echo, folder + "/socket")
    reader, writer = await asyncio.open_unix_connection(folder + "/socket")
    writer.write(b"yes\\n")
    told = await reader.readline()
    writer.close()
    server.close()
    return told

import tempfile
with tempfile.TemporaryDirectory() as folder:
    assert asyncio.run(there_and_back(folder)) == b"yes\\n"
import ssl
assert ssl.create_default_context() is not None
"""
LATER = """
import ssl
from desktop.local_asyncio import asyncio
from asyncio import sslproto
assert sslproto.ssl is ssl
"""


def test_it_comes_alone() -> None:
    subprocess.run([sys.executable, "-c", ALONE], check=True)


def test_what_was_there_before_stays() -> None:
    subprocess.run([sys.executable, "-c", LATER], check=True)
