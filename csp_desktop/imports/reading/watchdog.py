"""The parent's hold on its reader: how much memory the child has, and where the system helps, an end with the parent.

On Linux the child bounds itself as well; Windows knows no such bound, so there a job object holds the child: the
kernel refuses it memory beyond the bound, and ends it when the last handle of the job is closed, however that happens.
Where neither can be had, polling the child's memory is what is left, and is done everywhere.
"""

import os
import sys
from multiprocessing.context import SpawnProcess
from pathlib import Path


class Watchdog:
    """Watches one started child; ``memory`` is the most resident memory it may have, in bytes."""

    def __init__(self, child: SpawnProcess, memory: int) -> None:
        self._child = child
        self._memory = memory
        self.peak = 0
        if sys.platform == "win32":
            from csp_desktop.imports.reading.windows_job import Job

            self._job = Job(child.sentinel, memory)

    def has_too_much(self) -> bool:
        """Say whether the child holds more memory than it may. ``peak`` is the most seen so far, in bytes."""
        self.peak = max(self.peak, self._in_use())
        return self.peak > self._memory

    def close(self) -> None:
        """Let go of the child; on Windows that ends it."""
        if sys.platform == "win32":
            self._job.close()

    def _in_use(self) -> int:
        """Return the child's resident memory in bytes, 0 where it is gone or the system does not say."""
        if sys.platform == "win32":
            from csp_desktop.imports.reading.windows_job import memory_of

            return memory_of(self._child.sentinel)
        return resident_memory(self._child.pid or 0)


def resident_memory(process: int) -> int:
    """Return a process's resident memory in bytes by Linux's count, 0 where there is none."""
    if sys.platform == "win32":
        return 0
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
