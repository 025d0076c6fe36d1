"""Captions and credits as they are printed. Pure: no database, no settings.

captions.py   a line of caption -> its words, its credit, its photographer
credits.py    the words of a credit -> agency or institution, photographer, file picture or not
agencies.py   agencies by all the names that copy calls them
names.py      how names of persons and organisations look
checks.py     what is odd about a caption: advice, never a refusal
"""
