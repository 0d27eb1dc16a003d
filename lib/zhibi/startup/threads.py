"""What keeps libraries from starting threads: a process that is to fork must have none. Set before they are imported."""

from collections.abc import Mapping

QUIET: Mapping[str, str] = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
