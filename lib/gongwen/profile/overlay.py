"""A file of the lines that differ + the profile it extends -> one whole table of values, each with its own reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PROVENANCE = ("clause", "strength", "source")
GRID_LINE = "一行"
_NESTED = ("fonts", "styles")


def overlaid(base: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """The base with every value that `above` gives.

    A value keeps the reason that its own file gives for it.
    """
    merged: dict[str, Any] = {}
    for name in {**base, **above}:
        low, high = base.get(name, {}), above.get(name, {})
        if not isinstance(low, Mapping) or not isinstance(high, Mapping):
            merged[name] = high or low
        elif name in _NESTED:
            merged[name] = {
                key: _section(low.get(key, {}), high.get(key, {})) for key in {**low, **high}
            }
        else:
            merged[name] = _section(low, high)
    return merged


def _section(low: Any, high: Any) -> Any:
    if not isinstance(low, Mapping) or not isinstance(high, Mapping):
        return high or low
    upper = _spelled_out(high)
    # a length given in points replaces one given in twips, and the other way round
    replaced = {name.replace("_twips", "_pt") for name in upper} | {
        name.replace("_pt", "_twips") for name in upper
    }
    inherited = {name: value for name, value in _spelled_out(low).items() if name not in replaced}
    return {**inherited, **upper}


def _spelled_out(section: Mapping[str, Any]) -> dict[str, Any]:
    """Every value of a section with the reason that its section gives for all."""
    shared = {name: section[name] for name in PROVENANCE if name in section}
    return {
        name: {
            **shared,
            **(value if isinstance(value, Mapping) and "value" in value else {"value": value}),
        }
        for name, value in section.items()
        if name not in PROVENANCE
    }


def in_grid_lines(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with 一行 in a length replaced by the line pitch of the grid."""
    grid = content.get("grid")
    pitch = grid.get("line_twips") if isinstance(grid, Mapping) else None
    pitch = pitch.get("value") if isinstance(pitch, Mapping) else pitch
    return (
        {name: _replaced(value, pitch) for name, value in content.items()}
        if pitch
        else dict(content)
    )


def _replaced(value: Any, pitch: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _replaced(each, pitch) for name, each in value.items()}
    return pitch if value == GRID_LINE else value
