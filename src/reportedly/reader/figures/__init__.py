"""How many: numbers with what they count."""

from reportedly.reader.figures.finding import find_figures, placed

__all__ = ["find_figures", "placed"]
