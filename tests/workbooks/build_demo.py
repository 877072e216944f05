"""Write the demo workbooks and registers of ``resources/demo``: run ``python -m workbooks.build_demo`` in ``tests``."""

from collections.abc import Callable
from pathlib import Path

from tests.workbooks import demo_council, demo_police, demo_registers, demo_risk, demo_voluntary

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"

BUILDERS: dict[str, Callable[[Path], None]] = {
    "council-action-plan.xlsx": demo_council.build,
    "police-neighbourhood-tracker.xlsx": demo_police.build,
    "reducing-risk-plan.xlsx": demo_risk.build,
    "voluntary-sector-actions.csv": demo_voluntary.build,
}


REGISTERS = DEMO / "registers"


def build_registers(folder: Path) -> None:
    """Write every demo register into ``folder``."""
    for name, build in demo_registers.BUILDERS.items():
        build(folder / name)


def build_all(folder: Path) -> None:
    """Write every demo workbook into ``folder``."""
    for name, build in BUILDERS.items():
        build(folder / name)


if __name__ == "__main__":
    build_all(DEMO)
    REGISTERS.mkdir(exist_ok=True)
    build_registers(REGISTERS)
