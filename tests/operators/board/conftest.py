"""What the tests of the answer board share."""

import pytest

from operators.board.models import Snapshot


@pytest.fixture(autouse=True)
def no_snapshot(db: None) -> None:
    """A tick in another process may have left figures of an empty site."""
    Snapshot.objects.all().delete()
