"""What is to be known of a returned workbook as a whole, above everything else until somebody puts it away."""

from csp_desktop.imports.import_plan import ImportPlan
from ui.bars import MessageBar


class WorkbookWarnings(MessageBar):
    """Shows the warnings of whole sheets; those that were put away stay away until they change."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what there is to know of a file that is an update workbook; any other says it elsewhere."""
        whole = [problem.message for problem in plan.problems if not problem.cell and plan.returned is not None]
        said = "\n".join(dict.fromkeys(whole))
        if said == self._said:
            return
        self._said = said
        if said:
            self.say(said, "warning")
        else:
            self.hide()
