"""Child processes that do not outlive their parent."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # include/uapi/linux/prctl.h

_libc = ctypes.CDLL(None)


def end_with_parent() -> None:
    """Asks the kernel to end this process with SIGTERM when its parent dies, however; Linux only.

    For `preexec_fn` and gunicorn's `post_fork`: runs in the child before anything else does.
    """
    if sys.platform == "linux":
        parent = os.getppid()
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), signal.SIGTERM)
