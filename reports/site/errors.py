"""What can be wrong with the site."""


class SiteError(Exception):
    """The site cannot be built; the message says what is wrong and what to do."""
