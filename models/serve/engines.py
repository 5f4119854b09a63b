"""What the server answers with: the core's ports, and the last picture it looked at.

A follow-up sends the same picture again; it is recognised by its digest and not looked at twice. The memory of
it goes after a while (`forget`). Only the one job inside the turnstile touches this.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from assistant.ask import Conversation
from assistant.errors import ModelMissing
from assistant.frames import Frame, Speech
from assistant.seeing import Ports
from models.serve.refusals import Refusal

WHISPER_ALIAS = "whisper-1"
"""what OpenAI clients ask for when nobody told them a name"""


class Engines:
    """`model` and `transcriber` are the names shown to clients; the decoders turn sent bytes into values.

    `picture(bytes)` and `sound(bytes)` raise `BadInput` for what is no picture or no WAV.
    """

    def __init__(
        self,
        ports: Ports,
        *,
        model: str,
        picture: Callable[[bytes], Frame],
        transcriber: str | None = None,
        sound: Callable[[bytes], Speech] | None = None,
        text_from: str = "auto",
    ) -> None:
        self.ports = ports
        self.model = model
        self.transcriber = transcriber
        self.picture = picture
        self.sound = sound
        self.text_from = text_from
        self._digest = b""
        self._conversation: Conversation | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.model, self.transcriber) if self.transcriber else (self.model,)

    @property
    def remembers_nothing(self) -> bool:
        """Whether no picture is held."""
        return self._conversation is None

    def check_model(self, asked: str | None) -> None:
        """Errors: Refusal model_not_here. No name is any name."""
        if asked is not None and asked != self.model:
            raise Refusal("model_not_here", "model", models=self.model)

    def check_transcriber(self, asked: str | None) -> None:
        """Errors: ModelMissing no_speech_model, Refusal model_not_here."""
        if self.transcriber is None or self.ports.transcriber is None or self.sound is None:
            raise ModelMissing("no_speech_model")
        if asked not in (None, self.transcriber, WHISPER_ALIAS):
            raise Refusal("model_not_here", "model", models=self.transcriber)

    def conversation(self, picture: bytes) -> Conversation:
        """The conversation about this picture: the last one, if it is the same again. Errors: BadInput."""
        digest = sha256(picture).digest()
        if self._conversation is None or digest != self._digest:
            frame = self.picture(picture)
            self.forget()
            self._conversation, self._digest = (
                Conversation(frame, self.ports, text_from=self.text_from),
                digest,
            )
        return self._conversation

    def forget(self) -> None:
        """Close the look at the last picture and let go of the picture itself."""
        if self._conversation is not None:
            self._conversation.close()
        self._conversation, self._digest = None, b""
