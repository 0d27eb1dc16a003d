"""Profile file (TOML) -> how a page looks, as frozen typed values in named units.

Every table of the file says by which clause, how strongly and after whom its values hold (clause,
strength, source); a single value may say so for itself: `size_pt = {value = 16, clause = "5.2.2",
strength = "一般", source = "…"}`. Lengths named `…_twips` may be given as `…_pt` instead.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongwen.profile.design import Fonts, Profile, Rule, Style
    from gongwen.profile.reading import load, names

_HOMES = {
    **dict.fromkeys(("Fonts", "Profile", "Rule", "Style"), "gongwen.profile.design"),
    **dict.fromkeys(("load", "names"), "gongwen.profile.reading"),
}
__all__ = ["Fonts", "Profile", "Rule", "Style", "load", "names", "packaged_templates"]


def __getattr__(name: str) -> Any:
    """Who only asks where profiles lie does not wait for what can stand in one."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def packaged_templates() -> Path:
    """The folder of the profiles that come with the package.

    Inside the wheel, or at the top of a checkout.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"
