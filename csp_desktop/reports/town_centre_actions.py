"""The strands of a town-centre plan in its report: counts by RAG, the actions, and what they serve."""

from csp_desktop.queries.town_centre import served_actions
from csp_desktop.reports import action_tables as tables
from csp_desktop.reports.blocks import Block, Column, Heading, Paragraph, Table
from csp_desktop.reports.positions import Position, theme_name
from csp_desktop.store import Store


def action_blocks(store: Store, position: Position) -> list[Block]:
    """Return the strands with their actions as ``position`` shows them."""
    if not position.actions:
        return [Paragraph("The plan has no actions yet.")]
    blocks: list[Block] = [tables.compact_counts(position)]
    for theme in position.headings:
        own = position.of_theme(theme, position.actions)
        if own:
            table = tables.action_table(own, position)
            blocks += [Heading(3, theme_name(theme)), tables.without_private(table) if position.is_public else table]
    bare = [theme_name(theme) for theme in position.headings if not position.of_theme(theme, position.actions)]
    if bare:
        blocks.append(Paragraph(f"Strands without an action yet: {', '.join(bare)}."))
    return [*blocks, Heading(3, "Partnership actions that these serve"), _served_table(store, position)]


def _served_table(store: Store, position: Position) -> Table:
    links = served_actions(store, position.plan.id)
    rows = tuple(
        (action.ref, action.title, "\n".join(f"{link.ref} {link.title}" for link in links[action.id]))
        for action in position.actions
        if action.id in links
    )
    columns = (Column("Ref", weight=0.8), Column("Action", weight=3.0), Column("Serves", weight=3.0))
    caption = f"{tables.count(len(rows), 'action')} linked to the partnership's own plan"
    return Table(caption, columns, rows, "No action is linked to one of the partnership's plan yet.")
