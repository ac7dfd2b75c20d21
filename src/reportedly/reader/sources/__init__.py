"""Who speaks, and through whom it came."""

from reportedly.reader.sources.chain import chains
from reportedly.reader.sources.cited import with_cited
from reportedly.reader.sources.voices import Voices

__all__ = ["Voices", "chains", "with_cited"]
