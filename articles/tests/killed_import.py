"""An import in a process of its own that is killed (SIGKILL) in the middle: of a transaction, or just after it.

    python -m articles.tests.killed_import transaction|commit CHUNK FOLDER

With the settings of the tests, into the database that TEST_DATABASE_URL names. Three chunks of so many stories are
written first.
"""

import os
import signal
import sys

import django

WRITTEN = 3  # chunks


def main(where, chunk, folder):
    django.setup()
    from articles.wire import apart, intake, known, storing

    intake.CHUNK, apart.WORTH_IT = int(chunk), 0
    apart._processors = lambda: 2
    written = []

    def killing(function):
        def counted(*args, **kw):
            result = function(*args, **kw)
            written.append(1)
            if len(written) > WRITTEN:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return counted

    if where == "transaction":  # its stories and their record are written, nothing of them is committed
        known.remember = killing(known.remember)
    else:
        storing.Store.write = killing(storing.Store.write)
    for _ in intake.import_files([folder]):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
