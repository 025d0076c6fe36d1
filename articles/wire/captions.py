"""One line of caption -> the picture that it describes; ``articles.crediting`` reads what captions and credits say."""

from articles.crediting.captions import ends_in_credit, read_caption

from .items import WirePhoto

__all__ = ["ends_in_credit", "parse_caption"]


def parse_caption(line: str) -> WirePhoto:
    """The picture that one caption line describes; see ``read_caption``."""
    return WirePhoto(**vars(read_caption(line)))
