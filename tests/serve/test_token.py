"""The token: long, in a file of its owner's only, renewable while the server runs (R4)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import DeviceFailed
from models.serve.access_token import TokenFile
from tests.serve.client import Client

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


@pytest.fixture
def token(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "inner" / "api-token")


def test_a_token_is_made_once_and_kept(token: TokenFile) -> None:
    assert token.current() == token.current()
    assert len(token.current()) == len("nunchi-") + 43  # 43 base64 characters carry 256 bits


def test_no_two_installs_share_a_token(tmp_path: Path) -> None:
    made = {TokenFile(tmp_path / str(n) / "api-token").current() for n in range(50)}
    assert len(made) == 50


@posix
def test_the_file_is_its_owners_only_from_its_first_moment(token: TokenFile) -> None:
    before = os.umask(0)
    try:
        token.current()
    finally:
        os.umask(before)
    assert token.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in token.path.parent.iterdir()] == ["api-token"]


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620])
def test_a_file_that_others_could_read_is_not_trusted(token: TokenFile, mode: int) -> None:
    token.current()
    token.path.chmod(mode)
    with pytest.raises(DeviceFailed) as raised:
        token.current()
    assert raised.value.code == "token_file_exposed"


@posix
def test_a_link_in_its_place_is_not_followed(token: TokenFile, tmp_path: Path) -> None:
    token.path.parent.mkdir()
    (tmp_path / "elsewhere").write_text("nunchi-" + "a" * 43)
    token.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DeviceFailed):
        token.current()


@pytest.mark.parametrize(
    "content", ["", "\n", "short", "nunchi-" + "a" * 42, "x" * 1000, "nunchi-" + "é" * 43]
)
def test_a_broken_file_is_named_not_used(token: TokenFile, content: str) -> None:
    token.current()
    token.path.write_text(content, encoding="utf-8")
    with pytest.raises(DeviceFailed) as raised:
        token.current()
    assert raised.value.code == "token_file_broken"


def test_only_the_whole_token_is_admitted(token: TokenFile) -> None:
    right = token.current().encode()
    assert token.admits(right)
    for wrong in (b"", right[:-1], right + b"a", right.upper(), right.swapcase(), right[::-1]):
        assert not token.admits(wrong)


def test_a_renewed_token_counts_at_once_and_the_old_one_no_longer(client: Client, server: Any) -> None:
    assert client.get("/v1/models").status == 200
    renewed = server.token.renew()
    assert client.get("/v1/models").status == 401
    assert client.get("/v1/models", Authorization=f"Bearer {renewed}").status == 200


@posix
def test_a_file_exposed_while_serving_closes_the_door(client: Client, server: Any) -> None:
    server.token.path.chmod(0o644)
    reply = client.get("/v1/models")
    assert reply.status >= 500
    assert str(server.token.path.parent).encode() not in reply.body
