import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def media_of_its_own(settings, tmp_path):
    """Each test keeps its pictures in a folder of its own."""
    from django.core.files.storage import storages

    for name in ("originals", "renditions"):
        storages[name]._location = None
        storages[name].__dict__.pop("base_location", None)
        storages[name].__dict__.pop("location", None)
        storages[name]._location = str(tmp_path / name)


@pytest.fixture(autouse=True)
def _log_may_be_emptied_between_tests(request):
    """The database refuses to empty the audit log; a test that commits must be cleaned up after all."""
    marker = request.node.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"} & set(request.fixturenames)
    transactional = bool(names) or (marker is not None and marker.kwargs.get("transaction"))
    yield
    if transactional:
        request.getfixturevalue("django_db_blocker")
