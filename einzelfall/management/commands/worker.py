import logging
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from complaints.maps.tasks import fold_all
from einzelfall import jobs

log = logging.getLogger("einzelfall.worker")

PAUSE_SECONDS = 1.0
TICK_SECONDS = 60.0
RETRY_SECONDS = 3.0


class Command(BaseCommand):
    help = "Works off the task queue, folds new reports every second and ticks every minute. Ends on SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        self.ending = self.resting = False
        self.next_tick = 0.0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.end)
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)  # it reports every empty queue
        while not self.ending:
            pause = self.round()
            self.resting = True
            if not self.ending:
                time.sleep(pause)
            self.resting = False

    def end(self, *_: object) -> None:
        """Finishes what is at work; ends at once where nothing is."""
        self.ending = True
        if self.resting:
            raise SystemExit(0)

    def round(self) -> float:
        """Does what there is to do; returns how many seconds to rest."""
        try:
            queue().run()
            if not self.ending:
                fold_all()
            if not self.ending and time.monotonic() >= self.next_tick:
                self.next_tick = time.monotonic() + TICK_SECONDS
                jobs.run_due()
        except (OperationalError, InterfaceError) as error:
            log.warning("The database does not answer; trying again in %g seconds: %s", RETRY_SECONDS, error)
            connections.close_all()
            return RETRY_SECONDS
        return PAUSE_SECONDS


def queue() -> Worker:
    """A worker of the queue that returns when the queue is empty."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=100,  # then reports are folded again
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
