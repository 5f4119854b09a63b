"""The microphone: one question's worth of speech, from the key press on, whatever happens to the device meanwhile.

The audio callback only copies; everything else happens in the thread that calls `record`. A watchdog there notices a
device that has gone (no block for 500 ms, stream ended, nothing but zeros for 2 s) and opens it again by name.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from assistant.cancelling import check, in_background
from assistant.endpointing import BLOCK, BLOCK_MS, RATE, Ending, Endpointer, Probability, Rules, SoFar
from assistant.errors import DeviceFailed, Stopped
from assistant.frames import Speech
from assistant.ports import Cancel
from desktop import sound_devices
from desktop.tape import Tape

log = logging.getLogger(__name__)
FIRST_BLOCK_SECONDS = 3.0
NO_BLOCK_SECONDS = 0.5
ZEROS_SECONDS = 2.0
REOPEN_SECONDS = 5.0
OPEN_SECONDS = 5.0
CLOSE_SECONDS = 1.0
LOOK_SECONDS = 0.05
"""how often a cancelled run or a lost device is looked for while no block comes"""
QUIETEST_DB = 60.0


class SpeechMicrophone:
    """The `Microphone` port. `listen` gives a new voice detector for each question (`SileroVoice.stream`).

    `device` is a name from `sound_devices.input_devices`; None or a name that is gone: the default one.
    `pre_roll_ms` > 0 keeps the microphone open between questions, so that what was said up to that long before the
    key press is there too; 0 (the default) opens it on the key press only.
    `on_level` gets 0…1 for each block, `on_notice` a message code: microphone_replaced, microphone_reopened.
    """

    def __init__(
        self,
        listen: Callable[[], Probability],
        rules: Rules | None = None,
        *,
        device: str | None = None,
        pre_roll_ms: int = 0,
        on_level: Callable[[float], None] = lambda level: None,
        on_notice: Callable[[str], None] = lambda code: None,
        audio: Any = None,
    ) -> None:
        self._listen = listen
        self.rules = rules or Rules()
        self.device = device
        self._pre_roll_ms = pre_roll_ms
        self._on_level = on_level
        self._on_notice = on_notice
        self._audio = audio
        self._stream: Any = None
        self._tape = Tape(0)
        self._presses = itertools.count(1)
        self._hold = False
        self._release_after: int | None = None
        """how many blocks had arrived when the key went up: all of them belong to the question"""
        self._endpointer: Endpointer | None = None
        self.last_speech_at = 0.0
        """`time.perf_counter()` when the last speech of the last question came in"""
        self._opening = threading.Lock()
        self._opened_for: str | None = None
        """the name that was wanted when the device was opened"""
        self._opened_at = 0.0
        self._stuck = False
        self.device_in_use = ""
        self.first_block_ms = 0.0
        """from opening the device to its first block, of the last opening"""

    @property
    def is_open(self) -> bool:
        """Whether the device is held: the sign that says «listening» follows this."""
        return self._stream is not None

    @property
    def ending(self) -> Ending | None:
        """Why the last question ended."""
        return self._endpointer.ending if self._endpointer else None

    def so_far(self) -> SoFar:
        """What has been said until now, for showing text while somebody speaks. Any thread."""
        endpointer = self._endpointer
        return endpointer.so_far() if endpointer else SoFar(Speech(np.empty(0, np.float32), RATE), 0, False)

    def finish(self, last_speech: int) -> None:
        """See `Endpointer.finish`. Any thread."""
        if self._endpointer is not None:
            self._endpointer.finish(last_speech)

    def wait_ready(self, seconds: float = FIRST_BLOCK_SECONDS) -> bool:
        """Opens the device and waits until it really hears; False when it does not in time. Errors as `press`.

        With pre-roll this is called once, ahead of the first question. The «listening» cue belongs after it.
        """
        self._open()
        return self._tape.wait_first(seconds)

    def stand_by(self, pre_roll_ms: int) -> None:
        """From now on keep so much of what was said before the key, and the device open; 0 gives it back. As `press`."""
        if pre_roll_ms == self._pre_roll_ms and self.is_open == bool(pre_roll_ms) and not self._is_another():
            return
        self._pre_roll_ms = pre_roll_ms
        if self._tape.press:  # somebody is speaking: it counts when they have finished
            self._tape.ring_blocks = round(pre_roll_ms / BLOCK_MS)
            return
        self.close()
        if pre_roll_ms:
            self._open()

    def _is_another(self) -> bool:
        return self.device != self._opened_for

    def press(self, hold: bool | None = None) -> int:
        """The key went down: open the device if it is not; the number of the press, for `rest`. Any thread.

        `hold`: the key is down until `release`, or `tap` where it was only tapped; None leaves that to the rules.
        Errors: `DeviceFailed` (see `record`).
        """
        press = next(self._presses)
        self._release_after, self._endpointer = None, None
        self._hold = self.rules.hold if hold is None else hold
        try:
            self._open(press)
        except DeviceFailed:  # PortAudio may know the devices of an hour ago only
            with self._opening:
                self._refresh()
            self._open(press)
        self._tape.give(press)
        return press

    def release(self) -> None:
        """The key went up (hold to talk), or was tapped again."""
        if self._release_after is None:
            self._release_after = self._tape.arrived

    def tap(self) -> None:
        """The key went up at once: silence will end the question."""
        self._hold = False
        if self._endpointer is not None:
            self._endpointer.tap()

    def record(self, cancel: Cancel | None = None) -> Speech:
        """From the press (now, if there was none) until the rules end it. Empty when nobody spoke.

        Errors: `Stopped` when cancelled, or when another press took the microphone over; `DeviceFailed` with
        microphone_unavailable, microphone_missing, microphone_failed (cannot be opened), microphone_lost (gone, and not
        back in 5 s), microphone_silent (muted).
        """
        press = self._tape.press  # of a press that came after a cancel it is not ours
        check(cancel)
        press = press or self.press()
        endpointer = Endpointer(self._listen(), replace(self.rules, hold=True))
        self._endpointer = endpointer
        if not self._hold:
            endpointer.tap()
        try:
            watch = _Watch(press)
            while endpointer.ending is None:
                check(cancel)
                block = self._tape.take(press, LOOK_SECONDS)
                if block is not None:
                    endpointer.feed(block)
                    self._heard(watch, block, cancel)
                elif self._tape.press != press:
                    raise Stopped
                else:
                    self._look_after(watch, cancel)
                if self._release_after is not None and self._tape.taken >= self._release_after:
                    endpointer.release()
            behind = (self._tape.arrived - self._tape.taken) * BLOCK_MS + endpointer.silent_ms
            self.last_speech_at = time.perf_counter() - behind / 1000
            return endpointer.speech()
        finally:
            self.rest(press)

    def rest(self, press: int) -> None:
        """That press needs the microphone no longer: keep listening into the ring, or give the device back."""
        if self._tape.press != press:
            return
        self._tape.give(0)
        if not self._pre_roll_ms:
            self.close()

    def close(self) -> None:
        """Gives the device back."""
        with self._opening:
            self._close_stream()

    def _heard(self, watch: _Watch, block: np.ndarray, cancel: Cancel | None) -> None:
        if not watch.blocks:
            self.first_block_ms = 1000 * max(0.0, self._tape.last_at - self._opened_at)
        watch.blocks += 1
        loudest = float(np.abs(block).max(initial=0.0))
        watch.zeros = watch.zeros + len(block) if loudest == 0.0 else 0
        self._on_level(level(block))
        if watch.zeros >= ZEROS_SECONDS * RATE:
            if watch.reopened_for_zeros:
                raise DeviceFailed("microphone_silent", device=self.device_in_use)
            watch.reopened_for_zeros = True
            self._reopen(watch, cancel)

    def _look_after(self, watch: _Watch, cancel: Cancel | None) -> None:
        """No block came for a moment: is the device still there?"""
        since = time.monotonic() - max(self._tape.last_at, self._opened_at)
        patience = NO_BLOCK_SECONDS if watch.blocks else FIRST_BLOCK_SECONDS
        if self._tape.ended or since > patience or not self._stream.active:
            self._reopen(watch, cancel)

    def _reopen(self, watch: _Watch, cancel: Cancel | None) -> None:
        """Opens the device again by name, or the default one; what was recorded before stays.

        Errors: `DeviceFailed("microphone_lost")` when that fails for 5 s.
        """
        if watch.reopened and not watch.blocks:
            raise DeviceFailed(
                "microphone_lost", device=self.device_in_use
            )  # it opens, and says nothing again
        log.warning("microphone %s is lost; opening it again", self.device_in_use)
        until = time.monotonic() + REOPEN_SECONDS
        pause = threading.Event() if cancel is None else cancel
        while True:
            try:
                with self._opening:
                    self._close_stream()
                    self._refresh()
                self._open(watch.press)
                self._release_after = None if self._release_after is None else 0
                break
            except Exception as reason:  # PortAudio raises its own, and ALSA's plug-in OSError
                if time.monotonic() > until:
                    raise DeviceFailed("microphone_lost", device=self.device_in_use) from reason
                pause.wait(0.2)
                check(cancel)
        watch.blocks = watch.zeros = 0
        watch.reopened = True
        self._on_notice("microphone_reopened")

    def _library(self) -> Any:
        if self._audio is None:
            self._audio = sound_devices.sounddevice()
        return self._audio

    def _open(self, press: int = 0) -> None:
        """With a press, the very first block of a newly opened device is that one's."""
        with self._opening:
            working = self._stream is not None and self._stream.active and not self._tape.ended
            if working and not self._is_another():
                return
            self._close_stream()
            audio = self._library()
            self._opened_at = time.monotonic()
            device = sound_devices.named(audio, self.device)
            self._tape = tape = Tape(round(self._pre_roll_ms / BLOCK_MS))
            tape.press = press
            self._stream = _started(audio, device.index, tape)
            self.device_in_use, self._opened_for = device.name, self.device
        if self.device and device.name != self.device:
            self._on_notice("microphone_replaced")

    def _close_stream(self) -> None:
        """Closing a stream whose sound server has gone may never return (PortAudio on ALSA): then it is left behind."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        closing = in_background(lambda: stream.close(ignore_errors=True))
        try:
            closing.result(CLOSE_SECONDS)
        except TimeoutError:
            log.warning("closing a lost microphone hangs; it is left behind")
            self._stuck = True
            sound_devices.forget_at_exit(self._library())
        except Exception:  # a device that has gone may fail in any way, and is gone all the same
            log.info("closing a lost microphone failed", exc_info=True)

    def _refresh(self) -> None:
        """Lets PortAudio look for devices again; not with a stuck stream, which it would wait for without end."""
        if not self._stuck:
            sound_devices.refresh(self._library())


class _Watch:
    """What the watchdog remembers during one question."""

    def __init__(self, press: int) -> None:
        self.press = press
        self.blocks = 0
        self.zeros = 0
        """samples of exactly zero in a row; a real microphone has noise"""
        self.reopened = False
        self.reopened_for_zeros = False


def level(block: np.ndarray) -> float:
    """How loud a block is, for a meter: 0 at −60 dB and below, 1 at full scale."""
    power = float(np.mean(np.square(block, dtype=np.float64))) if len(block) else 0.0
    if power <= 0.0:
        return 0.0
    return float(np.clip(1.0 + 10.0 * np.log10(power) / QUIETEST_DB, 0.0, 1.0))


def _started(audio: Any, index: int, tape: Tape) -> Any:
    """A stream that runs. Errors: `DeviceFailed("microphone_failed")`, also when the sound server does not answer."""

    def start() -> Any:
        stream = audio.InputStream(
            samplerate=RATE, blocksize=BLOCK, channels=1, dtype="float32", device=index, latency="low",
            callback=tape.put, finished_callback=tape.end, extra_settings=_windows_conversion(audio, index),
        )  # fmt: skip
        try:
            stream.start()
        except Exception:
            stream.close(ignore_errors=True)
            raise
        return stream

    opening = in_background(start)
    try:
        return opening.result(OPEN_SECONDS)
    except TimeoutError as reason:
        opening.add_done_callback(lambda late: late.exception() or late.result().close(ignore_errors=True))
        raise DeviceFailed("microphone_failed", reason="timeout") from reason
    except Exception as reason:  # PortAudioError has no base of its own
        raise DeviceFailed("microphone_failed", reason=str(reason).splitlines()[0]) from reason


def _windows_conversion(audio: Any, index: int) -> Any:
    """WASAPI takes 16 kHz only when asked to convert; other sound systems convert by themselves."""
    host = audio.query_hostapis(audio.query_devices(index)["hostapi"])["name"]
    return audio.WasapiSettings(auto_convert=True) if "WASAPI" in host else None
