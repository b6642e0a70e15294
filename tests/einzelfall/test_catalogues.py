import shutil
from pathlib import Path

import polib
import pytest

from einzelfall import catalogues

ROOT = Path(__file__).resolve().parents[2]
needs_gettext = pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs GNU gettext")


def entry(msgid: str, msgstr: str, place: str, **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, occurrences=[(place, "")], **more)


def faults(language: str, *entries: polib.POEntry) -> list[str]:
    texts = polib.POFile()
    texts.extend(entries)
    return list(catalogues.faults(language, texts))


def test_german_of_templates_needs_english() -> None:
    text = entry("Melden", "", "templates/home.html")
    assert faults("en", text) == ["en: not translated: 'Melden' (templates/home.html)"]
    assert faults("de", text) == []


def test_english_of_python_needs_german() -> None:
    text = entry("Report", "", "complaints/reports/models.py")
    assert faults("de", text) == ["de: not translated: 'Report' (complaints/reports/models.py)"]
    assert faults("en", text) == []


def test_a_text_in_both_needs_both() -> None:
    text = entry("Report", "", "templates/home.html")
    text.occurrences.append(("complaints/reports/models.py", ""))
    assert faults("de", text)
    assert faults("en", text)


def test_a_plural_needs_all_its_forms() -> None:
    text = entry("%(n)s Fall", "", "a.html", msgid_plural="%(n)s Fälle", msgstr_plural={0: "one case", 1: ""})
    assert faults("en", text)
    text.msgstr_plural = {0: "one case", 1: "%(n)s cases"}
    assert not faults("en", text)


def test_guesses_and_lost_blanks_are_faults() -> None:
    assert faults("en", entry("Melden", "Report", "a.html", flags=["fuzzy"])) == ["en: only guessed: 'Melden'"]
    assert faults("de", entry("case/<int:number>/", "fall/", "urls.py"))
    assert faults("de", entry("%(count)s cases", "%(zahl)s Fälle", "a.py"))


def test_a_percent_sign_beside_placeholders_is_doubled() -> None:
    original = "95 %%-Bereich %(low)s"
    assert faults("en", entry(original, "95% range %(low)s", "a.html"))
    assert not faults("en", entry(original, "95%% range %(low)s", "a.html"))
    assert not faults("en", entry("95 %%-Bereich", "95 %% range", "a.html"))


def a_project(root: Path) -> Path:
    (root / "templates").mkdir()
    (root / "templates" / "home.html").write_text("{% load i18n %}{% translate 'Melden' %}")
    (root / "complaints").mkdir()
    (root / "complaints" / "forms.py").write_text(
        'from x import pgettext_lazy as _p\n_p("address", "map/")\n_t("Wrong")\n'
    )
    return root


@needs_gettext
def test_it_collects_texts_and_keeps_translations(tmp_path: Path) -> None:
    root = a_project(tmp_path)
    catalogues.save(root, catalogues.collect(root))
    german = catalogues.stored(root)["de"]
    assert {(text.msgctxt, text.msgid) for text in german} == {(None, "Melden"), ("address", "map/"), (None, "Wrong")}
    german.find("Wrong").msgstr = "Falsch"
    catalogues.save(root, catalogues.stored(root) | {"de": german})
    (root / "complaints" / "forms.py").write_text('_t("Wrong")\n_t("New")\n')
    collected = catalogues.collect(root)["de"]
    assert collected.find("Wrong").msgstr == "Falsch"
    assert list(catalogues.differences("de", german, collected)) == [
        "de: not collected yet: 'New'",
        "de: no longer used: 'map/'",
    ]


@needs_gettext
def test_collecting_twice_changes_nothing(tmp_path: Path) -> None:
    root = a_project(tmp_path)
    catalogues.save(root, catalogues.collect(root))
    before = catalogues.catalogue(root, "de").read_bytes()
    catalogues.save(root, catalogues.collect(root))
    assert catalogues.catalogue(root, "de").read_bytes() == before


@pytest.mark.parametrize("language", catalogues.NEEDED_BY)
def test_the_compiled_texts_are_those_of_the_catalogue(language: str) -> None:
    compiled = catalogues.catalogue(ROOT, language).with_suffix(".mo").read_bytes()
    assert compiled == catalogues.compiled(catalogues.stored(ROOT)[language])
