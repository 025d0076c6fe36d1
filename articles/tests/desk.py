"""What the desk's tests share: somebody signed in, and a story's form as a browser would send it."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from articles.tests.factories import make_user

GROUPS = ("Reporter", "Sub-editor", "Desk editor", "Photo editor", "Wire editor", "Publisher", "Administrator")


def load_groups(*names):
    """The groups as the reference fixture has them, or those of these names, by name.

    Nearly every test of the desk begins so: few queries do it.
    """
    wanted = {name: _groups_of_fixture()[name] for name in names or _groups_of_fixture()}
    Group.objects.bulk_create([Group(name=name) for name in wanted], ignore_conflicts=True)
    groups = Group.objects.in_bulk(wanted, field_name="name")
    ids = {tuple(key): pk for *key, pk in Permission.objects.order_by().values_list(*_NATURAL_KEY, "pk")}
    Granted = Group.permissions.through
    Granted.objects.filter(group__in=groups.values()).delete()
    Granted.objects.bulk_create(
        Granted(group=groups[name], permission_id=ids[key]) for name, keys in wanted.items() for key in keys
    )
    return groups


_NATURAL_KEY = ("codename", "content_type__app_label", "content_type__model")


@cache
def _groups_of_fixture():
    rows = json.loads((Path(settings.BASE_DIR) / "fixtures" / "groups.json").read_text())
    return {row["fields"]["name"]: [tuple(key) for key in row["fields"]["permissions"]] for row in rows}


def make_staff(group, *, desks=(), **kw):
    """Somebody of a group of the fixture, with that group's permissions and no others."""
    user = make_user(desks=desks, **kw)
    user.groups.add(load_groups(group)[group])
    return user


def url(name, *args):
    return reverse(f"admin:articles_{name}", args=args)


class _Form(HTMLParser):
    """The fields of the page's story form with their values, whether they stand inside of it or only name it."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside, self.template = form_id, False, 0
        self.data: dict[str, list] = {}
        self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.template += tag == "template"
        if tag == "form":
            self.inside = attrs.get("id") == self.form_id
        if self.template or not (self.inside or attrs.get("form") == self.form_id or tag == "option"):
            return
        if tag == "input" and attrs.get("name") and attrs.get("type") not in ("checkbox", "radio", "submit"):
            self.data.setdefault(attrs["name"], []).append(attrs.get("value", ""))
        elif tag == "input" and attrs.get("type") == "checkbox" and "checked" in attrs:
            self.data.setdefault(attrs["name"], []).append(attrs.get("value", "on"))
        elif tag == "select":
            self.select = attrs["name"]
        elif tag == "textarea":
            self.textarea = attrs["name"]
            self.data[self.textarea] = [""]
        elif tag == "option" and self.select and "selected" in attrs:
            self.data.setdefault(self.select, []).append(attrs.get("value", ""))

    def handle_data(self, data):
        if self.textarea:
            self.data[self.textarea][0] += data

    def handle_endtag(self, tag):
        self.template -= tag == "template"
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            # HTML drops the newline that opens a text area.
            self.data[self.textarea] = [re.sub(r"\A\r?\n", "", self.data[self.textarea][0])]
            self.textarea = None


def form_data(response, form_id="story-form") -> dict[str, list]:
    """What a browser would send if the form on that page were submitted as it is."""
    parser = _Form(form_id)
    parser.feed(response.content.decode())
    return parser.data


def page_text(response) -> str:
    return response.content.decode()
