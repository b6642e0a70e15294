"""What the places' tests share: data they load stays theirs."""

from collections.abc import Iterator

import pytest

from complaints.places import atlas


@pytest.fixture
def other_data(db: None) -> Iterator[None]:
    """For tests that change place data: afterwards this process has in memory again what the database holds."""
    known = atlas.current()
    yield
    atlas._Memory.atlas = known
