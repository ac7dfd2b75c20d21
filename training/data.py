"""PolNeAR as training examples: encoded articles, gold tags and links, and windows cut from them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reportedly.reader.decoding import ROLES, TAGS, ranks, relation
from reportedly.reader.encoding import Encoded, encode
from reportedly.reader.nested import APART, Part, as_sentence
from reportedly.reader.quotes import find_quotations
from reportedly.reader.reporting import reporting
from reportedly.values import Span

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator

    from reportedly.reader.wordpiece import WordPiece

GOLD = Path(__file__).with_name("gold")
FOLD_SHARE = 10  # every tenth article of train is the fold on which scores are fitted; never dev


@dataclass(frozen=True, slots=True)
class Example:
    """A gold article in words: `tags` (W,), spans by role [(first, last)], and the links between spans."""

    id: str
    text: str
    encoded: Encoded
    tags: np.ndarray
    spans: dict[str, list[tuple[int, int]]]
    content_cue: list[int]
    cue_source: list[int]


def load(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def split_train(records: list[dict]) -> tuple[list[dict], list[dict]]:
    """Train without the fold, and the fold: every tenth article in the order of their ids."""
    order = sorted(records, key=lambda r: r["id"])
    return [r for i, r in enumerate(order) if i % FOLD_SHARE], [r for i, r in enumerate(order) if not i % FOLD_SHARE]


def restyle(text: str, style: str) -> str:
    """The same text, character for character, with its quotation marks in another style.

    The corpus is American; readers are not. `single`: British curly, `straight-single`: British typewriter,
    `straight`: American typewriter.
    """
    if style == "as-is":
        return text
    signs = list(text)
    if style == "straight":
        return text.translate(str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"}))
    curly = style == "single"
    outer, inner = (("‘", "’"), ("“", "”")) if curly else (("'", "'"), ('"', '"'))
    for quotation in find_quotations(text):
        sign = text[quotation.start]
        if sign not in "\"“‘'":
            continue
        opening, closing = outer if sign in '"“' else inner
        # a quotation over paragraphs is opened anew in each
        for k in range(quotation.start, quotation.end):
            if text[k] == sign and (k == quotation.start or text[:k].rstrip(" ").endswith("\n")):
                signs[k] = opening
        if quotation.closed and text[quotation.end - 1] in "\"”’'":
            signs[quotation.end - 1] = closing
    if not curly:
        return "".join(signs).replace("’", "'").replace("‘", "'")
    return "".join(signs)


DASHES = ("-", "–", "—", "―")


def signed_lists(records: list[dict], rng: random.Random, count: int) -> list[dict]:
    """Records made of other records' quotations: each signed on the line below by a dash and a name, or told as a transcript.

    Pull quotes, lists of quotations and transcripts are rare in the corpus (11 dashes in 824 articles) and common on pages.
    """
    known = []
    for record in records:
        text = record["text"]
        for a in record["attributions"]:
            if len(a["content"]) != 1 or len(a["source"]) != 1:
                continue
            words, name = (text[slice(*a[role][0])] for role in ("content", "source"))
            if words[:1] in '“"' and words[-1:] in '”"' and 20 < len(words) < 400 and name[:1].isupper() and len(name) < 60 and "\n" not in words + name:
                known.append((words, name))
    out = []
    for number in range(count):
        text, attributions = "", []
        transcript, dash, gap, line = rng.random() < 0.3, rng.choice(DASHES), rng.choice(("", " ")), rng.choice(("\n", "\n", "\n\n", " "))
        for words, name in rng.sample(known, rng.randint(4, 14)):
            if transcript:
                parts = (("source", name.upper() if number % 2 else name), ("cue", ":"), (None, " "), ("content", words[1:-1]))
            else:
                parts = (("content", words), (None, line), ("cue", dash), (None, gap), ("source", name))
            item: dict[str, list[list[int]]] = {"source": [], "cue": [], "content": []}
            for role, piece in parts:
                if role:
                    item[role].append([len(text), len(text) + len(piece)])
                text += piece
            attributions.append(item)
            text += "\n\n"
        out.append({"id": f"list-{number}", "text": text, "attributions": attributions})
    return out


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with graded predicates: `words` (P,) are their words, `grades` (P,) in -3..3 how surely they happened."""

    encoded: Encoded
    words: np.ndarray
    grades: np.ndarray


NO_SPACE_BEFORE = re.compile(r"[,.;:!?%)\]}]+$|n't$|'\w*$|''$")


def sentences(records: Iterable[dict], tokenizer: WordPiece) -> list[Sentence]:
    """Sentences of a factuality set, their tokens set as in print."""
    out = []
    for record in records:
        text, starts, after = "", [], ""
        for token in record["text"].split(" "):
            if text and after not in ("(", "[", "$", "``") and not NO_SPACE_BEFORE.match(token):
                text += " "
            starts.append(len(text))
            text += token
            after = token
        encoded = encode(text, tokenizer)
        targets = [t for t in record["targets"] if t["span1"][1] == t["span1"][0] + 1]
        if targets and len(encoded.ids) <= 200:
            words = np.array([int(np.searchsorted(encoded.words[:, 1], starts[t["span1"][0]], "right")) for t in targets])
            out.append(Sentence(encoded, words, np.array([t["label"] for t in targets], np.float32)))
    return out


@dataclass(slots=True)
class Graded:
    """Padded sentences: B of T subwords; `row`, `place` and `grade` (P,) are their predicates."""

    ids: np.ndarray
    shapes: np.ndarray
    mask: np.ndarray
    row: np.ndarray
    place: np.ndarray
    grade: np.ndarray


def graded(items: list[Sentence], budget: int, rng: random.Random, tokenizer: WordPiece) -> Iterator[Graded]:
    """Batches without end, sentences of like size together."""
    while True:
        pool = sorted(items, key=lambda s: len(s.encoded.ids) + rng.random() * 4)
        groups: list[list[Sentence]] = [[]]
        for s in pool:
            if groups[-1] and (len(groups[-1]) + 1) * (len(s.encoded.ids) + 2) > budget:
                groups.append([])
            groups[-1].append(s)
        rng.shuffle(groups)
        for group in groups:
            yield collate_graded(group, tokenizer)


def collate_graded(group: list[Sentence], tokenizer: WordPiece) -> Graded:
    size = max(len(s.encoded.ids) for s in group) + 2
    ids, shapes, mask = np.zeros((len(group), size), np.int64), np.zeros((len(group), size), np.int64), np.zeros((len(group), size), bool)
    rows, places = [], []
    for row, s in enumerate(group):
        length = len(s.encoded.ids)
        ids[row, 0], ids[row, length + 1] = tokenizer.cls, tokenizer.sep
        ids[row, 1 : length + 1], shapes[row, 1 : length + 1] = s.encoded.ids, s.encoded.shapes
        mask[row, : length + 2] = True
        rows += [row] * len(s.words)
        places += (s.encoded.first[s.words] + 1).tolist()
    return Graded(ids, shapes, mask, np.array(rows), np.array(places), np.concatenate([s.grades for s in group]))


def example(record: dict, tokenizer: WordPiece, style: str = "as-is") -> Example:
    text = restyle(record["text"], style)
    encoded = encode(text, tokenizer)
    starts, ends = encoded.words[:, 0], encoded.words[:, 1]
    tags = np.zeros(len(starts), np.int64)
    taken = np.zeros(len(starts), bool)
    spans: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
    owner: dict[str, dict[tuple[int, int], list[int]]] = {role: {} for role in ROLES}
    for number, attribution in enumerate(record["attributions"]):
        for role in ("cue", "source", "content"):
            for start, end in attribution[role]:
                first = int(np.searchsorted(ends, start, "right"))
                last = int(np.searchsorted(starts, end, "left")) - 1
                if first > last:
                    continue
                key = (first, last)
                if key in owner[role]:
                    owner[role][key].append(number)
                elif not taken[first : last + 1].any():
                    taken[first : last + 1] = True
                    spans[role].append(key)
                    owner[role][key] = [number]
                    single = first == last
                    tags[first : last + 1] = TAGS.index(f"{'S' if single else 'I'}-{role}")
                    if not single:
                        tags[first], tags[last] = TAGS.index(f"B-{role}"), TAGS.index(f"E-{role}")
    for role in ROLES:
        spans[role].sort()
    cue_of = {number: i for i, key in enumerate(spans["cue"]) for number in owner["cue"][key]}
    source_of = {number: i for i, key in enumerate(spans["source"]) for number in owner["source"][key]}
    content_cue = [cue_of.get(owner["content"][key][0], -1) for key in spans["content"]]
    cue_source = [source_of.get(owner["cue"][key][0], -1) for key in spans["cue"]]
    return Example(record["id"], text, encoded, tags, spans, content_cue, cue_source)


@dataclass(slots=True)
class Window:
    """Words `low` to `high` (exclusive) of an example."""

    example: Example
    low: int
    high: int

    @property
    def size(self) -> int:
        first = self.example.encoded.first
        end = first[self.high] if self.high < len(first) else len(self.example.encoded.ids)
        return int(end - first[self.low]) + 2


def windows(item: Example, limit: int, rng: random.Random) -> list[Window]:
    """Cut an example at paragraphs into windows of at most `limit` subwords, the first of random size."""
    first, paragraph = item.encoded.first, item.encoded.paragraph
    total, count = len(item.encoded.ids), len(first)
    out, low = [], 0
    room = rng.randint(limit // 3, limit) - 2
    while low < count:
        high = int(np.searchsorted(first, first[low] + room, "right")) - 1
        if first[low] + room >= total:
            high = count
        elif paragraph[high] != paragraph[low]:
            high = int(np.searchsorted(paragraph, paragraph[high], "left"))
        high = max(high, low + 1)
        out.append(Window(item, low, high))
        low, room = high, limit - 2
    return out


def saved_pages(path: Path, without: set[str]) -> list[str]:
    """Title and text of news pages, but for those whose SHA-256 is in `without`."""
    pages = json.loads(path.read_text("utf-8"))
    texts = (page["text"] if page["text"].startswith(page["title"]) else f"{page['title'].strip()}\n\n{page['text']}" for page in pages)
    return [text for text in texts if digest(text) not in without]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def own_gold(name: str, texts: Iterable[str]) -> Iterator[dict]:
    """Lines of `gold/`, which hold a digest and offsets, with the `text` that they are of, where that is among `texts`."""
    known = {digest(text): text for text in texts}
    for row in load(GOLD / name):
        if row["digest"] in known:
            yield {**row, "id": row["digest"], "text": known[row["digest"]]}


def own_texts() -> list[dict]:
    """The texts of `gold/texts.jsonl`, of other kinds than news: all attributions of each, also those that stand in another's content."""
    return [{"id": f"own-{n}", **row} for n, row in enumerate(load(GOLD / "texts.jsonl"))]


def own_pages(texts: Iterable[str]) -> list[dict]:
    """The articles of `gold/articles.jsonl` as far as they were annotated, among `texts`: all attributions of each, also those in another's content."""
    return [{**row, "text": row["text"][: row["end"]]} for row in own_gold("articles.jsonl", texts)]


def inside(a: dict, content: list[list[int]]) -> bool:
    """Whether the cue of an attribution stands in a content."""
    return all(any(start <= s and e <= end for start, end in content) for s, e in a["cue"])


def outermost(record: dict) -> dict:
    """A record with those attributions alone that stand in no other's content, as PolNeAR has them."""
    every = record["attributions"]
    return {**record, "attributions": [a for a in every if not any(a is not b and inside(a, b["content"]) for b in every)]}


def contents(record: dict) -> Iterator[dict]:
    """The contents of a record's outermost attributions that hold a word of reporting, as lines of `gold/inner.jsonl` are."""
    text, every = record["text"], record["attributions"]
    for outer in outermost(record)["attributions"]:
        if any(reporting().search(text, start, end) for start, end in outer["content"]):
            yield {"text": text, "content": outer["content"], "inner": [a for a in every if a is not outer and inside(a, outer["content"])]}


@dataclass(frozen=True, slots=True)
class Passage:
    """A content as the reader reads it again, and the attributions in it that stand in no other one; offsets into `words`."""

    words: str
    attributions: list[dict[str, list[list[int]]]]


def in_words(part: Part, spans: Iterable[list[int]]) -> list[list[int]]:
    """Where spans (start, end) of a text stand in the words of a content; what lies outside of its pieces is left out."""
    return [[low + at - start, high + at - start] for s, e in spans for at, start, end in part.places if (low := max(s, start)) < (high := min(e, end))]


def passages(row: dict) -> Iterator[Passage]:
    """A line of `gold/inner.jsonl`: the content, and each content inside it that holds another attribution."""
    for content in (row["content"], *(a["content"] for a in row["inner"])):
        there = [a for a in row["inner"] if a["content"] != content and inside(a, content)]
        if there or content == row["content"]:
            part = as_sentence(row["text"], [Span(*piece) for piece in content])
            yield Passage(part.words, [{role: in_words(part, a[role]) for role in ROLES} for a in outermost({"attributions": there})["attributions"]])


def read_again(items: list[Passage], budget: int, rng: random.Random, tokenizer: WordPiece) -> Iterator[Batch]:
    """Batches without end of contents that are read again, a few as paragraphs of one text each time."""
    while True:
        rng.shuffle(items)
        records, rest = [], items
        while rest:
            some, rest = rest[: (n := rng.randint(4, 14))], rest[n:]
            text, attributions = "", []
            for passage in some:
                attributions += [{role: [[start + len(text), end + len(text)] for start, end in a[role]] for role in ROLES} for a in passage.attributions]
                text += passage.words + APART
            records.append({"id": "", "text": text, "attributions": attributions})
        for batch in batches([example(r, tokenizer) for r in records], 384, budget, rng, tokenizer):
            batch.ids[:, 0] = tokenizer.again
            yield batch


@dataclass(slots=True)
class Batch:
    """Padded windows. B windows of T subwords and W words; spans and links are flat over the batch."""

    ids: np.ndarray
    shapes: np.ndarray
    mask: np.ndarray
    first: np.ndarray
    tags: np.ndarray
    lengths: np.ndarray
    links: list[dict[str, tuple]]


def hidden(ids: np.ndarray, rng: random.Random, tokenizer: WordPiece, share: float) -> np.ndarray:
    """Subwords with a share of them masked, so that an article cannot be learnt by heart."""
    return np.where(np.random.default_rng(rng.getrandbits(32)).random(len(ids)) < share, tokenizer.ids["[MASK]"], ids)


def collate(group: list[Window], rng: random.Random, tokenizer: WordPiece, cue_drop: float = 0.0, mask_share: float = 0.0) -> Batch:
    size = max(w.size for w in group)
    words = max(w.high - w.low for w in group)
    ids, shapes = np.zeros((len(group), size), np.int64), np.zeros((len(group), size), np.int64)
    mask = np.zeros((len(group), size), bool)
    first, tags = np.zeros((len(group), words), np.int64), np.zeros((len(group), words), np.int64)
    lengths = np.array([w.high - w.low for w in group])
    links = []
    for row, w in enumerate(group):
        e = w.example.encoded
        a, b = int(e.first[w.low]), int(e.first[w.low]) + w.size - 2
        ids[row, 0], ids[row, w.size - 1] = tokenizer.cls, tokenizer.sep
        ids[row, 1 : w.size - 1], shapes[row, 1 : w.size - 1] = hidden(e.ids[a:b], rng, tokenizer, mask_share), e.shapes[a:b]
        mask[row, : w.size] = True
        first[row, : lengths[row]] = e.first[w.low : w.high] - a + 1
        tags[row, : lengths[row]] = w.example.tags[w.low : w.high]
        links.append(_links(w, rng, cue_drop))
    return Batch(ids, shapes, mask, first, tags, lengths, links)


def _links(w: Window, rng: random.Random, cue_drop: float) -> dict[str, tuple]:
    """For each kind of link: dependents, heads, relation tables, gold head (the last index: none)."""
    item = w.example
    inside = {
        role: [k for k, (a, b) in enumerate(item.spans[role]) if a >= w.low and b < w.high] for role in ROLES
    }
    kept = [k for k in inside["cue"] if rng.random() >= cue_drop]
    out = {}
    for kind, dependents, heads, gold in (
        ("content-cue", inside["content"], kept, item.content_cue),
        ("cue-source", inside["cue"], inside["source"], item.cue_source),
    ):
        dependent_role, head_role = kind.split("-")
        place = {k: i for i, k in enumerate(heads)}
        everything = set(inside[head_role])
        # a head outside the window is not "none": such a dependent says nothing
        known = [k for k in dependents if gold[k] < 0 or gold[k] in everything]
        if not known:
            continue
        d = np.array([item.spans[dependent_role][k] for k in known], np.int64)
        h = np.array([item.spans[head_role][k] for k in heads], np.int64).reshape(-1, 2)
        target = np.array([place.get(gold[k], len(heads)) for k in known], np.int64)
        bucket, gap = relation(d[:, None], h[None], item.encoded.paragraph)
        out[kind] = (d - w.low, h - w.low, (bucket, ranks(d, h), gap), target)
    return out


def batches(items: list[Example], limit: int, budget: int, rng: random.Random, tokenizer: WordPiece, mask_share: float = 0.0) -> Iterator[Batch]:
    """One epoch: windows of like size together, at most `budget` subwords a batch, in random order."""
    pool = [w for item in items for w in windows(item, limit, rng)]
    pool.sort(key=lambda w: (w.size + rng.random() * 8))
    groups: list[list[Window]] = []
    group: list[Window] = []
    for w in pool:
        if group and (len(group) + 1) * w.size > budget:
            groups.append(group)
            group = []
        group.append(w)
    if group:
        groups.append(group)
    rng.shuffle(groups)
    for group in groups:
        yield collate(group, rng, tokenizer, cue_drop=0.03, mask_share=mask_share)
