"""How sure the source is, and how the page stands to it."""

from reportedly.reader.certainty.factuality import factuality
from reportedly.reader.certainty.stance import stance

__all__ = ["factuality", "stance"]
