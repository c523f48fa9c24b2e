"""What can go wrong, as the kinds that callers treat differently."""


class LandingError(Exception):
    """The run cannot start or go on (settings, folders, the working file); exit code 2."""


class WorkingFileTaken(LandingError):
    """Another process holds the working file; it passes, so trying again later helps."""


class WorkingFileDamaged(LandingError):
    """What the working file holds cannot be read; raw files and publications are not touched."""


class FileRefused(Exception):
    """One file cannot land; the message says what is wrong and what to do. Others still land."""
