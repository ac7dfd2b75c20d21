"""Article -> Reading: the stages in their order, over one article or a stream of them."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reportedly import __version__
from reportedly.reader import windows
from reportedly.reader.attributions import Found, attributions
from reportedly.reader.certainty import factuality, stance
from reportedly.reader.claimed import with_claimed
from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.encoding import encode
from reportedly.reader.figures import find_figures
from reportedly.reader.figures import placed as figures_placed
from reportedly.reader.headline import with_headline
from reportedly.reader.hearsay import with_hearsay
from reportedly.reader.nested import with_nested
from reportedly.reader.sources import Voices, chains, with_cited
from reportedly.reader.times import find_times
from reportedly.reader.times import placed as times_placed
from reportedly.reader.turns import with_turns
from reportedly.reader.voice import find_voice, judging_words
from reportedly.values import Article, Attribution, ReaderInfo, Reading, Warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reportedly.reader.decoding import Weights
    from reportedly.reader.quotes import Quotation
    from reportedly.reader.sources.discourse import Entity
    from reportedly.reader.voice.loaded import Word
    from reportedly.reader.wordpiece import WordPiece


class Model(windows.Encoder, Protocol):
    """An encoder with its tokenizer and decoding weights: what another model must bring to take the shipped one's place."""

    name: str

    @property
    def tokenizer(self) -> WordPiece:
        """The vocabulary in which windows are given."""

    @property
    def weights(self) -> Weights:
        """Transitions, links and score."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Reader:
    """Reads articles. Made once, reads many; the model loads when the first article comes.

    The same article gives the same reading alone, in any batch and with any number of threads. A reader
    may be used from several threads at once.
    """

    def __init__(self, *, threads: int | None = None, model: Model | None = None) -> None:
        """`threads`: how many articles are read side by side; by default one for each core."""
        if threads is not None and threads < 1:
            message = f"threads must be at least 1, not {threads}"
            raise ValueError(message)
        self.threads = threads or cores()
        self._model: Model = model or OnnxEncoder()
        self.info = ReaderInfo("reportedly", __version__, self._model.name)

    def read(self, article: Article, *, warnings: Iterable[Warning] = ()) -> Reading:
        """Read one article. `warnings` are those of its intake; the reading carries them on."""
        text = article.text
        found, quotations, grade, judging = self._attributions(text)
        found, spoken = with_turns(text, found, quotations)
        found = with_claimed(text, found, quotations)
        found = with_hearsay(text, found, quotations)
        found = with_headline(text, found, quotations)
        found = with_nested(text, found, lambda part: self._attributions(part, again=True)[0])
        found = with_cited(text, found)
        voices = Voices(text, found, spoken)
        via = chains(text, found, voices, article.outlet)
        attributions = tuple(self._attribution(text, n, f, voices, links, grade) for n, (f, links) in enumerate(zip(found, via, strict=True), 1))
        times = find_times(text, article.published)
        figures = find_figures(text, [(t.start, t.end) for t in times])
        noted = list(warnings)
        unpaired = sum(not q.closed for q in quotations if q.depth == 0)
        if unpaired:
            noted.append(Warning("unpaired-quotes", f"{unpaired} quotation {'mark has' if unpaired == 1 else 'marks have'} no partner; the quotation was taken to end with its paragraph."))
        return Reading(
            reader=self.info,
            article=article,
            sources=tuple(voices.sources()),
            attributions=attributions,
            times=tuple(times_placed(times, attributions, text)),
            figures=tuple(figures_placed(figures, attributions)),
            voice=tuple(find_voice(text, attributions, judging, quotations)),
            warnings=tuple(noted),
        )

    @staticmethod
    def _attribution(text: str, number: int, found: Found, voices: Voices, links: Sequence[Entity], grade: Callable[[int], float]) -> Attribution:
        entity = voices.entities[number - 1]
        plain = Attribution(
            id=f"a{number}",
            source=None if entity is None else voices.id(entity),
            source_spans=found.source,
            cue_spans=found.cue,
            content_spans=found.content,
            manner=found.manner,
            score=found.score,
            via=tuple(voices.id(link) for link in links),
            parent=None if found.parent is None else f"a{found.parent + 1}",
        )
        return replace(plain, factuality=factuality(text, plain, grade), stance=stance(text, plain))

    def read_many(self, articles: Iterable[Article], *, on_error: Callable[[Article, Exception], None] | None = None) -> Iterator[Reading]:
        """Read a stream of articles, in its order; no more than a few are held at a time.

        An article that fails stops the stream, unless `on_error` is given: it is told, and the others go on.
        """
        with ThreadPoolExecutor(self.threads) as pool:
            waiting: deque[tuple[Article, Future[Reading]]] = deque()

            def finish() -> Iterator[Reading]:
                article, future = waiting.popleft()
                try:
                    reading = future.result()
                except Exception as error:
                    if on_error is None:
                        raise
                    on_error(article, error)
                else:
                    yield reading

            try:
                for article in articles:
                    waiting.append((article, pool.submit(self.read, article)))
                    if len(waiting) > 2 * self.threads or waiting[0][1].done():
                        yield from finish()
                while waiting:
                    yield from finish()
            finally:
                for _, future in waiting:
                    future.cancel()

    def _attributions(self, text: str, *, again: bool = False) -> tuple[list[Found], list[Quotation], Callable[[int], float], list[Word]]:
        """Attributions of a text, its quotations, how sure it is of what the word at an offset says (-3 to 3), and the words that may judge. `again`: the text is made of contents."""
        if not text.strip():
            return [], [], lambda _: 0.0, []
        encoded = encode(text, self._model.tokenizer)
        if not len(encoded.ids):
            return [], encoded.quotations, lambda _: 0.0, []
        scores = windows.score(encoded, self._model, self._model.tokenizer, again=again)
        ends, grades = encoded.words[:, 1], scores.grades
        found = attributions(text, encoded, scores.emissions, scores.vectors, self._model.weights)
        return found, encoded.quotations, lambda at: float(grades[min(int(np.searchsorted(ends, at, "right")), len(grades) - 1)]), judging_words(encoded.words, scores.judging)
