"""A Jupyter kernel manager -> one with its own socket folder, a memory limit, no output, and a kill switch.

TCP kernels race for ports, and `ipc` with the default name shares sockets between kernels; a unique
short path does neither. Windows has no such sockets and stays with TCP.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import default
from traitlets.config import Config

from zhibi.data.snapshot.access_scope import environment
from zhibi.notebook.file import DEFAULT_KERNEL

POSIX = os.name == "posix"
LONGEST_SOCKET = 90  # sun_path holds 104 to 108 bytes; jupyter_client appends "-5"


class Leash:
    """What the engine holds of a kernel process.

    It can limit it, and end it with everything it started.
    """

    def __init__(self, memory_bytes: int) -> None:
        self.memory_bytes = memory_bytes
        self.process: subprocess.Popen[bytes] | None = None
        self.given_up = False

    def tie(self, process: subprocess.Popen[bytes]) -> None:
        """Take hold of a kernel that was just started."""
        self.process = process
        if sys.platform == "linux":  # macOS does not enforce these limits, Windows has none
            import resource  # noqa: PLC0415  # does not exist elsewhere

            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(
                    process.pid, resource.RLIMIT_DATA, (self.memory_bytes, self.memory_bytes)
                )
        if self.given_up:
            self.kill()

    def kill(self) -> None:
        """End the kernel and its children at once, or as soon as it starts."""
        self.given_up = True
        if self.process is None or self.process.poll() is not None:
            return
        with contextlib.suppress(OSError):
            if POSIX:
                os.killpg(
                    self.process.pid, signal.SIGKILL
                )  # jupyter_client starts each kernel as a session leader
            else:
                self.process.kill()

    @property
    def exit_code(self) -> int | None:
        """How the kernel ended; negative is the signal that ended it, None while it lives."""
        return self.process.poll() if self.process else None


class ThisPython(KernelSpecManager):
    """`python3` is the Python zhibi is installed in, whatever a kernelspec in the user's home says."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Look a kernel up by name."""
        if kernel_name == DEFAULT_KERNEL:
            return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())
        return super().get_kernel_spec(kernel_name)


def manager_class(leash: Leash, scratch: Path) -> type[AsyncKernelManager]:
    """A kernel manager whose kernels are tied to `leash` and keep their sockets and files in `scratch`."""

    class Leashed(AsyncKernelManager):
        @default("kernel_spec_manager")
        def _this_python(self) -> KernelSpecManager:
            return ThisPython(parent=self)

        async def start_kernel(self, **kw: Any) -> None:  # type: ignore[override]  # async in this branch of the library
            self.connection_file = str(scratch / "kernel.json")
            kw["env"] = {**os.environ, **environment(Path(kw.get("cwd") or os.curdir))}
            await super().start_kernel(**kw, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            assert isinstance(self.provisioner, LocalProvisioner)
            assert self.provisioner.process is not None
            leash.tie(self.provisioner.process)

        start_kernel.__doc__ = (
            "Start a kernel and tie it; what it writes outside of cells goes nowhere."
        )

    return Leashed


def transport(scratch: Path) -> Config:
    """The configuration of a kernel's sockets."""
    own = {"transport": "ipc", "ip": str(scratch / "k")} if POSIX else {}
    return Config({"KernelManager": own, "AsyncKernelManager": own})


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of one kernel's own with a path short enough for sockets; gone afterwards."""
    home = tempfile.gettempdir()
    parent = "/tmp" if POSIX and len(home) > LONGEST_SOCKET - 20 else home  # noqa: S108  # the name inside is unique
    folder = Path(tempfile.mkdtemp(prefix="zb-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
