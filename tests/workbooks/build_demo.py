"""Write the demo workbooks of ``resources/demo``: run ``python -m workbooks.build_demo`` in the folder ``tests``."""

from collections.abc import Callable
from pathlib import Path

from tests.workbooks import demo_council, demo_police, demo_risk, demo_voluntary

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"

BUILDERS: dict[str, Callable[[Path], None]] = {
    "council-action-plan.xlsx": demo_council.build,
    "police-neighbourhood-tracker.xlsx": demo_police.build,
    "reducing-risk-plan.xlsx": demo_risk.build,
    "voluntary-sector-actions.csv": demo_voluntary.build,
}


def build_all(folder: Path) -> None:
    """Write every demo workbook into ``folder``."""
    for name, build in BUILDERS.items():
        build(folder / name)


if __name__ == "__main__":
    build_all(DEMO)
