"""Through whom? Who stands between the page and each source.

What a sentence names (see `channels`) holds for later sentences of the same source until the text names another; it never passes to
other sources. What stands in the headline, or was said "in an interview" with nobody yet, came by the way on which its source speaks next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.reader.sources.channels import Channels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.attributions import Found
    from reportedly.reader.sources import Voices
    from reportedly.reader.sources.discourse import Entity


NEAR = 60  # characters between statements of one earlier occasion


def chains(text: str, found: Sequence[Found], voices: Voices, outlet: str | None) -> list[list[Entity]]:
    """For each attribution, the entities between the page and its source, nearest the page first."""
    channels = Channels(text, voices, outlet, next((_place(f) for f in found if f.turn), 0))
    order = sorted(range(len(found)), key=lambda n: (_place(_outer(found, n)), n))
    kept: dict[int, list[Entity]] = {}
    passing: set[int] = set()  # sources whose way was that of an earlier occasion, which is soon left
    last: dict[int, int] = {}
    open_: dict[int, list[int]] = {}  # statements of the headline or "in an interview" that name no outlet, by their source
    title = text.find("\n")
    out: list[list[Entity]] = [[] for _ in found]
    for n in order:
        f, entity = found[n], voices.entities[n]
        outer = f.parent if f.parent is not None else f.through  # which stands before it in the order
        if outer is not None:
            speaker = voices.entities[outer]
            out[n] = [*out[outer], *([speaker] if speaker is not None else [])]
            if entity is not None and f.parent is None:
                kept[id(entity)] = out[n]
            elif entity is not None and speaker is not None and _passes_on(speaker):
                kept.setdefault(id(entity), out[n])
            continue
        if entity is None:
            continue
        links = channels.of(f, entity)
        if links is not None:
            kept[id(entity)] = links
            passing.discard(id(entity))
            if links and channels.dated(f):
                passing.add(id(entity))
        elif id(entity) in passing and _place(f) - last[id(entity)] > NEAR:
            kept.pop(id(entity), None)
        last[id(entity)] = max(s.end for s in (*f.source, *f.cue, *f.content))
        out[n] = kept.get(id(entity), [])
        if links is None and not out[n] and (_place(f) < title or channels.untold(f)):
            open_.setdefault(id(entity), []).append(n)
        else:
            for earlier in open_.pop(id(entity), ()):
                out[earlier] = out[n]
    return out


def _outer(found: Sequence[Found], n: int) -> Found:
    """The attribution through which another came, or itself."""
    through = found[n].through
    if through is None:
        return found[n]
    return found[through]


def _place(f: Found) -> int:
    return min(s.start for s in (*f.source, *f.cue, *f.content))


def _passes_on(entity: Entity) -> bool:
    """Whether what somebody says inside another's words came to the page by this other: a paper, a film, an outlet."""
    return any(m.kind in ("outlet", "document") for m in entity.mentions)
