"""How much one caller may ask for, and how much works at the same time."""

from __future__ import annotations

import asyncio
import contextvars
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from assistant.api.access import Caller
from assistant.api.problems import BUSY, RATE_LIMITED, TIME_LIMIT, ProblemError
from assistant.settings import LimitSettings

Result = TypeVar("Result")


class RateLimiter:
    """Counts requests of each key or login in a sliding minute and day; the machine's owner is free."""

    def __init__(self, settings: LimitSettings) -> None:
        self._settings = settings
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count(self, caller: Caller, cost: int = 1) -> dict[str, str]:
        """Count `cost` requests and return the RateLimit headers for the response. Raises a 429 problem.

        The headers are those of draft-ietf-httpapi-ratelimit-headers: policy `q` requests in `w` seconds, `r`
        of them left, and `t` seconds until there are more.
        """
        policies = self._policies(caller)
        who = caller.owner
        allowed = all(self._counter.test(item, who, cost=cost) for _, item in policies)
        shown, wait = [], 1
        for name, item in policies:
            if allowed:
                self._counter.hit(item, who, cost=cost)
            window = self._counter.get_window_stats(item, who)
            seconds = max(0, math.ceil(window.reset_time - time.time()))
            shown.append(f'"{name}";r={max(0, window.remaining)};t={seconds}')
            if window.remaining < cost:
                wait = max(wait, seconds)
        quotas = (f'"{name}";q={item.amount};w={item.get_expiry()}' for name, item in policies)
        headers = {"RateLimit-Policy": ", ".join(quotas), "RateLimit": ", ".join(shown)} if policies else {}
        if not allowed:
            raise ProblemError(
                RATE_LIMITED,
                f"The key's limit is used up. Try again in {wait} s.",
                headers={**headers, "Retry-After": str(wait)},
            )
        return headers

    def _policies(self, caller: Caller) -> list[tuple[str, RateLimitItem]]:
        if caller.kind == "local":
            return []
        minute = self._settings.per_minute if caller.per_minute is None else caller.per_minute
        day = self._settings.per_day if caller.per_day is None else caller.per_day
        found: list[tuple[str, RateLimitItem]] = []
        if minute:
            found.append(("minute", RateLimitItemPerMinute(minute)))
        if day:
            found.append(("day", RateLimitItemPerDay(day)))
        return found


class Workers:
    """Threads for the synchronous core, a bounded queue before them, a time limit on each work.

    A thread cannot be stopped: work that is over its time keeps its place until it ends, so that work in
    excess cannot pile up behind timeouts.
    """

    def __init__(self, settings: LimitSettings) -> None:
        self._most = settings.concurrency + settings.queue
        self._seconds = settings.request_seconds
        self._pool = ThreadPoolExecutor(settings.concurrency, thread_name_prefix="asking")
        self._lock = threading.Lock()
        self._pending = 0

    @property
    def pending(self) -> int:
        """How many pieces of work are running or waiting."""
        return self._pending

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do `work` in a thread. Raises a 503 problem when the queue is full, 504 when it takes too long."""
        with self._lock:
            if self._pending >= self._most:
                raise ProblemError(
                    BUSY,
                    "The server is working on as much as it can. Try again shortly.",
                    headers={"Retry-After": "1"},
                )
            self._pending += 1
        try:
            future = self._pool.submit(contextvars.copy_context().run, work)
        except RuntimeError as error:  # shut down
            self._settled(None)
            raise ProblemError(
                BUSY, "The server is stopping. Try again shortly.", headers={"Retry-After": "5"}
            ) from error
        future.add_done_callback(self._settled)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds)
        except TimeoutError as error:
            if future.done() and not future.cancelled():
                raise  # the work itself raised it
            raise ProblemError(
                TIME_LIMIT,
                f"The answer took over {self._seconds:g} s. Ask a shorter question, or fewer at once.",
            ) from error

    def close(self) -> None:
        """Let running work end and start no more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _settled(self, _: Future[Result] | None) -> None:
        with self._lock:
            self._pending -= 1
