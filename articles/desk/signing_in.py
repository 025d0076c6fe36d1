"""Signing in again without leaving the page: what is typed there stays there."""

from http import HTTPStatus

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from articles import audit
from articles.models import User


@sensitive_post_parameters()
@never_cache
@csrf_protect
def sign_in(request, *, site):
    """``GET``: who is signed in, and the token that forms need now. ``POST``: sign the page's own person in. JSON."""
    if request.method != "POST":
        return _answer(request)
    form = (site.login_form or AdminAuthenticationForm)(request, data=request.POST)
    if not form.is_valid():
        problem = " ".join(message for messages in form.errors.values() for message in messages)
        return JsonResponse({"problem": problem}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    user = form.get_user()
    expected = request.POST.get("user", "")
    if str(user.pk) != expected:
        is_number = expected.isdecimal() and len(expected) < 19
        owner = User.objects.filter(pk=int(expected)).first() if is_number else None
        problem = f"What is typed on this page is {audit.staff_name(owner) or 'somebody else'}’s: only they can go on"
        problem += " with it here. Open the desk in another window to sign in as somebody else."
        return JsonResponse({"problem": problem}, status=HTTPStatus.CONFLICT)
    login(request, user)
    return _answer(request)


def _answer(request):
    user = request.user if request.user.is_authenticated and request.user.is_staff else None
    named = {"user": user.pk, "name": audit.staff_name(user)} if user else {"user": None, "name": ""}
    return JsonResponse({**named, "token": get_token(request)})
