"""What can be wrong with a board."""


class BoardError(Exception):
    """A board cannot be rendered; the message is one line and names board and query."""
