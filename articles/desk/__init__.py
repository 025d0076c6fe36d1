"""The desk: where editors work, on Django's admin. It imports the record and the rules, and no other door.

``site`` is the admin site with its front page (``dashboard``). ``story`` is the story editor: ``forms`` turn what is
typed into the same document that a revision holds, ``saving`` writes it, ``conflict`` shows two people's texts side by
side. ``reading`` puts such a document into words, for history, comparison and conflict alike.
"""
