"""Find texts in a drawn chart that lie on each other, or are cut off at its edge."""

from itertools import combinations

from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from pactlens import figure


def overlapping(drawn: Canvas) -> list[tuple[str, str]]:
    """Return the pairs of visible texts that lie on each other, and (text, "edge") for each one cut off."""
    with figure.style():
        drawn.draw_without_rendering()
        beyond = {
            label
            for axis in [axis for plot in drawn.axes for axis in (plot.xaxis, plot.yaxis)]
            for tick in axis.get_major_ticks()
            if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
            for label in (tick.label1, tick.label2)
        }
        texts = [text for text in drawn.findobj(Text) if text.get_visible() and text not in beyond]
        boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text().strip()]
    cut = [
        (name, "edge")
        for name, box in boxes
        if min(box.x0, box.y0) < -1 or box.x1 > drawn.bbox.x1 + 1 or box.y1 > drawn.bbox.y1 + 1
    ]
    return cut + [
        (one, two)
        for (one, first), (two, second) in combinations(boxes, 2)
        if min(first.x1, second.x1) - max(first.x0, second.x0) > 0.5
        and min(first.y1, second.y1) - max(first.y0, second.y0) > 0.5
    ]
