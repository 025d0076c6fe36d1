"""What a story's page says behind its reader's back: what is typed, so that it is kept, and that somebody is there.

One address takes both, every few seconds while somebody types and every quarter of a minute otherwise. Its rules are
``articles.keeping``; ``offers`` gives back what was kept.
"""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from articles import access, audit, erasing, keeping, text

from . import drafts, news, offers, story
from .offers import clock, mark_of, said_by
from .picking import sees_confidential


def keep(request, object_id=None, *, site):
    """``POST``: what stands in the form of that story, or of a new one, and that its reader is there. JSON.

    ``kept``: when that was kept, and the mark of it; or ``waiting``: when the draft was kept that is in the way.
    ``here``: who else is, and what this person asked of them. ``news``: what has come that the page does not have.
    """
    if request.method != "POST":
        return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})
    user, said = request.user, said_by(request)
    if said["user"] not in ("", str(user.pk)):
        return JsonResponse({"other": audit.staff_name(user)}, status=HTTPStatus.CONFLICT)
    article = story.find(request, object_id) if object_id else None
    if article is None and not user.has_perm("articles.add_article"):
        raise PermissionDenied
    if said["leave"]:
        if article:
            keeping.leave(user, article)
        return JsonResponse({})
    answer = {}
    if said["typed"]:
        if article and not access.may_edit(user, article):
            problem = f"You may not edit this story on the {article.desk} desk as it stands."
            return JsonResponse({"problem": problem}, status=HTTPStatus.FORBIDDEN)
        try:
            answer |= _keep(request, article, said)
        except erasing.ErasedSince as error:
            return JsonResponse({"problem": str(error)}, status=HTTPStatus.CONFLICT)
    if article:
        answer |= _company(request, article, said)
    return JsonResponse(answer)


def _keep(request, article, said):
    sees = sees_confidential(request.user)
    where = {"article": article, "key": said["key"][:32] or ("" if article else "new")}
    form = drafts.posted(request.POST, see_confidential=sees)
    by = {"window": said["window"], "mark": mark_of(said["mark"])}
    base, version = (drafts.number(request.POST.get(name, "")) for name in ("revision", "version"))
    drafts.refuse_erased(article, form, seen=version, opened=base, see_confidential=sees)
    try:
        at = keeping.keep(request.user, form, base=base, **by, **where)
    except keeping.Waiting as waiting:
        if offers.of(request.user, article, waiting.draft):
            return {"waiting": clock(waiting.draft.saved_at)}
        # It differs in nothing, or came after it had been saved: it is never offered, so nobody could decide about it.
        keeping.forget(request.user, mark=waiting.draft.saved_at, **where)
        return _keep(request, article, said)
    may_be_saved = said["again"] or (article is not None and version != article.version)
    if may_be_saved and not offers.of(request.user, article, keeping.find(request.user, **where)):
        # Sent once more by the next page, or overtaken by its own save: it was saved meanwhile, or differs in nothing.
        keeping.forget(request.user, mark=at, **where)
        return {"kept": None}
    return {"kept": {"mark": at.isoformat(), "at": clock(at)}}


def _company(request, article, said):
    user, data = request.user, request.POST
    note = None
    if said["note"]:
        note = tuple(text.clean_line(data.get(f"keeping-{name}", ""))[:200] for name in ("words", "passage"))
    everybody = keeping.be_seen(user, article, writing=bool(said["writing"]), note=note)
    own = next(one for one in everybody if one.user_id == user.pk)
    answer = {"here": [_told(one) for one in everybody if one is not own]}
    answer["asked"] = {"words": own.note, "passage": own.passage}
    if said["told"] and drafts.number(said["told"]) != article.version:
        seen = drafts.number(said["revision"])
        words = news.since(article, seen, user=user, see_confidential=sees_confidential(user))
        answer["news"] = {"version": article.version, "words": words}
    return answer


def _told(one):
    return {
        "name": audit.staff_name(one.user),
        "since": clock(one.since),
        "writing": one.is_writing,
        "words": one.note,
        "passage": one.passage,
    }


# --- the draft, given back ------------------------------------------------------------------------------------------


def draft(request, object_id=None, *, site):
    """``GET``: the unsaved drafts to decide about, as a piece of the page. ``POST``: one is thrown away."""
    article = story.find(request, object_id) if object_id else None
    if article is None and not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    if request.method == "POST":
        return _throw_away(request, article)
    waiting = offers.of(request.user, article)
    if not waiting:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return TemplateResponse(request, "desk/_unsaved_draft.html", {"article": article, "keeping": {"offers": waiting}})


def _throw_away(request, article):
    said = said_by(request)
    if keeping.forget(request.user, article=article, key=said["key"], mark=mark_of(said["mark"])):
        messages.success(request, "Your unsaved draft was thrown away.")
    else:
        messages.warning(request, "Nothing was thrown away: that unsaved draft has been saved or typed on meanwhile.")
    if article is None:
        return redirect("admin:articles_article_add")
    return redirect("admin:articles_article_change", article.pk)
