"""Signing in: not as often as somebody who guesses would like, and again without leaving the page.

What is typed on a page stays there, and is told from what somebody else typed.
"""

from datetime import timedelta
from http import HTTPStatus

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from articles import audit, guessing
from articles.models import User

from . import carrying
from .times import zone_name


class SignInForm(AdminAuthenticationForm):
    """The door's form. Whoever guessed wrong too often is not heard for a while, whatever they type."""

    def clean(self):
        account, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not (account and password):
            return super().clean()
        try:
            guess = guessing.begin(account, audit.whence())
        except guessing.TooMany as error:
            # Rounded up: at that minute it is heard.
            until = timezone.localtime(error.until + timedelta(minutes=1))
            raise ValidationError(
                f"Too many wrong passwords came from here. Try again at {until:%H:%M} ({zone_name()} time).", "too_many"
            ) from None
        data = super().clean()
        guessing.got_in(guess)
        carried = carrying.brought(self.request)
        if carried and carried.user != self.get_user().pk:
            raise ValidationError(_only_the_owner(carried.owner_name()))
        return data


def _only_the_owner(name):
    return (
        f"What is typed on this page is {name}’s: only they can go on with it here. Open the desk in another window to"
        " sign in as somebody else."
    )


@sensitive_post_parameters()
@never_cache
@csrf_protect
def sign_in(request, *, site):
    """``GET``: who is signed in, and the token that forms need now. ``POST``: sign the page's own person in. JSON."""
    if request.method != "POST":
        return _answer(request)
    form = SignInForm(request, data=request.POST)
    if not form.is_valid():
        problem = " ".join(message for messages in form.errors.values() for message in messages)
        return JsonResponse({"problem": problem}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    user = form.get_user()
    expected = request.POST.get("user", "")
    if str(user.pk) != expected:
        is_number = expected.isdecimal() and len(expected) < 19
        owner = User.objects.filter(pk=int(expected)).first() if is_number else None
        problem = _only_the_owner(audit.staff_name(owner) or "somebody else")
        return JsonResponse({"problem": problem}, status=HTTPStatus.CONFLICT)
    login(request, user)
    return _answer(request)


def _answer(request):
    user = request.user if request.user.is_authenticated and request.user.is_staff else None
    named = {"user": user.pk, "name": audit.staff_name(user)} if user else {"user": None, "name": ""}
    return JsonResponse({**named, "token": get_token(request)})
