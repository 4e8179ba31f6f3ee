"""Run notebooks in a clean kernel: `python -m pactlens.notebooks FILE...` stores their outputs in place."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from traitlets.config import Config

from pactlens.errors import NotebookError

# No Python version and no timing: another machine, another day, the same bytes.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
# ipykernel itself warns of a pending deprecation when it stops; as an error that would keep it from stopping.
WARNINGS = "error,ignore::PendingDeprecationWarning"


def folder() -> Path:
    """Return the folder of notebooks: $PACTLENS_NOTEBOOKS, else `notebooks` beside `lib`."""
    return Path(os.environ.get("PACTLENS_NOTEBOOKS") or Path(__file__).resolve().parents[2] / "notebooks")


def find() -> list[Path]:
    """Return the notebooks in order of name; raises NotebookError if there is none."""
    paths = sorted(folder().glob("*.ipynb"))
    if not paths:
        raise NotebookError(f"no notebook in {folder()}: set PACTLENS_NOTEBOOKS to the folder of them")
    return paths


def run(path: Path, corpus: Path | None = None) -> NotebookNode:
    """Return the notebook at `path` as it is after running every cell in a new kernel, on `corpus` if given.

    Counts are 1..n. Raises NotebookError if a cell fails, warns or writes to stderr, or the kernel dies.
    """
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    environment = {key: value for key, value in os.environ.items() if key != "JPY_SESSION_NAME"}
    environment["PYTHONWARNINGS"] = WARNINGS
    if corpus is not None:
        environment["PACTLENS_CORPUS"] = str(corpus.resolve())
    with tempfile.TemporaryDirectory() as place:
        # Sockets in a folder of its own: kernels that start at once never take each other's port.
        connection = (
            {} if os.name == "nt" else {"transport": "ipc", "connection_file": f"{place}/kernel.json"}
        )
        client = NotebookClient(
            notebook,
            config=Config({"KernelManager": connection}),
            timeout=1800,
            record_timing=False,
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            asyncio.run(client.async_execute(env=environment))
        except CellExecutionError as error:
            what = f"{error.ename}: {error.evalue}"
            raise NotebookError(f"{path.name} stopped: {what}\n{strip_ansi(str(error))}") from None
        except (DeadKernelError, CellTimeoutError) as error:
            on = environment.get("PACTLENS_CORPUS", "data/articles")
            hint = "try again with more memory free, or with fewer articles"
            raise NotebookError(f"{path.name} stopped on {on}: {error}: {hint}") from None
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise NotebookError(f"{path.name} wrote to stderr in [{cell.execution_count}]: {output.text}")
    notebook.metadata = NotebookNode(METADATA)
    return notebook


def main(paths: list[str]) -> int:
    """Run and store each notebook; return 0, or 2 as soon as one fails, which stays as it was."""
    try:
        for path in map(Path, paths):
            print(path, file=sys.stderr, flush=True)
            nbformat.write(run(path), path)
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
