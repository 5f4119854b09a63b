"""asyncio for local sockets: D-Bus is all the program speaks through it, and its TLS would cost the tray 4.4 MB for good.

asyncio does without `ssl` where there is none. Whoever imported either before keeps what they have; `import ssl` works afterwards.
"""

from __future__ import annotations

import sys

if not {"asyncio", "ssl"} & sys.modules.keys():
    sys.modules["ssl"] = None  # type: ignore[assignment]  # Python's way to say that a module is not there
    try:
        import asyncio
    finally:
        del sys.modules["ssl"]
else:
    import asyncio

__all__ = ["asyncio"]
