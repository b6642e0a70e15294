"""The map's background work."""

from django_tasks import task

from complaints.maps.actions import fold_changes

BATCH = 2000


def fold_all() -> int:
    """Folds until nothing waits; returns how many changes were folded."""
    folded = 0
    while (count := fold_changes(BATCH)) > 0:
        folded += count
        if count < BATCH:
            break
    return folded


@task()
def fold() -> None:
    """Brings the packed tiles up to date."""
    fold_all()
