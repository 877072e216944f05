"""Files as people really have them, in the folder that CSP_SAMPLES names: each a preview or one sentence, in time."""

import os
import time
from pathlib import Path

import pytest

from benchmarks.samples import files_in
from csp_desktop.errors import CspError
from csp_desktop.imports.running import ImportRequest, compare, open_source
from csp_desktop.store import Store
from tests.factories import TODAY

FOLDER = os.environ.get("CSP_SAMPLES", "")
SAMPLES = files_in(Path(FOLDER)) if FOLDER else []
WORST = 15.0


@pytest.mark.skipif(not SAMPLES, reason="CSP_SAMPLES names no folder with files")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_gives_a_preview_or_one_sentence_in_time(store: Store, path: Path) -> None:
    started = time.monotonic()
    said = ""
    try:
        plan = compare(store, open_source(path), ImportRequest(), TODAY)
        assert plan.read.tables
        said = plan.sentence
    except CspError as refused:
        said = str(refused)
    assert time.monotonic() - started < WORST
    assert said.endswith(".")
    assert "\n" not in said
    assert "fault of its own" not in said
