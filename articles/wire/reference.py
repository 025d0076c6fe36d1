"""What reading needs of the newsroom's own data, fetched from the database and kept until it is changed there."""

from collections.abc import Callable

from django.db.models import Count, Max

from articles import places
from articles.models import Article, Author, Byline, Citation, PhotoCaption, Region, Source, Topic
from articles.sourcing import Directory, KnownSource
from articles.subjects import Subjects
from articles.text import fold
from articles.wire.reading import Reader

_CUT = {
    Article: ("headline", "standfirst", "dateline", "slugline", "embargo_note"),
    PhotoCaption: ("caption", "alt_text", "credit", "credit_raw", "photographer"),
    Byline: ("text",),
    Citation: ("as_printed",),
}


def load_reader() -> Reader:
    """A reader of copy that knows what the newsroom knows now; make a new one for each batch."""
    names = Author.objects.values_list("code", "name")
    return Reader(
        gazetteer=places.load(),
        directory=load_directory(),
        subjects=load_subjects(),
        paths=dict(Region.objects.values_list("code", "path")),
        topic_names=dict(Topic.objects.values_list("code", "name")),
        authors={fold(name): code for code, name in names},
        author_codes=frozenset(code for code, _ in names),
        limits={name: model._meta.get_field(name).max_length for model, names in _CUT.items() for name in names},
    )


def load_directory() -> Directory:
    """All sources, ready to be found in a text."""
    return _kept(Source, _directory)


def load_subjects() -> Subjects:
    """All topics with their keywords, ready to be found in a text."""
    return _kept(Topic, _subjects)


def _directory():
    rows = Source.objects.values_list("code", "name", "short_name", "kind", "aliases", "name_ar")
    return Directory(
        KnownSource(code, name, short, kind, (*aliases, *filter(None, [arabic])))
        for code, name, short, kind, aliases, arabic in rows.order_by("code")
    )


def _subjects():
    return Subjects(Topic.objects.order_by("code").values_list("code", "keywords", "parent__code"))


_built: dict[type, tuple[dict, object]] = {}


def _kept(model, build: Callable):
    """What was built from the rows of that model, built anew where one was added, changed or removed since."""
    state = model.objects.aggregate(rows=Count("pk"), changed=Max("updated_at"))
    if model not in _built or _built[model][0] != state:
        _built[model] = state, build()
    return _built[model][1]
