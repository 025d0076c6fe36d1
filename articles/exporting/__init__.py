"""Stories on their way out: to other newsrooms, to subscribers, to an archive of our own.

``stories.released`` says what may go out and gives plain :class:`stories.Story` values, made of releases alone;
``ninjs``, ``newsml``, ``nitf`` and ``lines`` write one of them each; ``files`` puts them where they were asked for.
"""
