"""What holds for every answer, whoever gives it."""


def private_unless_said_otherwise(get_response):
    """Nothing may be kept by a cache unless its view said so: ``articles.readers.http`` names what is public."""

    def middleware(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
