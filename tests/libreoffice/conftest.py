from collections.abc import Iterator

import pytest

from tests.libreoffice.calc_office import Calc, CannotStartError, find_libreoffice, running
from tests.libreoffice.partnership import Seed


@pytest.fixture(scope="session")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    """The one office of all these tests; without LibreOffice each of them is skipped here, before anything is made."""
    found = find_libreoffice()
    if isinstance(found, str):
        pytest.skip(found)
    try:
        with running(found, tmp_path_factory.mktemp("libreoffice")) as office:
            yield office
    except CannotStartError as error:
        pytest.skip(f"LibreOffice does not start here: {error}")


@pytest.fixture(scope="session")
def seed(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Seed:  # noqa: ARG001 - without it, skipped
    return Seed.made(tmp_path_factory.mktemp("seed"))
