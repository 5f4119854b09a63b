"""Getting a model from a hub: every byte checked against the hub's own hashes, all of it or nothing.

The door: `pull`. It is the only code of ours that talks to a machine other than this one, and only when asked.
"""

from models.fetch.hub import Hub
from models.fetch.patience import Patience
from models.fetch.problems import DownloadFailed, DownloadRefused
from models.fetch.progress import Progress
from models.fetch.pulling import Wanted, pull

__all__ = ["DownloadFailed", "DownloadRefused", "Hub", "Patience", "Progress", "Wanted", "pull"]
