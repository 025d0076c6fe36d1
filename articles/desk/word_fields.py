"""Lists of words that a record keeps as JSON, as plain text boxes: one a line, or by language."""

from django import forms

from articles import text


class WordListField(forms.CharField):
    """``["A", "B"]`` as lines."""

    def __init__(self, **kw):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kw)

    def prepare_value(self, value):
        return "\n".join(str(word) for word in value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (text.clean_line(line) for line in (value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial, data):
        return list(initial or []) != self.to_python(data)


class WordsByLanguageField(forms.CharField):
    """``{"en": ["A", "B"]}`` as lines: “en: A; B”. With ``single``, one word a language: ``{"en": "A"}``."""

    def __init__(self, *, help_text="", single=False, **kw):
        self.single = single
        form = "“en: Damascus”" if single else "“en: Damascus; Dimashq”"
        words = f"{help_text} One language a line: {form}.".strip()
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=words, **kw)

    def prepare_value(self, value):
        if not isinstance(value, dict):
            return value
        lines = ((language, words if isinstance(words, list) else [words]) for language, words in value.items())
        return "\n".join(f"{language}: {'; '.join(str(word) for word in words)}" for language, words in lines)

    def to_python(self, value):
        found = {}
        for number, line in enumerate((value or "").splitlines(), start=1):
            if not (line := text.clean_line(line)):
                continue
            language, colon, words = line.partition(":")
            language = language.strip().lower()
            if not colon or not language.isascii() or not 2 <= len(language) <= 8:
                raise forms.ValidationError(f"Line {number} must begin with a language and a colon: “en: …”.")
            found[language] = [word for part in words.replace("؛", ";").split(";") if (word := part.strip())]
        return {language: words[0] if self.single else words for language, words in found.items() if words}

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "").strip() != (data or "").replace("\r\n", "\n").strip()
