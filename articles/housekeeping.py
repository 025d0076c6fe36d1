"""What has to be looked after each minute. Nothing that readers see depends on its being on time."""

from collections.abc import Callable

from articles import assigning, guessing, outlets, passing_on, sealing, summaries, wire_retention
from articles.photos import due, rights

# Each may be run at any time, any number of times, by several at once.
DUE: dict[str, Callable[[], object]] = {
    "Sealing the log": sealing.seal_events,
    "Counting what stands where": summaries.count_what_changed,
    "Telling of work that is due": assigning.tell_what_is_due,
    "Deleting files of pictures whose rights have ended": rights.delete_what_has_ended,
    "Telling of rights that end soon": rights.tell_beforehand,
    "Asking for the files of pictures that have none": due.prepare_what_has_nothing,
    "Deleting copy whose terms have ended": wire_retention.delete_what_is_due,
    "Forgetting wrong guesses": guessing.forget_old,
    "Calling subscribers": passing_on.take_up,
    "Looking for what was taken from readers": outlets.look_for_forgotten,
}


def do_what_is_due() -> list[tuple[str, Exception]]:
    """Do all of it. One that fails does not keep the others from theirs; gives what failed, by name."""
    failed = []
    for name, do in DUE.items():
        try:
            do()
        except Exception as error:  # noqa: BLE001 - the caller says what went wrong; the next must still have its turn
            failed.append((name, error))
    return failed
