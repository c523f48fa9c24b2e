"""One writer at a time: a pool inside Dagster, and retries while another process writes."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import dagster as dg

from ingest.errors import LandingError, WorkingFileDamaged, WorkingFileTaken
from ingest.working_file import connect
from orchestration.project import Warehouse
from orchestration.publication import PublicationError
from orchestration.run_lock import run_lock

# dagster.yaml gives every pool one slot.
POOL = "warehouse"

# 5, 10, … 160 seconds, give or take: five minutes in all. A query of the working file holds it
# for seconds, a `make build` beside this run takes minutes.
WHEN_TAKEN = dg.RetryPolicy(
    max_retries=6, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS
)
WRITES = {"pool": POOL, "retry_policy": WHEN_TAKEN}


@contextmanager
def on_working_file(warehouse: Warehouse) -> Iterator[None]:
    """Context of a step that uses the working file.

    Raises WorkingFileTaken, which the step's policy retries, and dg.Failure for errors that a
    retry would not fix.
    """
    try:
        with run_lock(warehouse):
            # Checked first: dbt and Great Expectations answer a locked file with a
            # traceback. The step itself handles a damaged one: landing moves it aside.
            if warehouse.working_file.exists():
                with suppress(WorkingFileDamaged):
                    connect(warehouse.working_file).close()
            yield
    except WorkingFileTaken:
        raise
    except (LandingError, PublicationError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    except Exception as error:
        # A defect, or a library's message that may quote data: only its type is shown here.
        kind = type(error).__name__
        raise dg.Failure(f"{kind}: see the log", allow_retries=False) from error
