"""Filters of a list as its address has them: shared by every list of the desk."""

from django import forms
from django.utils.http import urlencode

from .times import NewsroomTimeField, told


def together(*parts: str) -> str:
    """Several parts of an address's query as one; empty ones fall away."""
    return "&".join(part for part in parts if part)


class AddressForm(forms.Form):
    """A form that is sent by GET. Who fills in little has a short address."""

    def given(self) -> dict[str, str]:
        """What was filled in, as it stands in an address."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    def query(self, without: str = "") -> str:
        """The filters as an address has them."""
        return urlencode({name: value for name, value in self.given().items() if name != without})

    def label_of(self, name: str) -> str:
        """What a filter is called beside what it is set to."""
        return self[name].label

    def in_words(self) -> list[tuple[str, str, str]]:
        """Each filter that is set but the words searched for: its name in the address, its label, what it is set to."""
        shown = []
        for name in self.given():
            if name == "q" or name in self.errors:
                continue
            field, value = self.fields[name], self.cleaned_data[name]
            if isinstance(field, forms.ChoiceField):
                value = dict(field.choices)[value]
            elif isinstance(field, NewsroomTimeField):
                value = told(value)
            shown.append((name, self.label_of(name).capitalize(), str(value)))
        return shown
