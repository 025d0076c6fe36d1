"""Who may do what to which story: the group's permission and membership of the story's desk decide together."""

from django.db.models import Exists, OuterRef, Q

from articles.models import Article, Assignment, DeskMember, Status, User

# What a guest of a desk may do there, as far as their groups let them.
_GUESTS_MAY = ("view_", "add_note", "change_note")
# By this one, stories are marked confidential and opened again, and outsiders shut out: that is more than to read.
_GUESTS_MAY_NOT = ("view_confidential_article",)


class NotAllowed(Exception):
    """Somebody tried what they may not do; the message says what, in words for them."""


def spans_desks(user) -> bool:
    return user.has_perm("articles.span_desks")


def _roles(user) -> dict[int, str]:
    """The desks that user belongs to with their role there, read once for each user object."""
    if not hasattr(user, "_desk_roles"):
        user._desk_roles = dict(user.memberships.values_list("desk_id", "role"))
    return user._desk_roles


def desk_ids(user) -> frozenset[int]:
    """The desks that user belongs to, in whichever role."""
    return frozenset(_roles(user))


def leads(user, desk_id) -> bool:
    """Whether that user leads that desk."""
    return _roles(user).get(desk_id) == DeskMember.Role.LEAD


def working_desk_ids(user) -> frozenset[int]:
    """The desks that user works on: those where they are more than a guest."""
    return frozenset(desk for desk, role in _roles(user).items() if role != DeskMember.Role.GUEST)


def visible_articles(user):
    """The stories that user may see at the desk.

    A confidential story is seen by who began it, who has been given work on it that was not taken back, and who may
    see such stories.
    """
    articles = Article.objects.all()
    if not user.is_active or not user.has_perm("articles.view_article"):
        return articles.none()
    if not spans_desks(user):
        articles = articles.filter(desk__in=desk_ids(user))
    if user.has_perm("articles.view_confidential_article"):
        return articles
    given = Assignment.objects.filter(article=OuterRef("pk"), assignee=user, dropped_at=None)
    return articles.filter(Q(confidential=False) | Q(created_by=user) | Exists(given))


def may_see(user, article) -> bool:
    """Whether that user may see that story: the same rule as :func:`visible_articles`, for one that is at hand."""
    if not user.is_active or not user.has_perm("articles.view_article"):
        return False
    return (spans_desks(user) or article.desk_id in desk_ids(user)) and _is_open_to(user, article)


def who_may_see(article):
    """Everybody who may see that story: the rule of :func:`may_see`, asked of the whole staff in one query."""
    people = who_hold("view_article").filter(
        Q(pk__in=who_hold("span_desks")) | Exists(DeskMember.objects.filter(user=OuterRef("pk"), desk=article.desk_id))
    )
    if not article.confidential:
        return people
    given = Assignment.objects.filter(article=article.pk, assignee=OuterRef("pk"), dropped_at=None)
    return people.filter(Q(pk__in=who_hold("view_confidential_article")) | Q(pk=article.created_by_id) | Exists(given))


def who_may_work_on(desks):
    """Everybody who can be given work on one of those desks: who is more than a guest there, or spans desks."""
    works = DeskMember.objects.filter(user=OuterRef("pk"), desk__in=desks).exclude(role=DeskMember.Role.GUEST)
    return who_hold("view_article").filter(Q(pk__in=who_hold("span_desks")) | Exists(works))


def who_hold(permission):
    """The active members of staff who hold a permission, by their groups or by themselves."""
    return User.objects.with_perm(f"articles.{permission}", backend="django.contrib.auth.backends.ModelBackend")


def may(user, permission: str, article) -> bool:
    """Whether that user may do that to that story: ``may(user, "approve_article", story)``."""
    if not user.is_active or not user.has_perm(f"articles.{permission}"):
        return False
    if not spans_desks(user):
        guests_may = permission.startswith(_GUESTS_MAY) and permission not in _GUESTS_MAY_NOT
        if article.desk_id not in (desk_ids(user) if guests_may else working_desk_ids(user)):
            return False
    return _is_open_to(user, article)


def _is_open_to(user, article) -> bool:
    if not article.confidential or user.has_perm("articles.view_confidential_article"):
        return True
    return article.created_by_id == user.pk or article.assignments.filter(assignee=user, dropped_at=None).exists()


def may_edit(user, article) -> bool:
    """Whether that user may change the text now: drafts, and what was submitted only with a further permission."""
    if article.status == Status.SPIKED or not may(user, "change_article", article):
        return False
    return article.status == Status.DRAFT or may(user, "edit_submitted_article", article)


def require(user, permission: str, article, what: str) -> None:
    """Raise :class:`NotAllowed` unless the user may. ``what`` completes “You may not …”."""
    if not may(user, permission, article):
        raise NotAllowed(f"You may not {what} on the {article.desk} desk.")
