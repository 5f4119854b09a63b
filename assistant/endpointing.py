"""Where a spoken question begins and ends, decided block by block while somebody speaks.

It knows neither microphones nor networks: what tells speech from silence is handed in as a function with a memory,
`Probability`, which is given each block of 512 samples (32 ms at 16 kHz) once and in order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from assistant.frames import Speech

RATE = 16_000
BLOCK = 512
"""samples; what Silero's network takes at 16 kHz"""
BLOCK_MS = 1000 * BLOCK / RATE
Probability = Callable[[np.ndarray], float]
"""(512,) float32 → how likely somebody speaks in it, 0…1"""


class Ending(Enum):
    """Why the question is over."""

    SILENCE = "silence"
    """the person stopped speaking"""
    RELEASED = "released"
    """the key went up"""
    TOO_LONG = "too long"
    NOTHING_SAID = "nothing said"
    """nobody spoke in time, or not before the key went up"""


@dataclass(frozen=True)
class Rules:
    """When a question ends."""

    hold: bool = False
    """hold to talk: only the key's release ends it, however long the pauses (see `Endpointer.tap`)"""
    silence_ms: int = 600
    """silence that ends a question; 250 is quick and cuts people who think, 700 lets them think"""
    finished_share: float = 0.55
    """of `silence_ms`, that ends words which sound like a whole sentence (see `Endpointer.finish`)"""
    pause_ms: int = 192
    """silence after which the question may be over: the last decode can begin, and no more of it is transcribed"""
    pre_roll_ms: int = 300
    """kept before the first block that sounds like speech: a soft first syllable does not"""
    least_speech_ms: int = 96
    """speech shorter than this is a click or a cough"""
    wait_seconds: float = 8.0
    """how long to wait for the first word"""
    longest_seconds: float = 30.0
    """what Whisper takes at once"""
    after_release_ms: int = 160
    """still recorded after the key went up: people let go on their last syllable"""
    speech_from: float = 0.5
    silence_below: float = 0.35
    """between the two, a block belongs to what came before it"""


@dataclass(frozen=True, eq=False)
class SoFar:
    """What has been said until now."""

    speech: Speech
    """what would be transcribed if nothing more came; empty when nobody has spoken"""
    last_speech: int
    """block after the last one with speech: while it stays the same, nobody has said anything more"""
    paused: bool
    """silence long enough that the question may be over"""


class Endpointer:
    """One question. Feed it samples of any length; it answers with the `Ending` once there is one."""

    def __init__(self, probability: Probability, rules: Rules | None = None) -> None:
        self._probability = probability
        self._rules = rules or Rules()
        self._held = self._rules.hold
        self._blocks: list[np.ndarray] = []
        self._rest = np.empty(0, np.float32)
        self._run = 0
        """blocks of speech in a row, before the start is sure"""
        self._start: int | None = None
        self._last_speech = 0
        """block after the last one with speech"""
        self._release_at: int | None = None
        self._finished: int | None = None
        """where speech stood when its words were found to be a whole sentence"""
        self.ending: Ending | None = None

    def feed(self, samples: np.ndarray) -> Ending | None:
        """`samples`: float32, mono, 16 kHz, −1…1. After the ending, further samples are ignored."""
        samples = np.concatenate([self._rest, samples.astype(np.float32, copy=False)])
        whole = len(samples) // BLOCK * BLOCK
        self._rest = samples[whole:]
        for at in range(0, whole, BLOCK):
            if self.ending is not None:
                break
            self._hear(samples[at : at + BLOCK])
            self.ending = self._decided()
        return self.ending

    def release(self) -> None:
        """The key went up. The question ends after `after_release_ms` more, or at once in silence."""
        if self._release_at is None:
            self._release_at = len(self._blocks)

    def tap(self) -> None:
        """The key went up at once: from now on silence ends the question, as without `hold`."""
        self._held = False

    def finish(self, last_speech: int) -> None:
        """What was said up to `SoFar.last_speech` sounds finished: if nobody speaks on, less silence ends it. Any thread."""
        self._finished = last_speech

    @property
    def speaking(self) -> bool:
        """Whether somebody has begun to speak and the silence after it is not long enough yet."""
        return self._start is not None and self.ending is None

    @property
    def silent_ms(self) -> float:
        """Silence since the last speech: what the wait for the end has cost when it ended by silence."""
        return (len(self._blocks) - self._last_speech) * BLOCK_MS

    def so_far(self) -> SoFar:
        """Also while somebody still speaks, and from another thread than the one that feeds."""
        last, count = self._last_speech, len(self._blocks)
        paused = self._start is not None and count - last >= _blocks(self._rules.pause_ms)
        return SoFar(self._cut(last), last, paused)

    def speech(self) -> Speech:
        """What is to be transcribed; empty when nobody has spoken.

        While the key is held it is all that was recorded, as the person meant it; else it begins `pre_roll_ms` before
        the first speech. A pause at its end is cut to `pause_ms`, so that a decode begun there has heard all of it.
        """
        return self._cut(self._last_speech)

    def _cut(self, last: int) -> Speech:
        blocks, start, hold = self._blocks, self._start, self._held
        if start is None:
            return Speech(np.concatenate(blocks[:]) if blocks and hold else np.empty(0, np.float32), RATE)
        first = 0 if hold else max(0, start - _blocks(self._rules.pre_roll_ms))
        return Speech(np.concatenate(blocks[first : last + _blocks(self._rules.pause_ms)]), RATE)

    def _hear(self, block: np.ndarray) -> None:
        chance = float(self._probability(block))
        self._blocks.append(block)
        if chance >= self._rules.speech_from:
            self._run += 1
            if self._start is None and self._run >= max(1, _blocks(self._rules.least_speech_ms)):
                self._start = len(self._blocks) - self._run
        elif chance < self._rules.silence_below:
            self._run = 0
        if self._start is not None and (self._run or chance >= self._rules.silence_below):
            self._last_speech = len(self._blocks)

    def _decided(self) -> Ending | None:
        count, rules = len(self._blocks), self._rules
        if self._release_at is not None:
            waited = count - self._release_at
            if waited >= _blocks(rules.after_release_ms) or self._last_speech < count:
                return Ending.RELEASED if self._start is not None else Ending.NOTHING_SAID
        if count * BLOCK_MS >= 1000 * rules.longest_seconds:
            return Ending.TOO_LONG if self._start is not None else Ending.NOTHING_SAID
        if self._held:
            return None
        if self._start is None:
            return Ending.NOTHING_SAID if count * BLOCK_MS >= 1000 * rules.wait_seconds else None
        share = rules.finished_share if self._finished == self._last_speech else 1.0
        return Ending.SILENCE if count - self._last_speech >= _blocks(share * rules.silence_ms) else None


def _blocks(milliseconds: float) -> int:
    return round(milliseconds / BLOCK_MS)
