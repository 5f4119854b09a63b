"""Wayland's Screenshot portal, against a portal service on the private bus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dbus_fast import Variant
from PIL import Image

from assistant.errors import BadInput, DeviceFailed
from assistant.frames import Box
from desktop.capture.portal import PortalScreen
from desktop.capture.screen import open_screen
from tests.desktop.conftest import Desk
from tests.desktop.portal import FakePortal


@pytest.fixture
def portal(desk: Desk) -> Iterator[FakePortal]:
    service = FakePortal(desk.bus)
    yield service
    service.close()


@pytest.fixture
def screen(desk: Desk, portal: FakePortal) -> Iterator[PortalScreen]:
    one = PortalScreen(desk.bus, choosing_seconds=2)
    yield one
    one.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """What the desktop saves: 64 × 48, red columns counting up, in a folder with a Korean name and a blank."""
    pixels = np.full((48, 64, 3), 90, np.uint8)
    pixels[..., 0] = np.arange(64)
    path = tmp_path / "화면 사진.png"
    Image.fromarray(pixels).save(path)
    return path


def given(path: Path) -> tuple[int, dict[str, Any]]:
    return 0, {"uri": Variant("s", path.as_uri())}


def test_the_whole_desktop(portal: FakePortal, screen: PortalScreen, picture: Path) -> None:
    """The picture is read without asking the person, and its file does not stay behind."""
    portal.answers["Screenshot"] = given(picture)
    frame = screen.freeze("screen")
    assert (frame.place, frame.source) == (Box(0, 0, 64, 48), "screen")
    assert list(frame.image[5, 33]) == [33, 90, 90]
    assert portal.next("Screenshot")[1]["interactive"] is False
    assert not picture.exists()


def test_for_a_window_the_person_chooses(portal: FakePortal, screen: PortalScreen, picture: Path) -> None:
    portal.answers["Screenshot"] = given(picture)
    assert screen.freeze("window").source == "window"
    assert portal.next("Screenshot")[1]["interactive"] is True


def test_a_region_is_cut_out(portal: FakePortal, screen: PortalScreen, picture: Path) -> None:
    portal.answers["Screenshot"] = given(picture)
    frame = screen.freeze("region", (60, 40, 50, 50))
    assert frame.place == Box(60, 40, 4, 8)
    assert list(frame.image[0, 0]) == [60, 90, 90]
    assert frame.image.flags.c_contiguous


def test_a_region_outside_is_refused(portal: FakePortal, screen: PortalScreen, picture: Path) -> None:
    portal.answers["Screenshot"] = given(picture)
    with pytest.raises(BadInput, match="region_outside"):
        screen.freeze("region", (100, 100, 5, 5))


@pytest.mark.parametrize("code", [1, 2])
def test_a_refusal_is_said(portal: FakePortal, screen: PortalScreen, code: int) -> None:
    portal.answers["Screenshot"] = (code, {})
    with pytest.raises(DeviceFailed, match="capture_denied"):
        screen.freeze("screen")


def test_black_is_said(portal: FakePortal, screen: PortalScreen, tmp_path: Path) -> None:
    path = tmp_path / "black.png"
    Image.new("RGB", (64, 48)).save(path)
    portal.answers["Screenshot"] = given(path)
    with pytest.raises(DeviceFailed, match="capture_black"):
        screen.freeze("screen")


@pytest.mark.parametrize("uri", ["", "https://example.org/a.png", "file:///nowhere/at/all.png"])
def test_a_picture_that_is_none(portal: FakePortal, screen: PortalScreen, uri: str) -> None:
    portal.answers["Screenshot"] = (0, {"uri": Variant("s", uri)})
    with pytest.raises(DeviceFailed, match="capture_failed"):
        screen.freeze("screen")


def test_a_broken_picture_is_said_and_deleted(
    portal: FakePortal, screen: PortalScreen, tmp_path: Path
) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    portal.answers["Screenshot"] = given(path)
    with pytest.raises(DeviceFailed, match="capture_failed"):
        screen.freeze("screen")
    assert not path.exists()


def test_a_desktop_without_a_portal_is_said(desk: Desk) -> None:
    screen = PortalScreen(desk.bus)
    with pytest.raises(DeviceFailed, match="dbus_error"):
        screen.freeze("screen")
    screen.close()


def test_no_bus_is_said() -> None:
    with pytest.raises(DeviceFailed, match="dbus_unreachable"):
        PortalScreen("unix:path=/nowhere/bus")


def test_a_wayland_session_is_captured_through_the_portal(
    on_desk: Desk, portal: FakePortal, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    portal.answers["Screenshot"] = given(picture)
    screen = open_screen()
    assert isinstance(screen, PortalScreen)
    assert screen.freeze("screen").width == 64
    screen.close()
