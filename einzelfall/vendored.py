"""Browser files taken from npm packages: what is pinned, and the checksums that say so.

Leaflet comes with django-leaflet. `manage.py vendor_assets` copies the files named here to
static/vendor/NAME-VERSION/ with their licence; `manifest.json` there holds the SHA-256 of each.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from einzelfall.npm import Package

MANIFEST = "manifest.json"
_SOURCE_MAP = re.compile(rb"\n//# sourceMappingURL=\S+\s*$")


@dataclass(frozen=True)
class Vendored:
    """A package and the paths of its files that are copied, flat, to `folder`."""

    package: Package
    files: tuple[str, ...]

    @property
    def folder(self) -> str:
        return f"{self.package.name.rpartition('/')[2]}-{self.package.version}"


VENDORED = (
    # solves the proof of work of a report that waits
    Vendored(
        Package(
            "altcha",
            "3.2.2",
            "yNITQaRSkRe0u/hMxdzoXFFqxqn9iDt1rJ0reREU3D3uDD3w1oFz6v5C2PMww2XnGThtYUwe8MW+PxsiBglNqw==",
        ),
        ("LICENSE.txt", "dist/workers/pbkdf2.js"),
    ),
    # reads PMTiles basemaps where an operator sets PMTILES
    Vendored(
        Package(
            "protomaps-leaflet",
            "5.1.0",
            "N0YY1Gbw5nZ9n8VUOvwHKm/w3zhTTuaZEeMZl8doHemeM4ujGPp2otI6t4Sgqrz8iM4svx2rpG1Q17rHkOWSaA==",
        ),
        ("LICENSE", "dist/protomaps-leaflet.js"),
    ),
    # the face of the pages and of the share pictures
    Vendored(
        Package(
            "@fontsource-variable/instrument-sans",
            "5.3.0",
            "u4gKbDBTNFGkg997tfQn3eHOhHuquWUFTRT/rwzuKtrxX5P2ekfs2x+LgBPP4P32+cC+vUwF1Cr+IdRoPQbrGw==",
        ),
        ("LICENSE", "files/instrument-sans-latin-wght-normal.woff2"),
    ),
)


def copy(vendored: Vendored, source: Path, target: Path) -> None:
    """Writes the files of an unpacked package and their manifest to `target`.

    The last line that names a source map is cut off: the static files storage would look for the map and refuse.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name in vendored.files:
        content = (source / name).read_bytes()
        if name.endswith(".js"):
            content = _SOURCE_MAP.sub(b"\n", content)
        (target / Path(name).name).write_bytes(content)
    digests = {path.name: digest(path) for path in sorted(target.iterdir()) if path.name != MANIFEST}
    package = f"{vendored.package.name}@{vendored.package.version}"
    manifest = {"package": package, "integrity": f"sha512-{vendored.package.integrity}", "sha256": digests}
    (target / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
