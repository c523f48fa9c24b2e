"""What can go wrong, as the kinds that callers treat differently."""


class LandingError(Exception):
    """The run cannot start or go on (settings, folders, the working file); exit code 2."""


class WorkingFileTaken(LandingError):
    """Another process has locked the working file; a later retry helps."""


class WorkingFileDamaged(LandingError):
    """The working file is damaged; raw files and publications are not touched."""


class FileRefused(Exception):
    """One file cannot land; the message says what is wrong and what to do. Others still land."""
