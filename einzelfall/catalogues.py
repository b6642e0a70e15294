"""The message catalogues: collect the texts, compile them, and find what lacks a translation.

Texts in templates are German and need English, texts in Python are English and need German: where one occurs decides.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import polib
from django.core.management import call_command
from django.core.management.commands import makemessages

SOURCES = ("templates", "complaints", "operators", "einzelfall")
KINDS = (".html", ".txt", ".svg", ".py")
NEEDED_BY = {"en": (".html", ".txt", ".svg"), "de": (".py",)}
GETTEXT = ("xgettext", "msgmerge", "msguniq", "msgattrib")
SHORT_NAMES = ("_t", "_n:1,2", "_p:1c,2")
BLANK = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}|<(?:int|str|slug|uuid|path):\w+>|%[sd]")
NAMED, STRAY = re.compile(r"%\(\w+\)"), re.compile(r"%(?!\(\w+\))")
"""A placeholder, and a percent sign that a text with placeholders would take for the beginning of one."""


class Collector(makemessages.Command):
    """Django's makemessages, which here guesses nothing and knows the short names we import gettext by."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    xgettext_options = [*makemessages.Command.xgettext_options, *(f"--keyword={name}" for name in SHORT_NAMES)]


def missing_tools() -> list[str]:
    return [tool for tool in GETTEXT if shutil.which(tool) is None]


def catalogue(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def collect(root: Path) -> dict[str, polib.POFile]:
    """The catalogues as they should be: today's texts, with the translations that exist; changes no file.

    Needs GNU gettext. Works on a copy, because gettext updates in place.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for source in SOURCES:
            for path in (root / source).rglob("*"):
                if path.suffix in KINDS and path.is_file():
                    target = copy / path.relative_to(root)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
        for language in NEEDED_BY:
            target = catalogue(copy, language)
            target.parent.mkdir(parents=True, exist_ok=True)
            if catalogue(root, language).exists():
                shutil.copyfile(catalogue(root, language), target)
        with chdir(copy):
            options = {
                "extensions": ["html", "txt", "svg", "py"],
                "add_location": "file",
                "no_obsolete": True,
                "verbosity": 0,
            }
            call_command(Collector(), locale=list(NEEDED_BY), **options)
        return {language: tidied(polib.pofile(str(catalogue(copy, language))), language) for language in NEEDED_BY}


def tidied(texts: polib.POFile, language: str) -> polib.POFile:
    """The catalogue with headers that do not change from day to day, in a stable order, unwrapped."""
    texts.header = ""
    texts.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    texts.metadata_is_fuzzy = False
    texts.wrapwidth = 118
    texts.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return texts


def save(root: Path, texts: dict[str, polib.POFile]) -> None:
    """Writes the catalogues and their compiled form, which is committed too: running the site needs no gettext."""
    for language, entries in texts.items():
        path = catalogue(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        entries.save(str(path))
    compile_all(root)


def compile_all(root: Path) -> None:
    """Writes the compiled form of the catalogues as they are."""
    for language, entries in stored(root).items():
        catalogue(root, language).with_suffix(".mo").write_bytes(compiled(entries))


def compiled(texts: polib.POFile) -> bytes:
    binary: bytes = texts.to_binary()
    return binary


def stored(root: Path) -> dict[str, polib.POFile]:
    return {language: polib.pofile(str(catalogue(root, language))) for language in NEEDED_BY}


def faults(language: str, texts: polib.POFile) -> Iterator[str]:
    """What is wrong with the translations of a catalogue, one sentence each."""
    for entry in texts:
        if entry.obsolete:
            continue
        needed = any(Path(place).suffix in NEEDED_BY[language] for place, _ in entry.occurrences)
        translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            yield f"{language}: only guessed: {entry.msgid!r}"
        elif needed and not all(translations):
            where = entry.occurrences[0][0]
            yield f"{language}: not translated: {entry.msgid!r} ({where})"
        elif any(translations) and not same_blanks(entry, translations):
            yield f"{language}: other blanks than the original: {entry.msgid!r}"
        elif any(NAMED.search(text) and STRAY.search(text.replace("%%", "")) for text in translations):
            yield f"{language}: a percent sign that must be doubled: {entry.msgid!r}"


def same_blanks(entry: polib.POEntry, translations: list[str]) -> bool:
    """Whether each translation has the placeholders of the text; a singular may do without its number."""
    allowed = blanks(entry.msgid) | blanks(entry.msgid_plural)
    if entry.msgid_plural:
        return all(blanks(text) <= allowed for text in translations) and blanks(translations[-1]) == allowed
    return all(blanks(text) == allowed for text in translations)


def blanks(text: str) -> set[str]:
    return {found.group(0) for found in BLANK.finditer(text)}


def differences(language: str, now: polib.POFile, wanted: polib.POFile) -> Iterator[str]:
    """Texts that the code has and the catalogue lacks, and the other way round."""
    have, want = ({(entry.msgctxt, entry.msgid) for entry in texts if not entry.obsolete} for texts in (now, wanted))
    for _, text in sorted(want - have, key=str):
        yield f"{language}: not collected yet: {text!r}"
    for _, text in sorted(have - want, key=str):
        yield f"{language}: no longer used: {text!r}"
