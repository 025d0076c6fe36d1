"""Fields that clean what is written to them on every path to the database: save, bulk_create and update alike."""

import secrets

from django.db import models
from django.utils import timezone

from articles import text

# Digits and consonants that are not mistaken for one another; without vowels no id spells a word.
PUBLIC_ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
PUBLIC_ID_LENGTH = 10
_LETTERS = bytes(ord(PUBLIC_ID_ALPHABET[byte % len(PUBLIC_ID_ALPHABET)]) for byte in range(256))
_LEFT_OUT = bytes(range(256 - 256 % len(PUBLIC_ID_ALPHABET), 256))


def new_public_id() -> str:
    """A random, immutable name for a thing: 10 characters, no vowels, some 47 bits."""
    letters = ""
    while len(letters) < PUBLIC_ID_LENGTH:
        # Each byte below the greatest multiple of 27 is as good as any other; the rest are left out.
        letters += secrets.token_bytes(16).translate(_LETTERS, _LEFT_OUT).decode()
    return letters[:PUBLIC_ID_LENGTH]


class PublicIdField(models.CharField):
    """A unique random id, given at creation and never changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args, **{"max_length": 16, "unique": True, "editable": False, "default": new_public_id, **kwargs}
        )


class LineField(models.CharField):
    """One line of plain text: no mark-up, no control or invisible character, no run of white space."""

    def to_python(self, value):
        value = super().to_python(value)
        return value if value is None else text.clean_line(value)

    def get_prep_value(self, value):
        # As nearly every value of an import is; empty ones are most of them.
        if type(value) is str:
            return text.clean_line(value) if value else value
        return self.to_python(value)

    def pre_save(self, model_instance, add):
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class ProseField(models.TextField):
    """HTML that only ever holds what :func:`articles.text.sanitise` lets through."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None else text.sanitise(value)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = text.sanitise(value)
            setattr(model_instance, self.attname, value)
        return value


class ChangedAtField(models.DateTimeField):
    """When the row was last saved. Unlike ``auto_now`` it has a value in fixtures that do not give one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": timezone.now, "editable": False, **kwargs})

    def pre_save(self, model_instance, add):
        value = timezone.now()
        setattr(model_instance, self.attname, value)
        return value


class WebAddressField(models.URLField):
    """An address on the web; one typed without a scheme is taken for https."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
