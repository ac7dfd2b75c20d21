"""Where the time of a reading goes: CPU seconds of each stage, for a thousand words and as a share.

    python benchmarks/stages.py [--articles N] [--rounds N] [--json FILE]

One thread, PolNeAR dev where ../shared is there, else the project's own texts. A stage's time is its own: what it calls that
is a stage too counts there, so the second reading of contents counts as encoder, decoding and so on. Figures are
medians over rounds.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import statistics
import time
from typing import TYPE_CHECKING, Any

import reportedly
from reportedly import wire
from reportedly.reader import pipeline, windows
from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.sources import Voices
from speed import texts

if TYPE_CHECKING:
    from collections.abc import Callable

ENCODER, OTHER = "encoder", "nested contents, order"
# Whose calls are timed, under which names, as which stage
STAGES: tuple[tuple[object, tuple[str, ...], str], ...] = (
    (OnnxEncoder, ("run",), ENCODER),
    (windows, ("score",), "windows"),
    (pipeline, ("encode",), "quotations, subwords, shapes"),
    (pipeline, ("attributions",), "decoding, manner"),
    (Voices, ("__init__", "sources"), "sources, chains"),
    (pipeline, ("chains",), "sources, chains"),
    (pipeline, ("factuality", "stance"), "certainty, stance"),
    (pipeline, ("find_times", "times_placed"), "times"),
    (pipeline, ("find_figures", "figures_placed"), "figures"),
    (pipeline, ("find_voice",), "writer's voice"),
    (pipeline.Reader, ("read",), OTHER),
    (wire, ("dumps",), "wire output"),
)


class Stopwatch:
    """Seconds by stage; while a stage runs inside another, the outer one's watch stands still."""

    def __init__(self, clock: Callable[[], float] = time.process_time) -> None:
        self.seconds: dict[str, float] = {}
        self._clock = clock
        self._running: list[str] = []
        self._since = 0.0

    def timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """The function, its calls timed as a stage."""

        @functools.wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            self._book()
            self._running.append(stage)
            try:
                return function(*arguments, **named)
            finally:
                self._book()
                self._running.pop()

        return watched

    def _book(self) -> None:
        now = self._clock()
        if self._running:
            stage = self._running[-1]
            self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now


def watch(stopwatch: Stopwatch) -> Callable[[], None]:
    """Time every stage from now on; call what is returned to stop."""
    plain = [(owner, name, getattr(owner, name), stage) for owner, names, stage in STAGES for name in names]
    for owner, name, function, stage in plain:
        setattr(owner, name, stopwatch.timed(function, stage))

    def stop() -> None:
        for owner, name, function, _ in plain:
            setattr(owner, name, function)

    return stop


def measure(articles: list[reportedly.Article], rounds: int) -> dict[str, float]:
    """CPU seconds of each stage over all articles, medians over rounds."""
    reader = reportedly.Reader(threads=1)
    reader.read(articles[0])  # loads the model and the word lists
    taken: list[dict[str, float]] = []
    for _ in range(rounds):
        stopwatch = Stopwatch()
        stop = watch(stopwatch)
        try:
            for article in articles:
                wire.dumps(reader.read(article))
        finally:
            stop()
        taken.append(stopwatch.seconds)
    return {stage: statistics.median(one.get(stage, 0.0) for one in taken) for stage in dict.fromkeys(stage for _, _, stage in STAGES)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json")
    options = parser.parse_args()
    where, found = texts()
    found = found[: options.articles]
    words = sum(len(text.split()) for text in found)
    seconds = measure([reportedly.article(text, as_is=True) for text in found], options.rounds)
    total = sum(seconds.values())
    rows = {**seconds, "all": total, "all but the encoder": total - seconds[ENCODER]}
    print(f"{len(found)} of {where}, {words} words, {words / total:.0f} words per CPU second\n")
    print("| stage | ms per 1000 words | % |\n|---|---|---|")
    for stage, spent in rows.items():
        print(f"| {stage} | {1e6 * spent / words:.1f} | {100 * spent / total:.1f} |")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"words": words, "seconds": rows}, file, indent=1)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
