"""A Windows job object around the reader, through ctypes: its memory is bounded and it dies with us."""

import ctypes
import sys

from csp_desktop.imports.reading.windows_structures import ExtendedLimits, MemoryCounters

assert sys.platform == "win32"  # noqa: S101 - tells the type checker where the rest is meant for

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY = 0x0100
_DIE_ON_UNHANDLED = 0x0400  # no error box that waits for somebody to close it
_KILL_ON_CLOSE = 0x2000

_HANDLE = ctypes.c_void_p
_kernel = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel.CreateJobObjectW.restype = _HANDLE
_kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
_kernel.SetInformationJobObject.argtypes = (_HANDLE, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
_kernel.AssignProcessToJobObject.argtypes = (_HANDLE, _HANDLE)
_kernel.CloseHandle.argtypes = (_HANDLE,)
_kernel.K32GetProcessMemoryInfo.argtypes = (_HANDLE, ctypes.c_void_p, ctypes.c_uint32)


class Job:
    """Holds the process of a handle. An estate may forbid jobs: then polling alone bounds the child's memory."""

    def __init__(self, process: int, memory: int) -> None:
        self._handle: int | None = _kernel.CreateJobObjectW(None, None)
        limits = ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _DIE_ON_UNHANDLED | _KILL_ON_CLOSE
        limits.ProcessMemoryLimit = memory
        size = ctypes.sizeof(limits)
        self.holds = bool(
            self._handle
            and _kernel.SetInformationJobObject(self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            and _kernel.AssignProcessToJobObject(self._handle, process)
        )

    def close(self) -> None:
        """End the process, where the job holds it."""
        if self._handle:
            _kernel.CloseHandle(self._handle)
            self._handle = None


def memory_of(process: int) -> int:
    """Return the memory that the process of a handle has for itself, in bytes, 0 where Windows does not say."""
    counters = MemoryCounters()
    counters.cb = ctypes.sizeof(counters)
    if not _kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb):
        return 0
    return int(max(counters.WorkingSetSize, counters.PagefileUsage))
