"""Pictures: metadata in, public renditions out, rights kept.

    opening.py    which files are opened at all, and at what cost
    exif.py, iptc.py, xmp.py   what the three blocks in a file say; charsets.py, dates.py how they write it
    metadata.py   … put together
    likeness.py   what a picture looks like, and which look the same
    placing.py    names in a file -> regions and sources
    taking_in.py  a file becomes a picture, or is known; a picture gets another file
    keeping.py    changing a picture's words, rights and framing; its versions
    framing.py    what part a crop shows, and what a rendition depends on
    renditions.py public files; packets.py what they say about themselves
    rights.py     may it be shown, and what follows when rights end
    due.py        what happens in the background

A file is opened only if it is of a kind on the list and of a size that cannot hurt; nothing that came in is ever shown:
what readers and editors see was written anew from the pixels, without the camera's place or serial numbers.
"""

from .framing import CROPS, Framing, crop_box
from .keeping import NotSound, StalePhoto, change, restore, snapshot
from .metadata import Reading, read
from .opening import FORMATS, HEIC, MAX_BYTES, MAX_PIXELS, UnusablePicture, open_safely
from .renditions import WIDTHS, make_renditions
from .rights import is_gone
from .taking_in import Taken, look, replace_file, take_in

__all__ = [
    "CROPS",
    "FORMATS",
    "HEIC",
    "MAX_BYTES",
    "MAX_PIXELS",
    "WIDTHS",
    "Framing",
    "NotSound",
    "Reading",
    "StalePhoto",
    "Taken",
    "UnusablePicture",
    "change",
    "crop_box",
    "is_gone",
    "look",
    "make_renditions",
    "open_safely",
    "read",
    "replace_file",
    "restore",
    "snapshot",
    "take_in",
]
