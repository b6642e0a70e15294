"""Files of others are those that were pinned."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from einzelfall.npm import Package, PackageError, fetch
from einzelfall.vendored import MANIFEST, VENDORED, Vendored, copy, digest

ROOT = Path(settings.BASE_DIR, "static/vendor")


def test_it_has_exactly_the_pinned_folders() -> None:
    assert {path.name for path in ROOT.iterdir()} == {vendored.folder for vendored in VENDORED}


@pytest.mark.parametrize("vendored", VENDORED, ids=lambda vendored: vendored.folder)
def test_it_has_the_files_whose_checksums_are_kept(vendored: Vendored) -> None:
    folder = ROOT / vendored.folder
    manifest = json.loads((folder / MANIFEST).read_text())
    assert manifest["integrity"] == f"sha512-{vendored.package.integrity}"
    assert manifest["sha256"] == {path.name: digest(path) for path in folder.iterdir() if path.name != MANIFEST}
    assert {Path(name).name for name in vendored.files} == set(manifest["sha256"])
    assert any(name.upper().startswith("LICENSE") for name in manifest["sha256"])


def test_it_cuts_off_the_name_of_a_source_map(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("x();\n//# sourceMappingURL=a.js.map")
    copy(Vendored(Package("a", "1", "x"), ("a.js",)), tmp_path, tmp_path / "out")
    assert (tmp_path / "out/a.js").read_text() == "x();\n"


def test_it_refuses_a_package_without_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PackageError):
        fetch(Package("a", "1", "x"), tmp_path)
