"""Form fields for choosing a thing by typing; each posts the thing's lasting code."""

from django import forms
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse

from .picking import KINDS, TOLD, Known


class _PickWidget:
    """A ``<select>`` that holds only what is chosen; the page's script looks the rest up."""

    template_name = "desk/pick.html"
    option_inherits_attrs = False

    def __init__(self, kind, attrs=None):
        self.kind, self.known = kind, Known()
        super().__init__(attrs={"data-pick": kind, **(attrs or {})})

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.known = self.known
        return copy

    def _render(self, template_name, context, renderer=None):
        # Through the project's own templates, which the forms' renderer does not know.
        return render_to_string(template_name, context)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-url"] = reverse("admin:autocomplete")
        return context

    def optgroups(self, name, value, attrs=None):
        options = [] if self.allow_multiple_selected else [self.create_option(name, "", "", not any(value), 0)]
        for key in dict.fromkeys(key for key in value if key):
            shown = self.known.shown(self.kind, key)
            option = self.create_option(name, key, shown["text"], True, len(options))
            option["attrs"] |= {f"data-{word}": shown[word] for word in TOLD if shown.get(word)}
            options.append(option)
        return [(None, options, 0)]


class PickOne(_PickWidget, forms.Select):
    pass


class PickMany(_PickWidget, forms.SelectMultiple):
    pass


class PickField(forms.Field):
    """One thing of a kind, posted by its code; gives the object."""

    def __init__(self, kind, **kw):
        self.kind = kind
        super().__init__(widget=PickOne(kind), **kw)

    def use(self, known: Known) -> None:
        self.known = self.widget.known = known

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.use(Known())
        return copy

    def key_of(self, value):
        if isinstance(value, models.Model):
            return getattr(value, KINDS[self.kind].key)
        if isinstance(value, int):  # a model form's initial value: the row's number
            return KINDS[self.kind].model._default_manager.values_list(KINDS[self.kind].key, flat=True).get(pk=value)
        return value

    def prepare_value(self, value):
        return self.key_of(value)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        thing = self.known.get(self.kind, value)
        if thing is None:
            raise forms.ValidationError("That choice is no longer there. Choose another.", code="invalid_choice")
        return thing

    def has_changed(self, initial, data):
        return str(self.key_of(initial) or "") != str(data or "")


class PickManyField(PickField):
    """Several things of a kind in the order in which they stand; gives a list of objects, each once."""

    def __init__(self, kind, **kw):
        super().__init__(kind, **kw)
        self.widget = PickMany(kind)
        self.widget.is_required = self.required

    def prepare_value(self, value):
        return [self.key_of(one) for one in value or []]

    def to_python(self, value):
        one = super().to_python
        keys = list(dict.fromkeys(value or []))
        self.known.want(self.kind, keys)
        return list(dict.fromkeys(one(key) for key in keys))

    def has_changed(self, initial, data):
        return [self.key_of(one) for one in initial or []] != list(data or [])
