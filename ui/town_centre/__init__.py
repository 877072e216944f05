"""The screens of the town centre: what is on, its actions, operations, orders, feedback and places."""
