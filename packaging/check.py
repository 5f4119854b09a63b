"""run the packaged program offline, and see that it misses nothing"""

from __future__ import annotations

import subprocess
import sys

from contents import BUNDLE, ROOT


def main() -> int:
    if not BUNDLE.is_dir():
        print("    ✗ no bundle: python packaging/build.py bundle")
        return 1
    command = [sys.executable, "-m", "pytest", "tests/packaging", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
