"""`python -m tests.serve.alone FOLDER`: the server with stand-in models in a process of its own, until its input ends.

Prints port and token. For tests that ask what the server alone costs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.serve.conftest import serving
from tests.serve.standins import FixedTranscriber, ScriptedModel

if __name__ == "__main__":
    with serving(Path(sys.argv[1]), ScriptedModel(), FixedTranscriber()) as served:
        print(served.port, served.token.current(), flush=True)
        sys.stdin.read()
