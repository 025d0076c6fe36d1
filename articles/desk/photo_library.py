"""The library: a page of pictures, what is to be known of each, and many chosen at once."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html

from articles import search
from articles.models import Photo, PhotoCaption
from articles.models.caption import credit_line

from . import saved_views
from .address_form import together
from .keyset import after, place_of, read_place
from .photo_filters import EXPIRING, FOUND, ORDERS, PhotoFilterForm
from .photo_form import ENDINGS
from .story_list import short_time

SHOWN = 60


@dataclass(frozen=True)
class Mark:
    """A few words on a picture of the grid, and how they look: ``gone``, ``wait`` or nothing."""

    words: str
    look: str = ""


def may_see(user) -> bool:
    """Whether that user may open the library."""
    return user.has_perm("articles.view_photo") or user.has_perm("articles.change_photo")


def _order(given):
    """The order that an address asks for, and how it stands there, nothing where it is the usual one."""
    sort = given.get("sort", "")
    sort = sort if sort in ORDERS else "newest"
    return sort, f"sort={sort}" if sort != "newest" else ""


def _asked_for(user, given):
    form = PhotoFilterForm(given, user)
    return together(form.query(), _order(given)[1]) if form.is_valid() else None


SCREEN = saved_views.Screen("photos", "photo", may_see, _asked_for)


def listing(request, *, site):
    """A page of the pictures: ``?q=harbour&rights=usable&region=SY&before=…``."""
    user = request.user
    if not may_see(user):
        raise PermissionDenied
    form = PhotoFilterForm(request.GET, user)
    sort, sorted_by = _order(request.GET)
    kept = together(form.query(), sorted_by)
    views = saved_views.offered(SCREEN, user, request.GET.get("view", ""), kept)
    context = {**site.each_context(request), "title": "Pictures", "opts": Photo._meta, "form": form, "kept": kept}
    context |= {"orders": ORDERS, "sort": sort, "before": request.GET.get("before", "")}
    context |= {"accept": ENDINGS, "views": views}
    context["first"] = [(SCREEN.address, "All pictures", not views.open and not kept)]
    if form.is_valid():
        chips = [
            (label, words, together(form.query(name), sorted_by, views.part)) for name, label, words in form.in_words()
        ]
        context |= {"chips": chips, "is_search": bool(form.cleaned_data["q"])}
        context |= _page(form, sort, together(kept, views.part), request.GET.get("before", ""))
    return TemplateResponse(request, "desk/photos.html", context)


def _page(form, sort, kept, before):
    words, photos = form.cleaned_data["q"], form.pictures()
    order = FOUND if words else ORDERS[sort]
    place = read_place(order, before)
    if words:
        ids = search.find_photos(words, photos, before=place[0] if place else None, limit=SHOWN + 1)
        listed = photos.filter(pk__in=ids).order_by("-pk")
    else:
        if sort == "ending":
            photos = photos.exclude(usable_until=None)
        listed = after(photos, order, place)
    found = list(with_uses(listed).defer("metadata")[: SHOWN + 1])
    shown, now = found[:SHOWN], timezone.now()
    for photo in shown:
        photo.marks = marks_of(photo, now)
        photo.credited = credit_line(photo.photographer, photo.credit)
    more = f"before={place_of(order, shown[-1])}" if len(found) > SHOWN else ""
    return {"photos": shown, "older": together(kept, more) if more else ""}


def with_uses(photos):
    """Those pictures, each with in how many stories it stands: ``in_stories``."""
    uses = PhotoCaption.objects.filter(photo=OuterRef("pk")).order_by().values("photo")
    count = uses.annotate(n=Count("article", distinct=True)).values("n")
    return photos.annotate(in_stories=Coalesce(Subquery(count, output_field=IntegerField()), 0))


def marks_of(photo, now) -> list[Mark]:
    """What is to be known of a picture before it is used, the worst first."""
    marks = []
    if photo.usable_until and photo.usable_until <= now:
        marks.append(Mark("rights lapsed", "gone"))
    elif photo.usable_until and photo.usable_until <= now + EXPIRING:
        marks.append(Mark(format_html("until {}", short_time(photo.usable_until)), "wait"))
    if photo.usable_from and photo.usable_from > now:
        marks.append(Mark(format_html("from {}", short_time(photo.usable_from)), "wait"))
    if photo.render_problem:
        marks.append(Mark("not prepared", "gone"))
    marks += [Mark(f"no {words}", "wait") for name, words in _NEEDED if not getattr(photo, name)]
    if not (photo.credit or photo.photographer):
        marks.append(Mark("no credit", "wait"))
    if photo.is_file_photo:
        marks.append(Mark("file photo"))
    if photo.in_stories:
        marks.append(Mark("in 1 story" if photo.in_stories == 1 else f"in {photo.in_stories} stories"))
    return marks


_NEEDED = (("caption", "caption"), ("alt_text", "alt text"))
