"""The release's side of updates: makes the keys, signs what a release has, and renews the date. Not part of the program.

    python packaging/updates.py keys KEYS SITE         once: new keys in KEYS, and SITE/1.root.json
    python packaging/updates.py release KEYS SITE DIST tell of the installers in DIST as the newest version
    python packaging/updates.py renew KEYS SITE        a new date on what was told last, before the old one expires

KEYS is a folder outside the repository: root.pem and releases.pem belong on a medium in a drawer, date.pem may lie where
`renew` runs each week. NUNCHI_UPDATES_PASSWORD encrypts them. SITE is what the address in desktop/updates/source.toml shows.
After `keys`, copy SITE/1.root.json to desktop/updates/root.json: programs built from then on can ask (docs/packaging.md).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

KEY_OF = {"root": "root", "targets": "releases", "snapshot": "date", "timestamp": "date"}
DAYS = {"root": 365 * 3, "targets": 365, "snapshot": 30, "timestamp": 30}
"""how long each is believed. A program that hears nothing newer for so long says so instead of believing the old"""
INSTALLERS = {
    "windows-x64": re.compile(r"Nunchi-(?P<version>[\w.]+)-x64-setup\.exe"),
    "macos-arm64": re.compile(r"Nunchi-(?P<version>[\w.]+)-arm64\.dmg"),
    "linux-deb": re.compile(r"nunchi_(?P<version>[\w.]+)_amd64\.deb"),
    "linux-appimage": re.compile(r"Nunchi-(?P<version>[\w.]+)-x86_64\.AppImage"),
}
VARIABLE = "NUNCHI_UPDATES_PASSWORD"


def main() -> int:
    match sys.argv[1:]:
        case ["keys", keys, site]:
            make_keys(Path(keys), Path(site))
        case ["release", keys, site, dist]:
            release(Path(keys), Path(site), Path(dist))
        case ["renew", keys, site]:
            renew(Path(keys), Path(site))
        case _:
            print(__doc__)
            return 2
    return 0


def make_keys(keys: Path, site: Path) -> None:
    """Three Ed25519 keys, and the first root. Errors: `FileExistsError`; keys are never overwritten."""
    keys.mkdir(parents=True, exist_ok=True)
    site.mkdir(parents=True, exist_ok=True)
    password = os.environ.get(VARIABLE, "")
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    for name in dict.fromkeys(KEY_OF.values()):
        told = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
        path = keys / f"{name}.pem"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(told)
    root = Root(expires=_until("root"), consistent_snapshot=True)
    for role, name in KEY_OF.items():
        root.add_key(_signer(keys, name).public_key, role)
    _write(site / "1.root.json", root, keys)


def release(keys: Path, site: Path, dist: Path) -> None:
    """The installers in `dist` are the newest version now; earlier ones stay listed, so that nobody's download breaks."""
    found: dict[str, str] = {}
    versions = set()
    targets = _newest(site, "targets")
    if targets is None:
        targets = Targets(version=1)
        targets.version = 0
    for path in sorted(dist.iterdir()):
        for kind, pattern in INSTALLERS.items():
            if told := pattern.fullmatch(path.name):
                versions.add(told["version"])
                found[kind] = f"v{told['version']}/{path.name}"
                targets.targets[found[kind]] = TargetFile.from_file(found[kind], str(path), ["sha256"])
    if len(versions) != 1:
        raise SystemExit(f"one version is wanted in {dist}, found: {sorted(versions)}")
    told_list = json.dumps({"newest": {"version": versions.pop(), "installers": found}}, indent=1).encode()
    (site / "targets").mkdir(exist_ok=True)
    (site / "targets" / "releases.json").write_bytes(told_list)
    targets.targets["releases.json"] = TargetFile.from_data("releases.json", told_list, ["sha256"])
    targets.version += 1
    targets.expires = _until("targets")
    _write(site / f"{targets.version}.targets.json", targets, keys)
    _tell(keys, site, targets.version)


def renew(keys: Path, site: Path) -> None:
    targets = _newest(site, "targets")
    if targets is None:
        raise SystemExit("nothing was released yet")
    _tell(keys, site, targets.version)


def _tell(keys: Path, site: Path, targets: int) -> None:
    """Snapshot and timestamp, one further than the last, about that version of the targets."""
    last = _newest(site, "snapshot")
    version = (last.version if last else 0) + 1
    snapshot = Snapshot(version=version, expires=_until("snapshot"))
    snapshot.meta["targets.json"] = MetaFile(targets)
    _write(site / f"{version}.snapshot.json", snapshot, keys)
    stamp = Timestamp(version=version, expires=_until("timestamp"))
    data = (site / f"{version}.snapshot.json").read_bytes()
    stamp.snapshot_meta = MetaFile(version, len(data), {"sha256": hashlib.sha256(data).hexdigest()})
    _write(site / "timestamp.json", stamp, keys)


def _newest(site: Path, role: str) -> Any:
    """What was signed last for a role, or None."""
    told = [(int(path.name.partition(".")[0]), path) for path in site.glob(f"*.{role}.json")]
    return Metadata.from_bytes(max(told)[1].read_bytes()).signed if told else None


def _write(path: Path, signed: Root | Targets | Snapshot | Timestamp, keys: Path) -> None:
    told = Metadata(signed)
    told.sign(_signer(keys, KEY_OF[signed.type]))
    path.write_bytes(told.to_bytes(JSONSerializer(compact=True)))


def _signer(keys: Path, name: str) -> CryptoSigner:
    password = os.environ.get(VARIABLE, "").encode() or None
    return CryptoSigner(load_pem_private_key((keys / f"{name}.pem").read_bytes(), password))  # type: ignore[arg-type]


def _until(role: str) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=DAYS[role])


if __name__ == "__main__":
    sys.exit(main())
