"""The desk's admin site: who gets in, what the bar on top offers, and the page it opens on."""

from functools import partial, wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse

from articles import audit, notices
from articles.models import Event

from . import carrying, own_drafts, signing_in

# The bar on top: what it says, the model whose list it opens, and whether it stands in the bar or under “More”.
SECTIONS = (
    ("Stories", "article", True),
    ("Pictures", "photo", True),
    ("Front page", "frontslot", True),
    ("Wire", "wirerecord", True),
    ("Work", "assignment", True),
    ("Regions", "region", False),
    ("Topics", "topic", False),
    ("Sources", "source", False),
    ("Confidential sources", "confidentialsource", False),
    ("Authors", "author", False),
    ("Desks", "desk", False),
    ("Pages", "fixedpage", False),
    ("Imports", "wirebatch", False),
    ("Rules for sources", "wirerule", False),
    ("Feeds", "feedpoint", False),
    ("Subscribers", "subscriber", False),
    ("Log", "event", False),
    ("Staff", "user", False),
)


class DeskSite(admin.AdminSite):
    site_header = site_title = f"{settings.SITE_NAME} desk"
    index_title = "The desk"
    site_url = "/"
    login_form = signing_in.SignInForm
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        """A story that is sent by somebody who has been signed out is carried through the door, not lost at it."""
        run = super().admin_view(view, cacheable)

        @wraps(run)
        def answer(request, *args, **kw):
            if not self.has_permission(request) and (carried := carrying.sent(request)):
                return carrying.at_the_door(request, carried, site=self)
            return run(request, *args, **kw)

        return answer

    def login(self, request, extra_context=None):
        carried = carrying.brought(request) if request.method == "POST" else None
        answer = super().login(request, {**(extra_context or {}), carrying.FIELD: carried})
        is_in = carried and answer.status_code == HTTPStatus.FOUND and self.has_permission(request)
        return carrying.keep(request, carried) if is_in else answer

    def register(self, model_or_iterable, admin_class=None, **options):
        """Screens of the desk alone: what other packages would put here has not been looked at."""
        if admin_class is not None and issubclass(admin_class, DeskAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self):
        # No thing of ours says where it stands on the site, and nobody need ask by number.
        routes = [route for route in super().get_urls() if getattr(route, "name", "") != "view_on_site"]
        own = [
            path("sign-in/", partial(signing_in.sign_in, site=self), name="sign_in"),
            path("drafts/", self.admin_view(partial(own_drafts.own_drafts, site=self)), name="drafts"),
        ]
        return own + routes

    def app_index(self, request, app_label, extra_context=None):
        return redirect("admin:index")

    def index(self, request, extra_context=None):
        from . import dashboard

        context = {**self.each_context(request), "title": self.index_title}
        context |= dashboard.board(request.user, desk=request.GET.get("desk", "")[:40])
        context |= extra_context or {}
        request.current_app = self.name
        return TemplateResponse(request, "desk/index.html", context)

    def autocomplete_view(self, request):
        from .picking import look_up

        return look_up(request)

    def each_context(self, request):
        context = {**super().each_context(request), "sections": self._sections(request)}
        # Counted where the bell is shown, and nowhere else.
        context["unread_notices"] = partial(notices.unread_count, request.user)
        return {**context, "site_name": settings.SITE_NAME, "credit_style": settings.CREDIT_LINE}

    def _sections(self, request):
        allowed = {model._meta.model_name: site for model, site in self._registry.items()}
        sections = []
        for label, name, in_bar in SECTIONS:
            model_admin = allowed.get(name)
            if model_admin is None or not model_admin.has_module_list(request):
                continue
            try:
                address = reverse(f"admin:{model_admin.opts.app_label}_{name}_changelist")
            except NoReverseMatch:
                continue
            here = request.path.startswith(address)
            sections.append({"label": label, "address": address, "in_bar": in_bar, "here": here})
        return sections


class DeskAdmin(admin.ModelAdmin):
    """What every list of the desk has in common. Changes go into the newsroom's log, not into Django's own."""

    list_per_page = 50
    show_full_result_count = False
    actions = None
    called: tuple[str, str] | None = None  # how editors call it, one and many, where the model says otherwise

    @property
    def one(self):
        return self.called[0] if self.called else self.opts.verbose_name

    @property
    def many(self):
        return self.called[1] if self.called else self.opts.verbose_name_plural

    def has_module_list(self, request):
        return self.has_view_permission(request)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # one at a time, where what uses it is shown
        return actions

    def delete_view(self, request, object_id, extra_context=None):
        called = {"title": f"Delete this {self.one}", "object_name": self.one, "many": self.many}
        return super().delete_view(request, object_id, {**called, **(extra_context or {})})

    def history_view(self, request, object_id, extra_context=None):
        """What the log says of that thing."""
        thing = self.get_object(request, object_id)
        if thing is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "title": f"History of {thing}", "opts": self.opts}
        context |= {"thing": thing, "many": self.many, "events": Event.objects.about(thing)[:200]}
        return TemplateResponse(request, "desk/thing_history.html", context)

    def log_addition(self, request, obj, message):
        return audit.log(request.user, "added", obj)

    def log_change(self, request, obj, message):
        changed = [name for entry in message for name in entry.get("changed", {}).get("fields", [])]
        return audit.log(request.user, "changed", obj, fields=changed)

    def log_deletions(self, request, queryset):
        for thing in queryset:
            audit.log(request.user, "deleted", thing)


class ReadOnlyAdmin(DeskAdmin):
    """A list that nobody changes here: there is no address for adding, changing or deleting."""

    def get_urls(self):
        shut = {f"{self.opts.app_label}_{self.opts.model_name}_{word}" for word in ("add", "delete", "history")}
        return [route for route in super().get_urls() if route.name not in shut]

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
