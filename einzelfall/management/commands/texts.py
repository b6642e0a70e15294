from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from einzelfall import catalogues


class Command(BaseCommand):
    help = "Collects the texts of templates and Python into locale/ and compiles them; needs GNU gettext."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where a text lacks a translation"
        )
        parser.add_argument("--compile", action="store_true", help="only compile what was translated; needs no gettext")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        if options["compile"]:
            catalogues.compile_all(root)
        elif options["check"]:
            self.check_texts(root)
        else:
            if missing := catalogues.missing_tools():
                raise CommandError(f"GNU gettext is missing ({', '.join(missing)}): apt-get install gettext")
            collected = catalogues.collect(root)
            catalogues.save(root, collected)
            for fault in (
                fault for language, texts in collected.items() for fault in catalogues.faults(language, texts)
            ):
                self.stdout.write(fault)

    def check_texts(self, root: Path) -> None:
        stored = catalogues.stored(root)
        wrong = [fault for language, texts in stored.items() for fault in catalogues.faults(language, texts)]
        for language, texts in stored.items():
            if catalogues.catalogue(root, language).with_suffix(".mo").read_bytes() != catalogues.compiled(texts):
                wrong.append(f"{language}: the compiled texts are older than the others: make texts")
        if catalogues.missing_tools():
            self.stderr.write("GNU gettext is missing, so new texts are not looked for: apt-get install gettext")
        else:
            wanted = catalogues.collect(root)
            for language, texts in stored.items():
                wrong += catalogues.differences(language, texts, wanted[language])
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write("All texts are translated.")
