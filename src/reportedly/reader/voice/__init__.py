"""What the writer adds without a source."""

from reportedly.reader.voice.finding import find_voice

__all__ = ["find_voice"]
