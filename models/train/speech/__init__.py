"""Training of whisper-synth-ko, a tiny Whisper that knows synthetic Korean voices."""
