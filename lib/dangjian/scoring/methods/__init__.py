"""One method of scoring and plain rows -> the points they come to, or why they cannot say.

The table is all there is; what each method reads is told in docs/考核方案.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dangjian.scoring.methods.passing import pass_or_fail
from dangjian.scoring.methods.points import bonus, by_band, by_share, per_miss
from dangjian.scoring.methods.score_request import Counted, ScoreRequest

METHODS: Mapping[str, Callable[[ScoreRequest], Counted]] = {
    "按次扣分": per_miss,
    "达标": pass_or_fail,
    "比例": by_share,
    "分档": by_band,
    "加分": bonus,
}
