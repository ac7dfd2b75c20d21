"""The gold of sources, chains and certainty: it holds together, and its loader refuses what is wrong."""

from __future__ import annotations

import calendar
import collections
import dataclasses
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

import report_counts
import reports

ALL = reports.load()
NAMES = [report.name for report in ALL]
FOLDER = Path(reports.__file__).with_name("reports")
TEXT = "Ana Ruiz said the bridge was safe. “He told me so,” she said of Mr Cole, and he’d left by then."


def small() -> dict[str, Any]:
    """A form that is right in every part; a test spoils one."""
    return {
        "published": "2023-05-04",
        "sources": [
            {"id": "s1", "kind": "person", "identity": "named", "name": "Ana Ruiz", "description": None, "speaks_for": None, "mentions": ["Ana Ruiz", "me", "she"]},
            {"id": "s2", "kind": "person", "identity": "named", "name": "Cole", "description": "an old friend", "speaks_for": "s1", "mentions": ["He", "Mr Cole", "he"]},
        ],
        "attributions": [
            {"id": "a1", "source": "s1", "source_span": ["she"], "cue": ["said#2"], "content": ["“He told me so,”"], "via": [], "parent": None, "manner": "direct", "factuality": "CT+", "stance": "neutral"},
            {"id": "a2", "source": "s2", "source_span": ["He"], "cue": ["told"], "content": ["so"], "via": ["s1"], "parent": "a1", "manner": "indirect", "factuality": "CT+", "stance": "neutral"},
        ],
        "times": [{"span": "then", "type": "DATE", "value": "PAST_REF", "earliest": None, "latest": "2023-05-04"}],
        "figures": [],
        "voice": [],
    }  # fmt: skip


def saved(folder: Path, form: dict[str, Any], name: str = "01-small.json") -> Path:
    (folder / name).write_text(json.dumps(form), "utf-8")
    return folder


def words(report: reports.Report, places: tuple[reports.Place, ...]) -> list[str]:
    return [report.text[start:end] for start, end in places]


def within(inner: reports.Place, outer: tuple[reports.Place, ...]) -> bool:
    return any(start <= inner[0] and inner[1] <= end for start, end in outer)


def test_there_are_enough_reports_half_of_them_frozen_half_of_each_style() -> None:
    """64 reports or more; in each split as many American as British ones; no text twice."""
    assert len(ALL) >= 64
    found = collections.Counter((report.split, report.style) for report in ALL)
    assert set(found) == {(split, style) for split in ("open", "frozen") for style in ("american", "british")}
    assert len(set(found.values())) == 1
    assert len({report.digest for report in ALL}) == len(ALL)
    assert {report.name for report in reports.load("open")} | {report.name for report in reports.load("frozen")} == set(NAMES)
    assert all((int(report.name[:2]) % 2 == 1) == (report.split == "open") for report in ALL)


def test_every_code_is_met_often_enough_to_be_measured() -> None:
    """Thirty times each stance and the commoner degrees of certainty; every other code ten times or more, kind unknown aside."""
    found = collections.Counter(code for report in ALL for a in report.attributions for code in (a.factuality, a.stance, a.manner))
    assert all(found[code] >= 30 for code in (*reports.CODES["stance"], *reports.CODES["manner"], "CT+", "PR+", "PS+", "CT-", "Uu"))
    assert all(found[code] >= 10 for code in reports.CODES["factuality"])
    sources = collections.Counter(code for report in ALL for source in report.sources for code in (source.kind, source.identity))
    assert all(sources[code] >= 10 for code in (*reports.CODES["kind"], *reports.CODES["identity"]) if code != "unknown")


@pytest.mark.parametrize("report", ALL, ids=NAMES)
def test_chains_and_nesting_hold_together(report: reports.Report) -> None:
    """What stands inside another attribution lies within its content, and its outer speaker is the last link of its chain."""
    by_id = {a.id: a for a in report.attributions}
    for a in report.attributions:
        assert a.source not in a.via or a.parent, a.id
        if a.parent:
            outer = by_id[a.parent]
            assert all(within(place, outer.content) for place in (*a.source_span, *a.cue, *a.content)), a.id
            assert outer.source == a.via[len(outer.via)], a.id
            assert a.via[: len(outer.via)] == outer.via, a.id
            assert int(a.parent[1:]) < int(a.id[1:]), a.id


@pytest.mark.parametrize("report", ALL, ids=NAMES)
def test_every_source_span_names_its_source(report: reports.Report) -> None:
    """A source span holds a mention of its source, an attribution without a source has none, and no source stands idle."""
    mentions = {source.id: source.mentions for source in report.sources}
    for a in report.attributions:
        assert bool(a.source) == bool(a.source_span), a.id
        assert not a.source or any(within(mention, a.source_span) for mention in mentions[a.source]), a.id
        assert len(a.cue) == 1, a.id
    used = {link for a in report.attributions for link in (a.source, *a.via)} | {source.speaks_for for source in report.sources}
    assert set(mentions) <= used
    for source in report.sources:
        assert (source.identity == "named") == (source.name is not None), source.id
        assert all(place is None or report.text[slice(*place)] for place in (source.name, source.description))


@pytest.mark.parametrize("report", ALL, ids=NAMES)
def test_manner_agrees_with_the_quotation_marks(report: reports.Report) -> None:
    """Direct content begins and ends with a quotation mark in every piece; indirect content holds no opening mark but a title's."""
    for a in report.attributions:
        pieces = words(report, a.content)
        if a.manner == "direct":
            assert all(piece[0] in "“‘\"'" and piece[-1] in "”’\"'" for piece in pieces), a.id
        if a.manner == "indirect":
            quoted = re.sub(r"“[A-Z][\w ]+,”", "", " ".join(pieces))
            assert not re.search(r"[“‘\"]|(?<!\w)'(?=\w)", quoted), a.id


@pytest.mark.parametrize("report", ALL, ids=NAMES)
def test_times_are_resolved_to_days_that_agree_with_their_words(report: reports.Report) -> None:
    """The earliest day is not after the latest, and a day that is called by its name falls on it."""
    for time in report.times:
        if time.earliest and time.latest:
            assert time.earliest <= time.latest, time
        day = re.match(r"\d{4}-\d\d-\d\d", time.value)
        for number, name in enumerate(calendar.day_name):
            if day and name in report.text[slice(*time.span)]:
                assert dt.date.fromisoformat(day[0]).weekday() == number, time


@pytest.mark.parametrize("report", ALL, ids=NAMES)
def test_a_figure_in_digits_says_what_stands_in_the_text(report: reports.Report) -> None:
    """The digits of a figure are those of its words, before "m", "million" and the like multiply them."""
    for figure in report.figures:
        digits = re.search(r"\d[\d,.]*\d|\d", report.text[slice(*figure.span)])
        if digits:
            written = digits[0].replace(",", "").replace(".", "")
            assert figure.value.startswith(written.rstrip("0") or written), figure


def test_the_readme_tells_the_counts_that_are() -> None:
    """The tables of the guideline are what `python benchmarks/report_counts.py` prints."""
    assert report_counts.counts(ALL) in (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize("place, found", [("said", (9, 13)), ("said#2", (56, 60)), ("he", (77, 79)), ("He", (36, 38)), ("“He told me so,”", (35, 51)), ("Ana Ruiz", (0, 8))])
def test_a_place_is_the_kth_time_that_whole_words_stand(place: str, found: reports.Place) -> None:
    """Case counts, parts of words do not, and an apostrophe ends a word."""
    assert reports.locate(TEXT, place) == found


@pytest.mark.parametrize("place", ["", "#2", "bridg", "said#3", "said#0", "HE", "nowhere"])
def test_a_place_that_is_not_there_is_refused(place: str) -> None:
    """Nothing near it is taken in its stead."""
    with pytest.raises(ValueError, match="no such place"):
        reports.locate(TEXT, place)


@pytest.mark.parametrize(
    "path, value, message",
    [
        (("attributions", 0, "content"), ["nowhere"], "no such place in the text: 'nowhere'"),
        (("attributions", 0, "content"), [[90, 9000]], "no such place"),
        (("attributions", 0, "content"), [], "a1: content has no place"),
        (("sources", 0, "mentions"), ["she", "she"], "s1: mentions has no place, or one place twice"),
        (("times", 0, "span"), "yesterday", "no such place"),
        (("attributions", 0, "factuality"), "CT", "unknown factuality: 'CT'"),
        (("attributions", 1, "stance"), None, "unknown stance: None"),
        (("sources", 1, "kind"), "robot", "unknown kind"),
        (("split",), "half", "unknown split"),
        (("attributions", 1, "source"), "s9", "unknown id: 's9'"),
        (("attributions", 1, "via"), ["a1"], "unknown id: 'a1'"),
        (("attributions", 1, "parent"), "s1", "unknown id: 's1'"),
        (("sources", 1, "speaks_for"), "s3", "unknown id: 's3'"),
        (("sources", 1, "id"), "s1", "an id is given twice: 's1'"),
        (("sources", 1, "id"), "cole", "not the shape of id: 'cole'"),
        (("times", 0, "value"), "long ago", "not the shape of timex"),
        (("published",), "May", "not the shape of day"),
        (("sources", 0), {"id": "s1"}, "'kind' is missing"),
    ],
)
def test_a_form_that_is_wrong_is_refused_by_its_files_name(tmp_path: Path, path: tuple[str | int, ...], value: Any, message: str) -> None:
    """The error says which file and what in it."""
    form: Any = {**small(), "text": TEXT}
    assert len(reports.load(folder=saved(tmp_path, form))) == 1
    inner = form
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(ValueError, match=r"^01-small\.json: .*" + re.escape(message)):
        reports.load(folder=saved(tmp_path, form))


def test_a_split_that_is_none_is_refused() -> None:
    """There are two."""
    with pytest.raises(ValueError, match="unknown split: 'test'"):
        reports.load("test")


def strings(value: Any, key: str = "") -> list[tuple[str, str]]:
    """Every string of a form with the key it stands under."""
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in strings(inner, name)]
    if isinstance(value, list):
        return [found for inner in value for found in strings(inner, key)]
    return [(key, value)] if isinstance(value, str) else []


def test_a_stand_off_form_says_the_same_without_the_words(tmp_path: Path) -> None:
    """Every report comes back from its stand-off form but for the field and outlet; no string in it is the text's but units."""
    for path in sorted(FOLDER.glob("*.json")):
        form = json.loads(path.read_text("utf-8"))
        bare = reports.stand_off(form, form["text"])
        assert bare == reports.stand_off({k: v for k, v in form.items() if k != "text"}, form["text"])
        codes = {code for codes in reports.CODES.values() for code in codes}
        for key, string in strings(bare):
            assert key == "unit" or string in codes or any(re.fullmatch(shape, string) for shape in reports.SHAPES.values()), (key, string)
        saved(tmp_path, bare, path.name)
    back = reports.load_stand_off(tmp_path, {report.digest: report.text for report in ALL})
    assert back == [dataclasses.replace(report, field=None, outlet=None) for report in ALL]


def test_a_stand_off_form_of_another_text(tmp_path: Path) -> None:
    """Without its text it is left out; with a text that was changed it is refused by its file's name."""
    bare = reports.stand_off(small(), TEXT)
    saved(tmp_path, bare)
    assert reports.load_stand_off(tmp_path, {}) == []
    (report,) = reports.load_stand_off(tmp_path, {bare["digest"]: TEXT})
    assert words(report, report.attributions[1].content) == ["so"]
    with pytest.raises(ValueError, match=r"^01-small\.json: the text is not the one that was annotated"):
        reports.load_stand_off(tmp_path, {bare["digest"]: TEXT + " "})
    with pytest.raises(ValueError, match="no such place"):
        reports.stand_off(small(), "Another text.")


def test_offsets_are_code_points() -> None:
    """Signs outside the basic plane and carriage returns count as one each."""
    text = "🙂\r\nShe said so.\r\n"
    assert reports.locate(text, "She") == (3, 6)


def test_a_description_that_is_not_in_the_text_has_no_place() -> None:
    """It is told by null, since a stand-off form keeps no words."""
    bare = reports.stand_off(small(), TEXT)
    assert [source["description"] for source in bare["sources"]] == [None, None]
    assert [source["name"] for source in bare["sources"]] == [[0, 8], [67, 71]]


def test_further_reports_are_whole() -> None:
    """Forty more, each with every place in its text and every id known."""
    more = reports.load(folder=reports.FOLDER.with_name("more_reports"))
    assert len(more) == 40
    assert all(report.attributions and report.sources for report in more)
