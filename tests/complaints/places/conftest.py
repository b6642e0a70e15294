"""The places' tests load other data: what this process keeps in memory is given up before and after each of them."""

from collections.abc import Iterator

import pytest

from complaints.places import atlas


@pytest.fixture
def other_data(db: None) -> Iterator[None]:
    """For tests that change place data: nobody sees it afterwards."""
    yield
    atlas.forget()
