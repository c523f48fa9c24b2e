"""Random histories of a brand: what its systems may send after they sent something.

A step is what arrives between two runs. All picks are plain numbers, taken modulo what there is,
so that a history that fails shrinks to few and small ones.
"""

from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Event:
    """Something that is sent again, in a file of its own.

    kind      one of KINDS
    place     which of the kind's places: a table, with columns where the kind has them
    row       which row of that table, any version of it
    donor     another row, for the kinds that take values from one
    minutes   by how much a time moves
    hours     what is added to `updated_at`; none: the sender does not say when
    """

    kind: str
    place: int
    row: int
    donor: int
    minutes: int
    hours: int | None


# The first is the simplest: a history that fails shrinks towards it.
KINDS = {
    "replay": "the row as it was",
    "change": "any one column as in the donor",
    "move": "columns that belong together as in the donor: to another order, account, parcel",
    "empty": "columns that say nothing any more",
    "shift": "a time moves",
    "new": "under a key or group that nobody knew",
    "delete": "the row is deleted",
    "return": "the first version of the row is the last again",
    "shorten": "all parts of the whole but this one, as a new version",
    "same_name": "the file that brought the row, under its name, without the row",
}


@dataclass(frozen=True)
class Step:
    """What arrives between two whole runs, and the setting of the second.

    late_files    files that were held back so far, by their place
    events        what is sent again
    look_ups      whether look-ups may change that nearly everything reads: then that is built anew
    interrupted   none, or the model at which a run stopped after half of the events arrived
    selected      whether that run was of this model alone
    as_of_date    the setting
    """

    late_files: tuple[int, ...]
    events: tuple[Event, ...]
    look_ups: bool
    interrupted: int | None
    selected: bool
    as_of_date: str | None


_pick = st.integers(0, 10_000)
_events = st.builds(
    Event,
    kind=st.sampled_from([*KINDS, "move", "move", "move", "empty", "shift", "new", "delete"]),
    place=_pick,
    row=_pick,
    donor=_pick,
    minutes=st.sampled_from([20, -20, 45, -45, 1500, -1500, 50_000, -50_000]),
    hours=st.sampled_from([1, 1, 24, 24, 0, -48, None]),
)
steps = st.builds(
    Step,
    late_files=st.lists(_pick, max_size=6).map(tuple),
    # A step costs two builds, an event nothing: many.
    events=st.lists(_events, min_size=25, max_size=60).map(tuple),
    look_ups=st.sampled_from([False, False, False, False, True]),
    interrupted=st.none() | st.none() | _pick,
    selected=st.booleans(),
    as_of_date=st.sampled_from([None, None, None, "2024-07-20", "2024-09-20"]),
)
