"""A picture of 12 megapixels, read and fully rendered, in a process that has done nothing else: seconds and megabytes.

Prints one JSON document. Run by bench.py, which made the database that it uses; by hand, with DJANGO_SETTINGS_MODULE.
"""

import io
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def peak_megabytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def main(file):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core
    import django

    django.setup()
    from articles import photos

    data = Path(file).read_bytes()
    photos.read(_small())  # whatever is loaded once
    before, begun, work = peak_megabytes(), time.monotonic(), time.process_time()
    photo = photos.take_in(data, name="picture.jpg", keep_both=True).photo
    read = time.process_time() - work
    files = photos.make_renditions(photo)
    print(
        json.dumps(
            {
                "files": files,
                "reading": read,
                "seconds": time.process_time() - work - read,
                "wall": time.monotonic() - begun - read,
                "megabytes": peak_megabytes(),
                "above": peak_megabytes() - before,
            }
        )
    )


def _small():
    from PIL import Image

    buffer = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
