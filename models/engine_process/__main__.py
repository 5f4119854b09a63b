"""`python -m models.engine_process`: started by process.py only; speaks to its parent over its standard streams."""

import sys

from models.engine_process.child import main

if __name__ == "__main__":
    sys.exit(main())
