"""Where a picture may be cut, as six numbers of a form: what is set on it by mouse and keys is sent in these."""

from django import forms

FRAMING = ("focal_x", "focal_y", "keep_x", "keep_y", "keep_w", "keep_h")
_KEEP = FRAMING[2:]


def fraction(label, **kw):
    """A part of the picture's width or height, as a number that can be typed."""
    widget = forms.NumberInput(attrs={"step": "0.001", "min": "0", "max": "1", "inputmode": "decimal"})
    return forms.FloatField(min_value=0, max_value=1, widget=widget, label=label, **kw)


class FramingFields(forms.Form):
    """Focal point and the part to keep, by numbers: what the picture sets by mouse and keys is sent in these."""

    focal_x = fraction("Focal point, from the left", required=False)
    focal_y = fraction("Focal point, from the top", required=False)
    keep_x = fraction("Part to keep, from the left", required=False)
    keep_y = fraction("Part to keep, from the top", required=False)
    keep_w = fraction("Its width", required=False)
    keep_h = fraction("Its height", required=False)

    def clean_framing(self):
        """Cleans the part to keep: all four or none, within the picture."""
        data = self.cleaned_data
        names = ("keep_x", "keep_y", "keep_w", "keep_h")
        if any(name in self.errors for name in names):
            return
        given = [data.get(name) is not None for name in names]
        if any(given) and not all(given):
            self.add_error("keep_x", "The part to keep needs all four numbers, or none.")
        elif all(given):
            if not data["keep_w"] or not data["keep_h"]:
                self.add_error("keep_w", "The part to keep has no size. Clear the four numbers, or give it one.")
            # What was rounded to three digits may stand out by the last of them.
            data["keep_w"], data["keep_h"] = (
                _within(data["keep_x"], data["keep_w"]),
                _within(data["keep_y"], data["keep_h"]),
            )
            if data["keep_w"] is None or data["keep_h"] is None:
                self.add_error("keep_x", "The part to keep stands out of the picture.")


def _within(start, length):
    if start + length > 1.005:
        return None
    return round(min(length, 1 - start), 4)


def framing_of(numbers: dict) -> dict | None:
    """Those six numbers as a caption keeps them: ``{"focus": [x, y], "keep": [x, y, width, height] or None}``.

    None where there is no focal point of its own.
    """
    if numbers["focal_x"] is None or numbers["focal_y"] is None:
        return None
    keep = [numbers[name] for name in _KEEP]
    return {"focus": [numbers["focal_x"], numbers["focal_y"]], "keep": None if None in keep else keep}


def numbers_of(framing: dict | None) -> dict:
    """The same the other way round."""
    focus = (framing or {}).get("focus") or (None, None)
    keep = (framing or {}).get("keep") or (None,) * 4
    return dict(zip(FRAMING, (*focus, *keep), strict=True))


def framing_told(photo) -> str:
    """How a picture itself is framed, as a page's script is told it: six numbers, “-” for none."""
    numbers = (photo.focal_x, photo.focal_y, *(photo.keep or (None,) * 4))
    return " ".join("-" if one is None else f"{one:g}" for one in numbers)


def in_words(framing: dict) -> str:
    x, y = framing["focus"]
    kept = ", a part kept whole" if framing.get("keep") else ""
    return f"cropped around {x:.0%} from the left, {y:.0%} from the top{kept}"
