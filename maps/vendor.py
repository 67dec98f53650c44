"""Take the libraries of others into ``static/vendor``: ``python -m maps.vendor``.

Asks npm, wherever it is set up to look, for exact versions; copies the few files a page needs with
their licence, and writes their SHA-384 into ``manifest.json``. Run it only to change a version.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

from maps.assets import MANIFEST, digest

#: Package and version -> its files -> their name here.
PACKAGES = {
    "leaflet@1.9.4": {
        "dist/leaflet.js": "leaflet.js",
        "dist/leaflet.css": "leaflet.css",
        "LICENSE": "LICENSE.txt",
    },
}


def refresh() -> None:
    """Fetch every package, write its files and the manifest."""
    listed: dict[str, str] = {}
    for package, files in PACKAGES.items():
        for name, content in _fetch(package, files).items():
            target = MANIFEST.parent / package / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            listed[f"{package}/{name}"] = digest(content, "sha384")
    MANIFEST.write_text(json.dumps(listed, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _fetch(package: str, files: dict[str, str]) -> dict[str, bytes]:
    """Return the wanted files of a package by their name here; nothing else is unpacked."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True)  # noqa: S603, S607
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            found = {name: archive.extractfile(f"package/{one}") for one, name in files.items()}
            return {name: member.read() for name, member in found.items() if member}


if __name__ == "__main__":
    refresh()
