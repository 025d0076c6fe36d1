"""What reading needs of the newsroom's own data."""

from articles import knowledge, places
from articles.models import Article, Author, Byline, Citation, PhotoCaption, Region, Topic
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
        directory=knowledge.load_directory(),
        subjects=knowledge.load_subjects(),
        learned=knowledge.load_learned(),
        paths=dict(Region.objects.values_list("code", "path")),
        topic_names=dict(Topic.objects.values_list("code", "name")),
        authors={fold(name): code for code, name in names},
        author_codes=frozenset(code for code, _ in names),
        limits={name: model._meta.get_field(name).max_length for model, names in _CUT.items() for name in names},
    )
