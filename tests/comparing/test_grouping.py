"""Groups that do not chain through weak links."""

from __future__ import annotations

import random

from told import INSIDER, MAYOR, told

from reportedly.comparing import Match, Ref, groups

A, B, C, D = (Ref(letter, "1") for letter in "abcd")


def link(a: Ref, b: Ref, score: float) -> Match:
    return Match(min(a, b), max(a, b), "same claim", score, ())


def test_strong_links_make_one_group() -> None:
    """Statements that all match are one group, with the mean of their scores."""
    (found,) = groups([link(A, B, 0.9), link(B, C, 0.8), link(A, C, 0.7)])
    assert found.members == (A, B, C)
    assert found.score == 0.8
    assert len(found.matches) == 3


def test_a_chain_is_no_group() -> None:
    """A – B – C – D, each only like its neighbour, is not one group."""
    found = groups([link(A, B, 0.9), link(B, C, 0.55), link(C, D, 0.9)])
    assert [g.members for g in found] == [(A, B), (C, D)]


def test_each_statement_stands_in_one_group() -> None:
    """Whatever the matches and their order, the groups are the same and do not overlap."""
    draw = random.Random(3)
    refs = [Ref(f"x{n:02}", str(k)) for n in range(12) for k in range(3)]
    links = [link(a, b, round(draw.random(), 3)) for a in refs for b in refs if a < b and a.article != b.article and draw.random() < 0.3]
    found = groups(links)
    members = [m for g in found for m in g.members]
    assert len(members) == len(set(members))
    for _ in range(5):
        draw.shuffle(links)
        assert groups(links) == found


def test_two_statements_of_one_article_may_share_a_group() -> None:
    """What an article says twice counts once: pairs within it have no score and lower none."""
    twice = Ref("a", "2")
    (found,) = groups([link(A, B, 0.9), link(twice, B, 0.9)])
    assert found.members == (A, twice, B)


def test_no_group_brings_an_anonymous_source_to_a_named_person() -> None:
    """Where an anonymous and a named person's statements did not match, no third statement joins them."""
    anonymous, middle, named = told("A", "The firm is broke", INSIDER), told("B", "The firm is broke", {"description": "the bank", "kind": "organisation"}), told("C", "The firm is broke", MAYOR)
    a, b, c = (Ref(r.article.id, "1") for r in (anonymous, middle, named))
    found = groups([link(a, b, 0.9), link(b, c, 0.8)], [anonymous, middle, named], enough=0.1)
    assert [g.members for g in found] == [(a, b)]
    assert groups([link(a, b, 0.9), link(b, c, 0.8)], enough=0.1)[0].members == (a, b, c)


def test_no_matches_no_groups() -> None:
    """Nothing comes of nothing."""
    assert groups([]) == []
