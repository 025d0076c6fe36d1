"""The list of stories as a file: CSV or Excel, with cells that no program takes for formulas."""

import csv
import tempfile
from datetime import datetime
from http import HTTPStatus

import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import audit
from articles.models import Article

from .list_asked import read
from .list_columns import in_order
from .list_pages import look_to_the_end
from .times import zone_name

MOST = 10_000
AT_ONCE = 500

# What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@require_POST
def export(request, *, site):
    """A file of the stories that the list's filters leave, as many as ``MOST``. Whoever takes one is logged."""
    user = request.user
    if not (user.has_perm("articles.view_article") and user.has_perm("articles.export_article")):
        raise PermissionDenied
    kind = request.POST.get("format", "")
    asked = read(user, QueryDict(request.POST.get("query", "")))
    if kind not in _WRITERS or not asked.form.is_valid():
        return HttpResponse("That list is not understood.", "text/plain", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    ids = look_to_the_end(user, asked.form, asked.order, MOST + 1)
    notes = [f"Only the first {MOST:,} stories are in this file."] if len(ids) > MOST else []
    ids = ids[:MOST]
    # To be seen at the desk is one thing, to leave it in a file another.
    if not user.has_perm("articles.view_confidential_article"):
        kept = set(Article.objects.filter(pk__in=ids, confidential=True).values_list("pk", flat=True))
        if kept:
            ids = [pk for pk in ids if pk not in kept]
            notes.append("Confidential stories are not in this file.")
    audit.log(user, "list_exported", user, format=kind, stories=len(ids), query=asked.query())
    columns = list(asked.columns.values())
    answer = _WRITERS[kind](_heads(columns), _rows(ids, columns), notes)
    name = f"stories-{timezone.localtime():%Y-%m-%d-%H%M}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def _heads(columns):
    zone = zone_name()
    labels = [f"{one.label} ({zone})" if one.is_time else one.label for one in columns]
    return ["Id", "Headline", *labels]


def _rows(ids, columns):
    """The rows of the file: texts, numbers, and instants by the newsroom's clock."""
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        for story in in_order(some, columns):
            yield [story.public_id, story.headline, *(_plain(one.told(story)) for one in columns)]


def _plain(value):
    return timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) else value


# --- CSV -------------------------------------------------------------------------------------------------------------


def inert(value: str) -> str:
    """That text so that no spreadsheet runs it: an apostrophe before what could begin a formula."""
    return f"'{value}" if value.lstrip(" \u00a0").startswith(_FORMULA) else value


class _Line:
    """What the csv module writes to: it gives each line back."""

    def write(self, line):
        return line


def _csv(heads, rows, notes):
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)

    def lines():
        yield "\ufeff"  # so that Excel reads Arabic as Arabic
        yield writer.writerow(heads)
        for row in rows:
            yield writer.writerow([_csv_cell(value) for value in row])
        for note in notes:
            yield writer.writerow([note])

    return StreamingHttpResponse(lines(), "text/csv; charset=utf-8")


def _csv_cell(value):
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return inert(value) if isinstance(value, str) else value


# --- Excel -----------------------------------------------------------------------------------------------------------

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Row by row to the disk, and no text is ever read as a formula, a number or a link.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def _xlsx(heads, rows, notes):
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        sheet = book.add_worksheet("Stories")
        bold, time = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, len(heads) - 1, 18)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        number = 0
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, time)
                elif isinstance(value, int):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, value)
        for place, note in enumerate(notes, number + 1):
            sheet.write_string(place, 0, note)
    file.seek(0)
    return FileResponse(file, content_type=_XLSX)


_WRITERS = {"csv": _csv, "xlsx": _xlsx}
