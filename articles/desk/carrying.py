"""A story that was sent after its writer's session had ended, without a script to sign in again in place.

The page that answers carries the text through the door, as one hidden field that is sent back with the password.
Nothing of it is kept on the server before its writer has signed in. Then it is their unsaved draft, and offered back
like any.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from secrets import token_hex

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.views.csrf import csrf_failure

from articles import access, audit, erasing, keeping
from articles.models import Article, User

from . import drafts
from .picking import sees_confidential

FIELD = "carried"
# Addresses to which the story's form is sent.
_FORMS = ("articles_article_change", "articles_article_add")


@dataclass(frozen=True)
class Carried:
    """What was typed, by whom (the page said so), and the story's number; 0 for one that was never saved."""

    form: dict[str, list[str]]
    user: int
    article: int

    @property
    def words(self) -> str:
        """All of it as one text, for a hidden field."""
        return json.dumps({"form": self.form, "user": self.user, "article": self.article})

    @property
    def address(self) -> str:
        """Where it was typed."""
        name, *where = ("articles_article_change", self.article) if self.article else ("articles_article_add",)
        return reverse(f"admin:{name}", args=where)

    def owner_name(self) -> str:
        return audit.staff_name(User.objects.filter(pk=self.user).first()) or "somebody else"


def sent(request) -> Carried | None:
    """The story that this request sends, or None where it sends none, or not by the form that we gave out."""
    match = request.resolver_match
    if request.method != "POST" or match.url_name not in _FORMS or "headline" not in request.POST:
        return None
    user = drafts.number(request.POST.get("keeping-user", ""))
    article = drafts.number(str(match.kwargs.get("object_id", "")))
    return Carried(drafts.posted(request.POST, see_confidential=True), user, article) if user else None


def brought(request) -> Carried | None:
    """What the door's page, or ours, sends back; None where it carries nothing that can be read."""
    try:
        told = json.loads(request.POST.get(FIELD, "") or "null")
        form = {str(name): [str(value) for value in values] for name, values in told["form"].items()}
        return Carried(form, drafts.number(str(told["user"])), drafts.number(str(told["article"])))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def at_the_door(request, carried: Carried, *, site):
    """The page to sign in on, with what was typed behind it."""
    from .signing_in import SignInForm  # which asks here whose it is

    context = {**site.each_context(request), "title": "Sign in", "form": SignInForm(request), FIELD: carried}
    context |= {"app_path": reverse("admin:login"), REDIRECT_FIELD_NAME: carried.address}
    return TemplateResponse(request, "admin/login.html", context, status=HTTPStatus.FORBIDDEN)


def csrf_failed(request, reason=""):
    """Django's answer to what may be forged; but a story sent by an older page of ours is not thrown away.

    Whoever signed in again in another window has a new token. That the page is ours, the browser itself says.
    """
    from django.contrib import admin

    ours = f"{request.scheme}://{request.get_host()}"
    try:
        request.resolver_match = request.resolver_match or resolve(request.path_info)
        carried = sent(request) if request.headers.get("Origin") == ours else None
    except Resolver404:
        carried = None
    if carried is None:
        return csrf_failure(request, reason)
    if not admin.site.has_permission(request):
        return at_the_door(request, carried, site=admin.site)
    context = {**admin.site.each_context(request), "title": "Not saved yet", FIELD: carried}
    context |= {"is_theirs": carried.user == request.user.pk}
    return TemplateResponse(request, "desk/carried.html", context, status=HTTPStatus.FORBIDDEN)


def keep(request, carried: Carried):
    """Make it the unsaved draft of whoever has signed in, who must have typed it; and go where it is offered."""
    user = request.user
    if carried.user != user.pk:
        messages.error(request, f"Not kept: that was typed by {carried.owner_name()}.")
        return redirect("admin:drafts")
    article = Article.objects.filter(pk=carried.article).first() if carried.article else None
    sees = sees_confidential(user)
    form = drafts.posted(MultiValueDict(carried.form), see_confidential=sees)
    base, version = (drafts.number((form.get(name) or [""])[-1]) for name in ("revision", "version"))
    try:
        drafts.refuse_erased(article, form, seen=version, opened=base, see_confidential=sees)
    except erasing.ErasedSince as error:
        messages.error(request, str(error))
        return redirect("admin:drafts")
    is_alone = _keep(user, form, base, article)
    messages.warning(request, "You had been signed out. What you typed is kept as your unsaved draft; it is not saved.")
    is_open = article and access.may_see(user, article)
    if is_alone and (is_open or (article is None and user.has_perm("articles.add_article"))):
        return redirect(carried.address)
    return redirect("admin:drafts")


def _keep(user, form: Mapping, base, article) -> bool:
    """Keep it beside whatever draft waits already. Gives whether none did."""
    window = token_hex(8)
    if article is None:
        keeping.keep(user, form, window=window, key=window)
        return True
    try:
        keeping.keep(user, form, window=window, base=base, article=article)
        return True
    except keeping.Waiting:
        keeping.keep(user, form, window=window, base=base, article=article, key=window)
        return False
