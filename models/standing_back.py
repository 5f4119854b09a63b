"""Threads that compute stand back behind the windows and the sound: a lower priority, where the system has one.

A person who presses the key waits for the window first; reading and loading models may take what is left.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading

NICENESS = 10
"""below the process's first thread: about a tenth of a core's time beside a thread that has not stood back"""
SWITCH_SECONDS = 0.0005
"""how long a thread keeps the interpreter while another one waits; Python's own 5 ms are felt at each step of drawing"""
BELOW_NORMAL = -1
UTILITY = 0x11


def stand_back() -> None:
    """Lower this thread for good; on Linux also those it starts, which is where engines compute. Never fails."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.GetCurrentThread.restype = ctypes.c_void_p
        kernel.SetThreadPriority(ctypes.c_void_p(kernel.GetCurrentThread()), BELOW_NORMAL)
    elif sys.platform == "darwin":
        ctypes.CDLL(None).pthread_set_qos_class_self_np(UTILITY, 0)
    else:
        with contextlib.suppress(OSError):
            lowered = min(19, os.getpriority(os.PRIO_PROCESS, os.getpid()) + NICENESS)
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), lowered)


def share_the_interpreter() -> None:
    """Let the windows' thread have the interpreter soon after it asks, whoever computes in Python meanwhile."""
    sys.setswitchinterval(SWITCH_SECONDS)
