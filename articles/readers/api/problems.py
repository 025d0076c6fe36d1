"""What is wrong with a request, as RFC 9457 has it: a status, and a sentence that whoever asked understands."""

import json
from http import HTTPStatus

from django.http import HttpResponse

from articles.readers import http

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """The request cannot be answered. ``detail`` says why and never repeats what was asked; ``more`` are members."""

    def __init__(self, status: int, detail: str, **more):
        self.status, self.detail, self.more = status, detail, more
        super().__init__(detail)

    def response(self) -> HttpResponse:
        told = {"type": "about:blank", "title": HTTPStatus(self.status).phrase, "status": self.status}
        told |= {"detail": self.detail, **self.more}
        response = HttpResponse(json.dumps(told, ensure_ascii=False), status=self.status, content_type=CONTENT_TYPE)
        response["Cache-Control"] = http.MISSING
        return response


def wrong(parameter: str, detail: str) -> Problem:
    """A parameter that cannot be what it is."""
    return Problem(400, detail, parameter=parameter)
