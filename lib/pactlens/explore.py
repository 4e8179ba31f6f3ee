"""One interactive panel a notebook: what a reader may choose, and what it shows; with no reader, its first view."""

import html
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from ipywidgets import VBox

# jupyter_server sets it for a kernel that a reader started; runners of notebooks (nbclient, nbval) do not.
READER = "JPY_SESSION_NAME"


class Choice(NamedTuple):
    """One thing to choose: its label, the choices as (shown, value), the first one chosen, the ipywidget."""

    label: str
    options: Sequence[tuple[str, Any]]
    value: Any
    widget: str = "Dropdown"


@dataclass(frozen=True)
class Panel:
    """Choices, and the function that shows what was chosen: keyword arguments to (sentence, HTML).

    It displays its first view as HTML and text always, and its widgets beside them when a reader is there.
    """

    choices: Mapping[str, Choice]
    show: Callable[..., tuple[str, str]]

    def view(self, **chosen: object) -> tuple[str, str]:
        """Return the sentence and the HTML for `chosen`; what is not given is as in the first view."""
        said, below = self.show(**{name: choice.value for name, choice in self.choices.items()} | chosen)
        return said, f'<p class="said" role="status">{html.escape(said)}</p>{below}'

    def widget(self) -> "VBox":
        """Return the panel as widgets: the choices in order, then what they show."""
        import ipywidgets

        shown = ipywidgets.HTML(self.view()[1])
        made = {name: _control(choice) for name, choice in self.choices.items() if choice.options}

        def update(_: object) -> None:
            shown.value = self.view(**{name: control.value for name, control in made.items()})[1]

        for control in made.values():
            control.observe(update, names="value")
        return ipywidgets.VBox([*made.values(), shown])

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        said, shown = self.view()
        labels = ", ".join(choice.label.lower() for choice in self.choices.values())
        hint = f"This is the first view. In JupyterLab, where the notebook is run, choose: {labels}."
        bundle = {
            "text/html": f'<section class="panel">{shown}<p class="hint">{hint}</p></section>',
            "text/plain": f"{said}\n{hint}",
        }
        return (self.widget()._repr_mimebundle_() if os.environ.get(READER) else {}) | bundle


def _control(choice: Choice) -> Any:
    """Return the widget of a choice; it speaks when the choice is made, not at each key or pixel."""
    import ipywidgets

    options: Sequence[object] = choice.options
    settings: dict[str, object] = {}
    if choice.widget == "Combobox":
        options = [shown for shown, _ in choice.options]
    if choice.widget in ("Combobox", "SelectionSlider"):
        settings["continuous_update"] = False
    if choice.widget == "SelectMultiple":
        settings["rows"] = min(8, len(options))
    return getattr(ipywidgets, choice.widget)(
        options=options,
        value=choice.value,
        description=choice.label,
        style={"description_width": "initial"},
        layout={"width": "min(100%, 34rem)"},
        **settings,
    )
