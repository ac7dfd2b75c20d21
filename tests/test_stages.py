"""The benchmark of stages: each stage has its own time, and nothing stays watched."""

from __future__ import annotations

import contextlib
import itertools

import stages


def test_the_outer_watch_stands_still_while_an_inner_stage_runs() -> None:
    """What a stage calls that is a stage too counts there and not twice."""
    ticks = itertools.count()
    stopwatch = stages.Stopwatch(clock=lambda: float(next(ticks)))  # every look at the clock is a second later
    inner = stopwatch.timed(lambda: None, "inner")
    outer = stopwatch.timed(lambda: [inner(), inner()], "outer")
    outer()
    assert stopwatch.seconds == {"outer": 3.0, "inner": 2.0}


def test_a_stage_that_fails_is_booked() -> None:
    """An error passes through, and the watch of the stage outside goes on."""
    ticks = itertools.count()
    stopwatch = stages.Stopwatch(clock=lambda: float(next(ticks)))

    def fails() -> None:
        raise ValueError

    failing = stopwatch.timed(fails, "inner")

    def outer() -> None:
        with contextlib.suppress(ValueError):
            failing()

    stopwatch.timed(outer, "outer")()
    assert stopwatch.seconds == {"outer": 2.0, "inner": 1.0}


def test_every_stage_is_found_and_given_back() -> None:
    """The functions that are named as stages exist, and are their plain selves again afterwards."""
    plain = [getattr(owner, name) for owner, names, _ in stages.STAGES for name in names]
    stages.watch(stages.Stopwatch())()
    assert [getattr(owner, name) for owner, names, _ in stages.STAGES for name in names] == plain
