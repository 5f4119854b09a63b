"""the bill of materials: what is in the bundle, as CycloneDX JSON"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import uuid
from pathlib import Path

from contents import DIST, INSIDE, licence, lock_file, this_system, version
from shipped import Part, parts

KINDS = {
    "package": "library",
    "native": "library",
    "model": "machine-learning-model",
    "data": "data",
    "font": "data",
}

_SPDX = {
    "MIT License": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "LGPLv2+": "LGPL-2.1-or-later",
    "LGPLv3": "LGPL-3.0-only",
    "Intel Simplified Software License": "LicenseRef-ISSL",
    "MIT (ICU)": "ICU",
}
"""what older packages write for licences that SPDX has a name for; python-xlib's LICENSE is the LGPL 2.1"""


def bill(inside: Path) -> dict[str, object]:
    """CycloneDX 1.6. The serial number follows from the contents, so that the same build gives the same bill."""
    components = [component(part, inside) for part in parts(inside)]
    digest = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).digest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "nunchi",
                "name": "nunchi",
                "version": version(),
                "licenses": [{"expression": licence()}],
            }
        },
        "components": components,
        "dependencies": [{"ref": "nunchi", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def component(part: Part, inside: Path) -> dict[str, object]:
    told: dict[str, object] = {
        "type": KINDS[part.kind],
        "name": part.name,
        "bom-ref": f"{part.kind}:{part.name}",
    }
    if part.version:
        told["version"] = part.version
    if part.kind == "package":
        told["purl"] = f"pkg:pypi/{re.sub(r'[-_.]+', '-', part.name).lower()}@{part.version}"
    if part.kind in {"model", "data"}:
        told["hashes"] = [
            {"alg": "SHA-256", "content": _folder_digest(inside / "models" / "bundled" / part.name)}
        ]
    if part.licence:
        told["licenses"] = [licensed(part.licence)]
    if part.source.startswith("https://"):
        told["externalReferences"] = [{"type": "distribution", "url": part.source}]
    return told


def licensed(told: str) -> dict[str, object]:
    """As an expression where SPDX knows every name in it, else as its authors wrote it."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        return {"expression": canonicalize_license_expression(_SPDX.get(told, told))}
    except InvalidLicenseExpression:
        return {"license": {"name": told}}


def _folder_digest(folder: Path) -> str:
    """Over the model's manifest, which lists the digest of each of its files; else over its files."""
    manifest = folder / "manifest.json"
    files = [manifest] if manifest.exists() else sorted(path for path in folder.iterdir() if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def main() -> int:
    told = bill(INSIDE)
    DIST.mkdir(exist_ok=True)
    target = DIST / f"nunchi_{version()}_{this_system()}.cdx.json"
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    target.write_text(text, encoding="utf-8", newline="\n")
    lock = lock_file(this_system())
    (DIST / f"nunchi_{version()}_{lock.name.replace('.txt', '.requirements.txt')}").write_bytes(
        lock.read_bytes()
    )
    print(f"    · {target.name}: {len(told['components'])} components")  # type: ignore[arg-type]
    return 0


if __name__ == "__main__":
    sys.exit(main())
