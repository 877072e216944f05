from pathlib import Path

import pytest

from csp_desktop.store import Store
from tests.csp_desktop.imports.returns.owner_desk import Desk


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(store, tmp_path)
