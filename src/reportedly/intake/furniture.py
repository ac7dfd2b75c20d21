"""Lines that stand on a news page and are no part of its article: counters, share buttons, credits, "read more".

The same rules serve a web page and the pasted text of one. A line goes only when all of it is furniture;
at the end of a paragraph, a last sentence that only points elsewhere goes too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

URL = re.compile(r"https?://[^\s<>\"”)\]]*[^\s<>\"”)\].,;:'’!?]")

COUNTER = re.compile(
    r"""(?:\d[\d.,]*\s*[KkMm]?\s*(?:/\s*\d[\d.,]*\s*[KkMm]?)?          # 0 | 0 / 1193 | 1.2K
        (?:\s*(?:comments?|shares?|views?|likes?|reads?|votes?|reactions?|replies|min(?:ute)?s?\s+read|min))?
        |comments?\s*[:(]?\s*\d[\d.,]*\s*\)?|(?:reading|read)\s+time\s*:?.{0,20})""",
    re.VERBOSE | re.IGNORECASE,
)
_BUTTON = (
    r"share(?:\s+(?:on|via|to|with))?(?:\s+(?:this(?:\s+(?:article|story|page))?|facebook|twitter|x|linkedin|whatsapp|email|reddit|telegram|pinterest))?"
    r"|tweet|facebook|twitter|x|instagram|linkedin|whatsapp|telegram|reddit|pinterest|flipboard|pocket|e-?mail|messenger|bluesky|threads|mastodon|copy(?:\s+the)?(?:\s+link)?|link\s+copied!?"
    r"|print|save(?:\s+(?:article|story|for\s+later))?|bookmark|listen(?:\s+to\s+(?:this\s+)?(?:article|story))?|comments?|(?:leave|post|add)\s+a\s+comment|follow(?:\s+us)?"
    r"|subscribe(?:\s+(?:now|today))?|sign\s+(?:up|in)|log\s*in|register|menu|home|search|skip\s+to\s+(?:main\s+)?content|advertisement|advert|ad|sponsored|continue\s+reading|story\s+continues\s+below(?:\s+advertisement)?"
    r"|article\s+continues\s+(?:below|after)(?:\s+(?:this\s+)?(?:advertisement|ad))?|close|play(?:\s+video)?|watch(?:\s+(?:now|live))?|next(?:\s+(?:article|story))?|previous(?:\s+(?:article|story))?|back\s+to\s+top|more|toggle\s+(?:menu|navigation)|download\s+pdf|gift\s+(?:this\s+)?article|font\s+size|view\s+(?:all\s+)?comments|news|sport|sports|politics|business|opinion|world|culture|lifestyle"
)
# possessive: "share x" and "share" + "x" must not be tried in every combination
BUTTONS = re.compile(rf"(?:(?:{_BUTTON})(?:\s*[|•·/,>»–-]\s*|\s+|$))++", re.IGNORECASE)
_POINTER = (
    r"(?:(?:click|tap)\s+(?:here|this\s+link|on\s+this\s+link)(?:\s+(?:to|for)\s+.{1,60}?)?"
    r"|(?:read|see|find\s+out|learn|discover|watch|view|get)\s+(?:the\s+)?(?:more|rest|full\s+(?:story|article|report|piece|interview|text)|original(?:\s+(?:story|article))?|whole\s+(?:story|article|thing))"
    r"(?:\s+(?:of\s+(?:the|this)\s+(?:story|article|report|piece)))?(?:\s+(?:at|on|in|from|via|by|over\s+at)\s+[^\s,]+(?:\s+[^\s,]+){0,3}|\s+here)?"
    r"|continue\s+reading(?:\s+(?:(?:the|this)\s+)?(?:main\s+)?(?:story|article|here|below|on\s+\S+|at\s+\S+))?)"
)
POINTER_LINE = re.compile(rf"[→»▶►>\-–—•*\[(]*\s*(?:{_POINTER})\s*[.:!…»›→\])]*\s*(?:https?://\S+)?", re.IGNORECASE)
LABELLED = re.compile(r"(?:(?:read|see|watch|listen)\s+(?:more|also|next|this)|more|related(?:\s+(?:articles?|stories|story|content|coverage|posts?|topics?))?|also\s+read|recommended|don['’]t\s+miss|see\s+also|further\s+reading|read\s+next|up\s+next|most\s+read|trending)\s*:.{0,200}|(?:see|read)\s+also|related(?:\s+(?:articles?|stories|content|posts?))|recommended(?:\s+(?:for\s+you|stories))?|read\s+next|most\s+read|trending(?:\s+now)?", re.IGNORECASE)  # fmt: skip
POINTER_END = re.compile(rf"(?<=[.!?”\"’'…)])\s+(?:{_POINTER})\s*[.:!…»›→]*\s*(?:https?://\S+)?\s*$", re.IGNORECASE)
CAPTION = re.compile(
    r"""(?:photo(?:graph)?s?|image|picture|pic|video|credit|illustration|file\s+photo|caption|photo\s+credit|image\s+(?:source|credit|caption)|(?:photo|image)\s+by)\s*[:©|].{0,300}
        |[(\[]?\s*(?:photo(?:graph)?|image|picture|video|illustration)s?\s+(?:by|courtesy|credit|via)\b.{0,160}
        |.{0,300}[(\[]\s*(?:(?:photo|image|picture|video)s?(?:\s+(?:by|credit|courtesy|via)\b|\s*:)|ap\s+photo|getty\s+images|reuters/|afp/)[^()\[\]]{0,120}[)\]]\.?
        |©.{0,160}|(?:getty\s+images|shutterstock|istock|ap\s+photo|alamy)(?:\s*[/|,].{0,80})?\.?|.{0,120}\bgetty\s+images\)?
        |copyright\s*(?:©|\(c\)|\d{4}).{0,160}|all\s+rights\s+reserved\.?""",
    re.VERBOSE | re.IGNORECASE,
)
# Labels that also begin sentences: what follows them must not end as one.
SENTENCE = re.compile(r"(?i)(?!(?:read|see)\s+(?:more|also|next)|more\s*:|[(\[])(?:\S+\s+){4,}\S+[^.\s]{2}[.!?][”\"’']?")


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a line: `kept` was `line[start:end]`; `urls` are addresses that went with the rest."""

    kept: str
    start: int
    end: int
    urls: tuple[str, ...] = ()

    def place(self, offset: int) -> int:
        """An offset of the line as an offset of what is kept (its nearest end when it was cut away)."""
        return min(max(offset - self.start, 0), len(self.kept))


def is_furniture(line: str) -> bool:
    """Whether a whole line is no part of an article."""
    line = line.strip()
    if not line:
        return True
    if len(line) > 320:
        return False
    return bool(
        COUNTER.fullmatch(line)
        or URL.fullmatch(line)
        or POINTER_LINE.fullmatch(line)
        or BUTTONS.fullmatch(line)
        or (LABELLED.fullmatch(line) and not SENTENCE.fullmatch(line))
        or (CAPTION.fullmatch(line) and not SENTENCE.fullmatch(line) and not re.search(r"(?<!\b[A-Z])[.!?][”\"’]?\s+\S", line))
    )


def cut(line: str) -> Cut:
    """A line without furniture: the whole line goes, or a last sentence that only points elsewhere."""
    if is_furniture(line):
        return Cut("", 0, 0, tuple(URL.findall(line)))
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    pointer = POINTER_END.search(line, start, end)
    if pointer:
        urls = tuple(URL.findall(pointer.group()))
        end = len(line[: pointer.start()].rstrip())
        return Cut(line[start:end], start, end, urls)
    return Cut(line[start:end], start, end)
