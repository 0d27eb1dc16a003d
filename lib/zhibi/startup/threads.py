"""Environment variables that keep libraries from starting threads; set before they are imported.

A process that was forked to run a notebook has an environment like a kernel's again: what was set
here is taken back.
"""

import os
from collections.abc import Mapping, MutableMapping

QUIET: Mapping[str, str] = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
_SET_BY_US = "ZHIBI_QUIET"


def quiet(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with what its owner did not set himself, and a note of what that is."""
    ours = [name for name in QUIET if name not in environment]
    noted = environment.get(_SET_BY_US, "").split()
    return {
        **{name: QUIET[name] for name in ours},
        **environment,
        _SET_BY_US: " ".join((*noted, *ours)),
    }


def quieten() -> None:
    """Make this process' environment a quiet one."""
    os.environ.update(quiet(os.environ))


def loud(environment: MutableMapping[str, str]) -> None:
    """Take back what `quiet` set."""
    for name in environment.pop(_SET_BY_US, "").split():
        environment.pop(name, None)
