"""Who may touch the index when: one writing process at a time, and no search half-way through a change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusyError, IndexStoreError


class WriterLock:
    """Lets one thread of one process write. The operating system frees it when the process dies.

    May be taken again by the thread that holds it.
    """

    def __init__(self, path: Path, patience: float = 5.0) -> None:
        self._path = path
        self._patience = patience  # seconds that a writer waits for another process
        self._thread = threading.RLock()
        self._file = FileLock(path, thread_local=False)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the lock and hold it. Raises IndexBusyError when another process keeps it."""
        with self._thread:
            if not self._taken(self._patience):
                raise IndexBusyError(
                    f"Another process is writing to {self._path.parent}. Wait until it is done and try again."
                )
            try:
                yield
            finally:
                self._file.release()

    @contextmanager
    def held_if_free(self) -> Iterator[bool]:
        """Hold the lock if nobody else has it, without waiting; says whether it is held."""
        if not self._thread.acquire(blocking=False):
            yield False
            return
        try:
            if not self._taken(0):
                yield False
                return
            try:
                yield True
            finally:
                self._file.release()
        finally:
            self._thread.release()

    def _taken(self, patience: float) -> bool:
        """Try to take the file's lock for `patience` seconds."""
        try:
            self._file.acquire(timeout=patience)
        except Timeout:
            return False
        except OSError as error:
            raise IndexStoreError(
                f"{self._path.parent} cannot be written to ({error.strerror}). "
                "Make the folder writable for this user, or use another with --index."
            ) from error
        return True


class ReadWriteLock:
    """Any number of readers, or one writer. A waiting writer goes first, so searches cannot starve it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._writers_waiting = 0
        self._writing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold off writers. Not to be nested: a waiting writer would stop the inner reader for ever."""
        with self._changed:
            self._changed.wait_for(lambda: not self._writing and not self._writers_waiting)
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold off readers and other writers."""
        with self._changed:
            self._writers_waiting += 1
            self._changed.wait_for(lambda: not self._writing and not self._readers)
            self._writers_waiting -= 1
            self._writing = True
        try:
            yield
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()
