"""The site's styles: written as small files, one for each thing; sent as one file without its comments."""

import re

from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

# In the order of the cascade; ``tokens`` first, for it orders the layers. Each is beneath ``static/readers/``.
FILES = (
    *("tokens.css", "base.css", "layout.css", "parts/chrome.css", "parts/cards.css", "parts/story.css"),
    *("parts/map.css", "parts/tones.css", "print.css"),
)
# The one that ``collectstatic`` makes of them, beside ``tokens.css``: only that one may name other files.
ONE = "readers/site.css"

# Words in quotes stay as they are. Comments go first: what looks like a bracket in one is none.
_COMMENT = re.compile(r"""("[^"]*")|/\*.*?\*/""", re.DOTALL)
_SPACE = re.compile(r"""("[^"]*")|\s*([{};,])\s*|\s+""")


def together(sheets) -> str:
    """Those stylesheets as one, as short as it can be without changing what any of it says."""
    said = _COMMENT.sub(lambda match: match[1] or " ", "\n".join(sheets))
    return _SPACE.sub(lambda match: match[1] or match[2] or " ", said).strip()


def addresses() -> list[str]:
    """Where they stand: the one file, if ``collectstatic`` has made it, else each of those that it is made of."""
    made = ONE in getattr(staticfiles_storage, "hashed_files", ())
    return [static(ONE)] if made else [static(f"readers/{name}") for name in FILES]
