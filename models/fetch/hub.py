"""The hub as far as we need it: which hosts we talk to, which files a model has, and their hashes.

Addresses and the form of the answers come from huggingface_hub. Its own requests are not used: they follow
redirects to any host and cannot be stopped; ours pass `Hub.check` one by one (line.py), redirected or not.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from assistant.errors import ModelMissing
from models.fetch.answers import setback_of, worth_retrying
from models.fetch.line import Line
from models.fetch.patience import persist
from models.fetch.problems import DownloadRefused
from models.names import UnsafeName, check_together, inner_path, runs_by_itself

PUBLIC = "https://huggingface.co"
# Where huggingface.co sends the bytes of large files: https://huggingface.co/.well-known/meta.json lists
# lfsDomains, cdnDomains and hubDomains, all of them below these two.
CDN = ("hf.co", "huggingface.co")
_LARGEST_ANSWER = 16 << 20  # bytes of JSON about one model
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class RemoteFile:
    """One file of a model: `sha256` for files in large storage, else `git_sha1` of the blob; hex."""

    path: str
    size: int
    sha256: str
    git_sha1: str


@dataclass(frozen=True)
class Plan:
    """What a pull will bring: the files of `repo` at `commit`, largest first."""

    repo: str
    commit: str
    files: tuple[RemoteFile, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class Hub:
    """Where models come from. `cdn` names the hosts (and all below them) it may redirect to, over https.

    A hub on loopback (a test, a tunnel) may speak plain http, and may name a CDN as «127.0.0.1:port».
    """

    endpoint: str = PUBLIC
    cdn: tuple[str, ...] = CDN

    @staticmethod
    def from_environment() -> Hub:
        """HF_ENDPOINT, else the public hub."""
        return Hub(os.environ.get("HF_ENDPOINT", "").strip().rstrip("/") or PUBLIC)

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).hostname or ""

    def check(self, url: str) -> None:
        """Errors: `DownloadRefused` for an address that is not the hub's or its CDN's, or not encrypted."""
        try:
            scheme, host, port = _origin(url)
            home = _origin(self.endpoint)
        except ValueError as error:
            raise DownloadRefused("download_other_host", host=url[:80]) from error
        local = host in _LOOPBACK and home[1] in _LOOPBACK
        if scheme != "https" and not (scheme == "http" and local):
            raise DownloadRefused("download_not_encrypted", host=host or scheme)
        if (host, port) == home[1:] or f"{host}:{port}" in self.cdn:
            return
        if not local and any(host == cdn or host.endswith(f".{cdn}") for cdn in self.cdn):
            return
        raise DownloadRefused("download_other_host", host=host)

    def model_url(self, repo: str, revision: str) -> str:
        return f"{self.endpoint}/api/models/{repo}/revision/{quote(revision, safe='')}?blobs=true"

    def file_url(self, repo: str, commit: str, path: str) -> str:
        from huggingface_hub import hf_hub_url

        return hf_hub_url(repo, path, revision=commit, endpoint=self.endpoint)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port


def plan(line: Line, repo: str, revision: str, patterns: tuple[str, ...]) -> Plan:
    """Ask the hub which files of `repo` match `patterns` (fnmatch on the whole path) at `revision`.

    Errors: `ModelMissing` hub_model_not_found, `DownloadRefused`, `DownloadFailed`, `Stopped`.
    """
    answer = persist(lambda: _ask(line, repo, revision), line.patience.brief(), line.stop)
    commit, listed = _parsed(answer, repo)
    if _COMMIT.fullmatch(revision) and commit != revision:
        raise DownloadRefused("hub_answer_broken", repo=repo)
    files = tuple(file for file in listed if _chosen(file.path, patterns))
    if not files:
        raise ModelMissing("hub_model_not_found", repo=repo, revision=revision)
    for file in files:
        _check_name(file.path)
    try:
        check_together(file.path for file in files)
    except UnsafeName as error:
        raise DownloadRefused("download_unsafe_name", file=error.name, reason=error.reason) from error
    return Plan(repo, commit, tuple(sorted(files, key=lambda file: (-file.size, file.path))))


def _ask(line: Line, repo: str, revision: str) -> bytes:
    import httpx2

    hub = line.hub
    try:
        with line.client.stream("GET", hub.model_url(repo, revision)) as response:
            if response.status_code in (401, 403, 404):  # the hub answers 401 for what does not exist
                raise ModelMissing("hub_model_not_found", repo=repo, revision=revision)
            worth_retrying(response, hub.host)
            body = bytearray()
            for chunk in response.iter_raw():
                body += chunk
                if len(body) > _LARGEST_ANSWER:
                    raise DownloadRefused("hub_answer_broken", repo=repo)
            return bytes(body)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise setback_of(error, hub.host) from error


def _parsed(answer: bytes, repo: str) -> tuple[str, list[RemoteFile]]:
    from huggingface_hub.hf_api import ModelInfo

    try:
        info = ModelInfo(**json.loads(answer))
        if not _COMMIT.fullmatch(info.sha or ""):
            raise ValueError("no commit")
        return info.sha, [_remote(sibling) for sibling in info.siblings or ()]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DownloadRefused("hub_answer_broken", repo=repo) from error


def _remote(sibling: object) -> RemoteFile:
    lfs = getattr(sibling, "lfs", None)
    sha256, blob = getattr(lfs, "sha256", "") or "", getattr(sibling, "blob_id", "") or ""
    size = lfs.size if lfs else sibling.size  # type: ignore[attr-defined]
    if type(size) is not int or size < 0 or not isinstance(sibling.rfilename, str):  # type: ignore[attr-defined]
        raise ValueError("a file without a size")
    if lfs and not _SHA256.fullmatch(sha256):
        raise ValueError("a large file without its hash")
    if not lfs and not _COMMIT.fullmatch(blob):
        raise ValueError("a file without its hash")
    return RemoteFile(sibling.rfilename, size, sha256, "" if lfs else blob)  # type: ignore[attr-defined]


def _chosen(path: str, patterns: tuple[str, ...]) -> bool:
    """A `*` does not reach into folders: what a pattern means to bring is what a person can read in it."""
    if runs_by_itself(path):
        return False
    return any(fnmatch.fnmatchcase(path, wish) and path.count("/") == wish.count("/") for wish in patterns)


def _check_name(path: str) -> None:
    try:
        inner_path(path)
    except UnsafeName as error:
        raise DownloadRefused("download_unsafe_name", file=error.name, reason=error.reason) from error
