"""Imports that take long run in a thread of this process; pages ask how far they are."""

from __future__ import annotations

import logging
import threading
import traceback
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask
from flask_babel import force_locale

from app.core import clock
from app.core.access.actor import Actor
from app.core.refusals import NotThere, Refusal, Refused
from app.core.words import station_kind

from .stages import Overtaken, claim, go_on, stop

log = logging.getLogger(__name__)
_EXTENSION = "imports_under_way"


@dataclass
class Job:
    """How far one import is."""

    done: int = 0
    total: int = 0

    def tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total


@dataclass
class Jobs:
    """The imports that this process works on."""

    app: Flask
    running: dict[int, Job] = field(default_factory=dict)
    threads: dict[int, threading.Thread] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, actor: Actor, import_id: int, step: str, reason: str = "") -> bool:
        """Start a stage; two clicks at once start it once. Raises NotThere."""
        return claim(actor, import_id, step, reason) and self._start(actor, import_id, step)

    def again(self, actor: Actor, import_id: int, step: str) -> bool:
        """Start a stage once more that was cut off: where another process is at it after all, this one steps back."""
        return self._start(actor, import_id, step)

    def wait(self, import_id: int) -> None:
        """Until the import's thread, if there is one, has ended."""
        if (thread := self.threads.get(import_id)) is not None:
            thread.join()

    def _start(self, actor: Actor, import_id: int, step: str) -> bool:
        with self.lock:
            if import_id in self.running:
                return False
            job = self.running[import_id] = Job()
            thread = threading.Thread(
                target=self._work,
                args=(actor, import_id, step, job, station_kind.get(), clock.now()),
                name=f"import {import_id}",
                daemon=True,
            )
            self.threads[import_id] = thread
            thread.start()
        return True

    def _work(self, actor: Actor, import_id: int, step: str, job: Job, kind: str, moment: datetime) -> None:
        """One moment for the whole import, as for a request; the station's words go along."""
        station_kind.set(kind)
        try:
            with self.app.app_context(), force_locale("zh"), clock.clock_at(moment):
                _go(actor, import_id, step, job)
        finally:
            with self.lock:
                del self.running[import_id]
                del self.threads[import_id]


def _go(actor: Actor, import_id: int, step: str, job: Job) -> None:
    try:
        go_on(actor, import_id, step, job.tell)
    except Overtaken:
        return
    except NotThere:
        stop(import_id, step, [Refusal("import_over").sentence()])
    except Refused as refused:
        stop(import_id, step, [refusal.sentence() for refusal in refused.refusals])
    except Exception as error:  # noqa: BLE001 - the thread's end: nobody above would tell the user
        frames = "".join(traceback.format_tb(error.__traceback__))  # without the message: it may name values of the file
        log.error("Import %s stopped while %s: %s\n%s", import_id, step, type(error).__name__, frames)
        stop(import_id, step, [Refusal("import_broke").sentence()])


def jobs_of(app: Flask) -> Jobs:
    jobs: Jobs = app.extensions.setdefault(_EXTENSION, Jobs(app))
    return jobs
