"""A version that can be had, as the signed list of releases tells it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

from models.fetch.problems import DownloadRefused

LIST = "releases.json"
"""{"newest": {"version": "0.2.0", "installers": {"windows-x64": "v0.2.0/Nunchi-0.2.0-x64-setup.exe", …}}}"""
LARGEST_LIST = 1 << 16
_PATH = re.compile(r"[A-Za-z0-9._-]{1,60}/[A-Za-z0-9][A-Za-z0-9._-]{0,100}")


@dataclass(frozen=True)
class Release:
    version: str
    path: str
    """of its installer, below the address of the installers"""

    @property
    def file(self) -> str:
        return self.path.rpartition("/")[2]


def newer(told: bytes, installed_as: str, version: str) -> Release | None:
    """The release in a list that is newer than `version` and has an installer for this kind of copy, or None.

    Errors: `DownloadRefused("update_list_broken")`.
    """
    try:
        newest = json.loads(told)["newest"]
        offered, here = Version(newest["version"]), Version(version)
        path = newest["installers"].get(installed_as)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidVersion) as error:
        raise DownloadRefused("update_list_broken") from error
    if path is None or offered <= here or (offered.is_prerelease and not here.is_prerelease):
        return None
    if not isinstance(path, str) or not _PATH.fullmatch(path) or ".." in path:
        raise DownloadRefused("update_list_broken")
    return Release(str(offered), path)
