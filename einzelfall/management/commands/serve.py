import hashlib
import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections

from complaints.reports.models import Report
from einzelfall import embedded, supervision
from einzelfall.demo.staff import LOGINS

PORT_SECONDS = 3  # the processes of a site that was killed need a moment to let go of it
READY_SECONDS = 60


class Command(BaseCommand):
    help = "Runs the whole site on this machine: database, web server and background worker. Ctrl-C ends it."

    def handle(self, *args: Any, **options: Any) -> None:
        listener = take_port()
        try:
            self.prepare()
            self.serve(listener)
        except OperationalError as error:
            raise CommandError(f"DATABASE_URL: the database does not answer: {error}".strip()) from error
        except supervision.GaveUpError as error:
            raise CommandError(str(error)) from error
        except (KeyboardInterrupt, SystemExit):
            self.say("Einzelfall has stopped.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def prepare(self) -> None:
        """The tables, the static files, and the demo the first time."""
        collecting = collect_static_files()
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations')")
            if cursor.fetchone()[0] is None:
                self.say("Making the tables …")
        call_command("migrate", interactive=False, verbosity=0)
        loaded = settings.VAR / "demo-loaded"
        if not settings.PRODUCTION and not loaded.exists():
            if not Report.objects.exists():
                self.say("Loading the demo …")
                subprocess.run(this_program("demo"), cwd=settings.BASE_DIR, check=False)  # noqa: S603
            if Report.objects.exists():  # else it said what was wrong, and the next start tries again
                loaded.touch()
        connections.close_all()
        if collecting:
            if collecting.wait():
                raise supervision.GaveUpError("The static files could not be collected.")
            note_of_static_files().write_text(state_of_static_files())

    def serve(self, listener: socket.socket) -> None:
        member = embedded.membership()
        lock = (member.lock.fileno(),) if member and member.lock else ()
        web = (sys.executable, "-m", "gunicorn", "-c", "python:einzelfall.webserver")
        children = (
            supervision.Child(
                "web server",
                (*web, "--bind", f"fd://{listener.fileno()}"),
                settings.BASE_DIR,
                (listener.fileno(), *lock),
            ),
            supervision.Child("worker", this_program("worker"), settings.BASE_DIR, lock),
        )
        begun = time.monotonic()
        announced = False

        def watch() -> str:
            nonlocal announced
            if not announced and answers():
                announced = True
                return welcome()
            if not announced and time.monotonic() - begun > READY_SECONDS:
                raise supervision.GaveUpError("The web server does not answer; the site stops.")
            return "The database had died and was started again." if member and member.revive() else ""

        for child in children:
            child.start()
        supervision.run(children, watch, self.say)


def this_program(command: str) -> tuple[str, ...]:
    return (sys.executable, str(Path(settings.BASE_DIR, "manage.py")), command)


def collect_static_files() -> subprocess.Popen[bytes] | None:
    """Begins to collect and compress them, a matter of many seconds, where they changed since the last start."""
    note = note_of_static_files()
    if note.exists() and note.read_text() == state_of_static_files():
        return None
    note.unlink(missing_ok=True)
    command = (*this_program("collectstatic"), "--no-input", "--verbosity=0")
    return subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603


def note_of_static_files() -> Path:
    return Path(settings.VAR, "static.state")


def state_of_static_files() -> str:
    """A digest of our own files' names, sizes and times, and of the lock, which settles the packages' files."""
    digest = hashlib.sha256(Path(settings.BASE_DIR, "uv.lock").read_bytes())
    for path in sorted(Path(settings.BASE_DIR, "static").rglob("*")):
        digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def take_port() -> socket.socket:
    """The bound socket of the site, handed to gunicorn: whoever has it has the port."""
    host = settings.BIND.strip("[]")
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    deadline = time.monotonic() + PORT_SECONDS
    while True:
        try:
            listener.bind((host, settings.PORT))
            listener.listen(1024)  # binding alone does not say that another one listens
        except OSError as error:
            if time.monotonic() > deadline:
                raise CommandError(
                    f"Port {settings.PORT} on {host} cannot be used ({error.strerror}). "
                    f"Stop the other program, or choose another port: make run PORT={settings.PORT % 65535 + 1}"
                ) from error
            time.sleep(0.2)
        else:
            return listener


def answers() -> bool:
    """Whether the web server answers anything at all by now."""
    host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(settings.BIND, settings.BIND)  # noqa: S104
    page = http.client.HTTPConnection(host, settings.PORT, timeout=5)
    try:
        page.request("GET", "/healthz")
        return bool(page.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        page.close()


def welcome() -> str:
    """Where the site is and, outside of production, who may log in."""
    host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(settings.BIND, settings.BIND)  # noqa: S104
    lines = ["", f"Einzelfall runs on http://{host}:{settings.PORT}/ – Ctrl-C ends it."]
    if not settings.PRODUCTION:
        lines.append("Demo log-ins for /intern/:")
        lines += [f"  {login.username:<16} {login.password:<20} {login.says}" for login in LOGINS]
    return "\n".join(lines) + "\n"
