"""What the writer adds without a source."""

from reportedly.reader.voice.finding import find_voice
from reportedly.reader.voice.loaded import judging_words

__all__ = ["find_voice", "judging_words"]
