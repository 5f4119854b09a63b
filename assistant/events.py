"""What happens in a run, one frozen value each. Exactly one of Finished, Stopped, Failed ends every run."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.frames import Box, Frame, ScreenText, TextLine, Transcript


@dataclass(frozen=True)
class Evidence:
    """A line the answer was read from."""

    text: str
    box: Box


@dataclass(frozen=True)
class Timings:
    """Milliseconds of each stage (see design: `ask --json`); None where a stage did not happen."""

    capture_ms: float | None = None
    screen_text_ms: float | None = None
    encode_ms: float | None = None
    prefill_ms: float | None = None
    endpoint_ms: float | None = None
    """from the last speech until the question was over"""
    transcribe_ms: float | None = None
    """from the last speech until its text was there; what decoding took where the recording was there already"""
    first_token_ms: float | None = None
    total_ms: float | None = None
    tokens: int | None = None
    tokens_per_s: float | None = None


@dataclass(frozen=True)
class Usage:
    """Tokens of the look: of its picture, those of them that were encoded now, and with the lines. 0: not counted."""

    image_tokens: int = 0
    fresh_tokens: int = 0
    look_tokens: int = 0


@dataclass(frozen=True)
class Answer:
    """A finished answer: inert text, never markup or instructions."""

    text: str
    question: str
    heard: str | None = None
    box: Box | None = None
    evidence: tuple[Evidence, ...] = ()
    abstained: bool = False
    model: str = ""
    engine: str = ""
    device: str = ""
    raw: str = ""
    """the model's own words with its citations, for a follow-up's `Turn`"""
    timings: Timings = field(default_factory=Timings)
    usage: Usage = Usage()


@dataclass(frozen=True)
class Captured:
    run: int
    frame: Frame


@dataclass(frozen=True)
class Listening:
    run: int


@dataclass(frozen=True)
class Heard:
    run: int
    transcript: Transcript
    final: bool = True
    """False for a draft: somebody still speaks, or may"""


@dataclass(frozen=True)
class Read:
    """The screen text has been read."""

    run: int
    screen_text: ScreenText


@dataclass(frozen=True)
class Thinking:
    run: int
    model: str
    device: str


@dataclass(frozen=True)
class Said:
    """The next piece of the answer, ready to be appended to what is shown."""

    run: int
    piece: str


@dataclass(frozen=True)
class Restarted:
    """An engine failed and another one answers anew: what was said and pointed at so far is to be forgotten."""

    run: int


@dataclass(frozen=True)
class Pointed:
    """A line the answer cites; `box` is where it is on the frame."""

    run: int
    line: TextLine
    box: Box


@dataclass(frozen=True)
class Finished:
    run: int
    answer: Answer


@dataclass(frozen=True)
class Stopped:
    run: int


@dataclass(frozen=True)
class Failed:
    """`code` is an errors.py code; `values` fill its message."""

    run: int
    code: str
    values: dict[str, object] = field(default_factory=dict)
    exit_status: int = 1


Event = (
    Captured | Listening | Heard | Read | Thinking | Said | Restarted | Pointed | Finished | Stopped | Failed
)
