"""Who may do what to which story: the group's permission and membership of the story's desk decide together."""

from articles.models import Article, Status


class NotAllowed(Exception):
    """Somebody tried what they may not do; the message says what, in words for them."""


def spans_desks(user) -> bool:
    return user.has_perm("articles.span_desks")


def desk_ids(user) -> frozenset[int]:
    """The desks that user belongs to, read once for each user object."""
    if not hasattr(user, "_desk_ids"):
        user._desk_ids = frozenset(user.desks.values_list("pk", flat=True))
    return user._desk_ids


def visible_articles(user):
    """The stories that user may see at the desk."""
    articles = Article.objects.all()
    if not user.is_active or not user.has_perm("articles.view_article"):
        return articles.none()
    return articles if spans_desks(user) else articles.filter(desk__in=desk_ids(user))


def may(user, permission: str, article) -> bool:
    """Whether that user may do that to that story: ``may(user, "approve_article", story)``."""
    if not user.is_active or not user.has_perm(f"articles.{permission}"):
        return False
    return spans_desks(user) or article.desk_id in desk_ids(user)


def may_edit(user, article) -> bool:
    """Whether that user may change the text now: drafts, and what was submitted only with a further permission."""
    if article.status == Status.SPIKED or not may(user, "change_article", article):
        return False
    return article.status == Status.DRAFT or may(user, "edit_submitted_article", article)


def require(user, permission: str, article, what: str) -> None:
    """Raise :class:`NotAllowed` unless the user may. ``what`` completes “You may not …”."""
    if not may(user, permission, article):
        raise NotAllowed(f"You may not {what} on the {article.desk} desk.")
