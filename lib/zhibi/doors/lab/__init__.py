"""JupyterLab as the authors of reports use it: outputs stay out of the notebooks that are kept.

`overrides.json` sets the interface: Chinese, no news from outside, long lines of prose folded.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(without_outputs)


def without_outputs(model: dict[str, Any], **_: Any) -> None:
    """Take the outputs out of a report notebook before it is saved.

    They hold names and figures of real people.

    Other notebooks, and reports that say `"outputs": true` under `zhibi` in their metadata, are
    saved as they are.
    """
    if model.get("type") != "notebook" or not model.get("content"):
        return
    about = model["content"].get("metadata", {}).get("zhibi")
    if about is None or about.get("outputs"):
        return
    for cell in model["content"].get("cells", ()):
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
