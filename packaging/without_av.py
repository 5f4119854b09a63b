"""Run by the packaged program before anything else: faster-whisper imports `av` to open sound files, which we never
ask of it. An empty module lets it load without the 100 MB that are not shipped."""

import sys
import types

sys.modules.setdefault("av", types.ModuleType("av"))
