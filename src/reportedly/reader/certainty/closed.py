"""Closed classes of English (data/closed.toml), as sets."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_CLASSES = {name: frozenset(words.split()) for name, words in tomllib.loads((files("reportedly.reader") / "data" / "closed.toml").read_text("utf-8")).items()}

BE, FINITE_BE, HAVE, DO, PAST_AUXILIARY = (_CLASSES[name] for name in ("be", "finite_be", "have", "do", "past_auxiliary"))
PERSONAL, PRONOUN, SPEAKER, REFERRING, IMPERSONAL, OBJECT = (_CLASSES[name] for name in ("personal", "pronoun", "speaker", "referring", "impersonal", "object"))
DETERMINER, PRONOMINAL, PLURAL, PREPOSITION = (_CLASSES[name] for name in ("determiner", "pronominal", "plural", "preposition"))
ADVERB, PARTICLE, QUOTES, STOPS, LINKS = (_CLASSES[name] for name in ("adverb", "particle", "quotes", "stops", "links"))
OPENERS = _CLASSES["openers"] | QUOTES
WH, RELATIVE, CONJUNCTION, DEGREE = (_CLASSES[name] for name in ("wh", "relative", "conjunction", "degree"))
NO_ING, BEHIND_S, BEHIND_VERB = (_CLASSES[name] for name in ("no_ing", "behind_s", "behind_verb"))
NO_VERB = DETERMINER | PREPOSITION | PRONOUN | OBJECT | frozenset(["both", "what", "whom", "whether", "how"])
RAISING, CLAUSAL, TRANSPARENT = (_CLASSES[name] for name in ("raising", "clausal", "transparent"))
ODDS, UNSETTLED, PERFORMING, TELLING, MEASURE, NO_CONDITION = (_CLASSES[name] for name in ("odds", "unsettled", "performing", "telling", "measure", "no_condition"))


def is_adverb(word: str) -> bool:
    """A word that may stand between an auxiliary and its verb."""
    return word in ADVERB or (word.endswith("ly") and len(word) > 4)
