"""The text of an e-mail that asks an owner for their update. The program sends nothing: a person pastes the text.

It tells an owner of their own actions alone.
"""

from dataclasses import dataclass
from datetime import date

from csp_desktop.exports.layout import ACTION_COLUMNS
from csp_desktop.queries.chasing import OwnerRow, WorkbookRow, WorkbookStanding
from csp_desktop.rules.chasing import ActionToUpdate
from csp_desktop.rules.periods import MONTH_NAMES

MOST_LISTED = 20
"""How many actions are listed by name; of more, the rest is counted."""

_POSTED = tuple(column.heading for column in ACTION_COLUMNS if column.posts)
_HOW = (
    "What to do:\n"
    f"1. Open the workbook and fill in the columns with dark blue headings, from “{_POSTED[0]}” to “{_POSTED[-1]}”.\n"
    "2. Change anything that is white and no longer right, such as a date. If an action is finished, set its status to "
    "Complete.\n"
    "3. Save the workbook and send it back to me as an attachment."
)


def chase_email(owner: OwnerRow, plan: str, partnership: str, sender: str, today: date) -> str:
    """Return the subject line ("Subject: ..."), a blank line, and the body, for what an owner is to be asked today.

    ``plan`` is the plan's title, ``partnership`` and ``sender`` are who signs.
    """
    letter = _Letter(owner, _line(plan), today)
    parts = [f"Subject: {letter.subject}", letter.greeting, letter.opening, letter.actions]
    parts += [letter.instructions, f"{letter.closing}\n\n{_line(sender)}\n{_line(partnership)}"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _long_day(value: date) -> str:
    """Return a day as a letter has it: 7 December 2026."""
    return f"{value.day} {MONTH_NAMES[value.month - 1]} {value.year}"


@dataclass(frozen=True, slots=True)
class _Letter:
    """The parts of one e-mail."""

    owner: OwnerRow
    plan: str
    today: date

    @property
    def named_plan(self) -> str:
        """Return the plan's title as it stands within a sentence."""
        return self.plan if self.plan.casefold().startswith("the ") else f"the {self.plan}"

    @property
    def subject(self) -> str:
        """What it is about and by when, so that it need not be opened to be understood."""
        workbook, standing = self.owner.workbook, self.owner.standing
        if workbook is None:
            return f"{self.plan}: your actions"
        update = f"your update for {workbook.period}"
        match standing:
            case WorkbookStanding.OVERDUE_TO_COME_BACK:
                return f"Reminder: {self.plan}: {update} was due on {_long_day(workbook.wanted_back)}"
            case WorkbookStanding.CAME_BACK_WITH_QUESTIONS:
                return f"{self.plan}: questions about {update}"
            case WorkbookStanding.CAME_BACK:
                return f"{self.plan}: thank you for {update}"
            case _:
                return f"{self.plan}: {update}, please by {_long_day(workbook.wanted_back)}"

    @property
    def greeting(self) -> str:
        """The greeting: an organisation has no first name, and one whose data was erased has none either."""
        if self.owner.is_erased:
            return "Dear colleague,"
        if self.owner.person_id is None:
            return f"Dear colleagues at {_line(self.owner.name)},"
        return f"Dear {_line(self.owner.name)},"

    @property
    def opening(self) -> str:
        """Say how it stands with the workbook and what is asked."""
        workbook = self.owner.workbook
        if workbook is None and not self.owner.open_actions:
            return f"The actions that you lead in {self.named_plan} are all marked complete."
        if workbook is None:
            return (
                f"You lead {_counted(self.owner.open_actions, 'open action')} in {self.named_plan}. I will send you a "
                "workbook in which you can give your update; there is nothing to send back yet."
            )
        match self.owner.standing:
            case WorkbookStanding.OVERDUE_TO_COME_BACK:
                return self._overdue(workbook)
            case WorkbookStanding.CAME_BACK_WITH_QUESTIONS:
                return self._questions(workbook)
            case WorkbookStanding.CAME_BACK:
                told = "Your answers are now in the plan." if workbook.changed else "It had nothing new in it."
                return f"{_thanks(workbook)} {told}"
            case _:
                return self._out(workbook)

    def _out(self, workbook: WorkbookRow) -> str:
        asked = f"It asks how your actions in {self.named_plan} are going, for {workbook.period}."
        if workbook.exported_on == self.today:
            sent = "Your update workbook is attached."
        else:
            sent = f"I sent you your update workbook on {_long_day(workbook.exported_on)}."
        return f"{sent} {asked} Please send it back by {_long_day(workbook.wanted_back)}."

    def _overdue(self, workbook: WorkbookRow) -> str:
        late = workbook.days_late(self.today)
        return (
            f"I have not yet had your update workbook for {workbook.period} back. I sent it to you on "
            f"{_long_day(workbook.exported_on)}, and it was due back on {_long_day(workbook.wanted_back)}, "
            f"{_counted(late, 'day')} ago. Please send it back as soon as you can. If you have sent it already, or "
            "someone else should answer for these actions, please let me know."
        )

    def _questions(self, workbook: WorkbookRow) -> str:
        asks = []
        if workbook.conflicts:
            places = _counted(workbook.conflicts, "place")
            asks.append(f"In {places}, what you wrote differs from what we had changed here in the meantime.")
        if workbook.problems:
            asks.append(f"In {_counted(workbook.problems, 'place')}, I could not use what the box says.")
        found = "\n".join(f"- {ask}" for ask in asks)
        count = "One question is" if workbook.questions == 1 else "Some questions are"
        return (
            f"{_thanks(workbook)} {count} still open:\n{found}\n\nPlease tell me when I can ring you, or reply to this "
            "e-mail, so that we can settle this together. You need not fill in the workbook again."
        )

    @property
    def actions(self) -> str:
        """Return the actions that need an update, or "" where none does."""
        needed = self.owner.needed
        if not needed:
            return ""
        listed = [_told(action) for action in needed[:MOST_LISTED]]
        rest = len(needed) - len(listed)
        if rest:
            listed.append(f"- and {rest:,} more of your actions")
        one = len(needed) == 1
        head = "This action of yours needs an update" if one else "These actions of yours need an update"
        if self.owner.standing is WorkbookStanding.CAME_BACK:
            head = "Please keep an eye on this action" if one else "Please keep an eye on these actions"
        return "\n".join((f"{head}:", *listed))

    @property
    def instructions(self) -> str:
        """Say what to do with the workbook, where it is still to come back."""
        match self.owner.standing:
            case WorkbookStanding.OUT | WorkbookStanding.OVERDUE_TO_COME_BACK:
                return _HOW
            case WorkbookStanding.NOT_SENT if self.owner.needed:
                return "If you can tell me already how things stand, a short reply to this e-mail is enough."
            case _:
                return ""

    @property
    def closing(self) -> str:
        """Return the last words above the name."""
        match self.owner.standing:
            case WorkbookStanding.OUT | WorkbookStanding.OVERDUE_TO_COME_BACK:
                return "If anything is unclear, please reply to this e-mail. Thank you for your help."
            case WorkbookStanding.CAME_BACK if not self.owner.needed:
                return "There is nothing more to do for now."
            case WorkbookStanding.NOT_SENT if not self.owner.open_actions:
                return "There is nothing more to do for now."
            case _:
                return "Thank you for your help."


def _thanks(workbook: WorkbookRow) -> str:
    back = "" if workbook.returned_on is None else f", which came back on {_long_day(workbook.returned_on)}"
    return f"Thank you for your update workbook for {workbook.period}{back}."


def _told(action: ActionToUpdate) -> str:
    """Return one action as a line: "- ACT-0003 Renew the order: due 1 November 2026, 12 days late"."""
    due = "no due date" if action.due is None else f"due {_long_day(action.due)}"
    facts = [due]
    if action.days_late:
        facts.append(f"{_counted(action.days_late, 'day')} late")
    if action.silent_since is not None:
        since = _long_day(action.silent_since)
        facts.append(f"no update since {since}" if action.was_updated else f"no update yet, begun {since}")
    return f"- {action.ref} {_line(action.title)}: {', '.join(facts)}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _line(text: str) -> str:
    """Return text on one line: a line break in a name or a title would begin a line of the e-mail."""
    return " ".join(text.split())
