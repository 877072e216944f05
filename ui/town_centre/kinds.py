"""The screens of the town centre by their keys; a screen of a register has the register's name."""

from csp_desktop.registers.forms import Register

NOW, ACTIONS = "now", "actions"
OPERATIONS = Register.OPERATIONS.value
FOLLOW_UPS = Register.FOLLOW_UPS.value
ORDERS = Register.ORDER_CLAUSES.value
FEEDBACK = Register.FEEDBACK.value
PLACES = Register.PLACES.value
PLAN = "plan"  # the place where a plan's actions are worked on
