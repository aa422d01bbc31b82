"""Addresses outside the API: the forms of old clients, and pictures of people. The page itself comes from above.

/user/login/  /user/signup/   GET: the page (302 when logged in); POST: 302 with a session, 200 the page again, 403
/logout/                      POST ends the session, GET changes nothing; both answer 302
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError

from postil.accounts import csrf
from postil.accounts.access import maybe_actor, take_anonymous
from postil.accounts.actions import joining, sessions
from postil.accounts.actions.people import UserFields
from postil.accounts.authentication import by_session
from postil.accounts.avatars import avatar_view
from postil.accounts.schemas import SignUpIn
from postil.core.errors import Forbidden, Invalid, NotAllowed, Unauthenticated
from postil.infra.failures import answer_to, translate
from postil.infra.http import client_ip

Page = Callable[[HttpRequest], HttpResponseBase]
HOME = "/"
LOG_IN = "/user/login/"
FORM = """<noscript><form method="post"><h1>{title}</h1><p role="alert">{problem}</p>
<input type="hidden" name="csrfmiddlewaretoken" value="{token}">
<p><label>E-mail <input type="email" name="email" autocomplete="username" required></label></p>
<p><label>Password <input type="password" name="password" autocomplete="current-password" required></label></p>
<button>{title}</button></form></noscript>
"""


def show(page: Page) -> None:
    """Set what renders the application's page; the web package does."""
    _port[:] = [page]


def _plain_page(_request: HttpRequest) -> HttpResponseBase:
    return HttpResponse("<!doctype html><title>Postil</title>")


_port: list[Page] = [_plain_page]


@csrf_exempt
def login_view(request: HttpRequest) -> HttpResponseBase:
    """Show the page, or log in by form."""
    return _form(request, _log_in)


@csrf_exempt
def signup_view(request: HttpRequest) -> HttpResponseBase:
    """Show the page, or sign up by form."""
    return _form(request, _sign_up)


@csrf_exempt
def logout_view(request: HttpRequest) -> HttpResponseBase:
    """End the session by POST with proof. GET changes nothing: a picture of another site could send it."""
    try:
        if request.method == "POST":
            _check_proof(request)
            sessions.log_out(request, by_session(request))
    except Unauthenticated:
        return HttpResponseRedirect(LOG_IN)
    except Exception as error:
        return answer_to(request, error)
    return HttpResponseRedirect(LOG_IN)


def _form(request: HttpRequest, act: Callable[[HttpRequest], None]) -> HttpResponseBase:
    try:
        if request.method in {"GET", "HEAD"}:
            return _page(request) if maybe_actor(request) is None else HttpResponseRedirect(_next(request))
        _check_post(request)
        act(request)
    except Invalid as error:
        request.method = "GET"
        return _page(request, error)
    except Exception as error:
        return answer_to(request, error)
    return HttpResponseRedirect(_next(request))


def _page(request: HttpRequest, error: Invalid | None = None) -> HttpResponseBase:
    """Return the application's page, with a plain form for browsers without scripts."""
    token = get_token(request)  # also sets the cookie
    response = _port[-1](request)
    if isinstance(response, HttpResponse):
        title = "Create Account" if request.path_info.startswith("/user/signup/") else "Log in"
        form = format_html(FORM, token=token, title=title, problem=_sentence(error))
        before, end, after = response.content.partition(b"</body>")
        response.content = before + form.encode() + end + after
    return response


def _sentence(error: Invalid | None) -> str:
    if error is None:
        return ""
    words = [text for texts in error.fields.values() for text in texts if isinstance(text, str)]
    return " ".join(words) or error.detail


def _check_post(request: HttpRequest) -> None:
    if request.method != "POST":
        raise NotAllowed
    take_anonymous(request)
    _check_proof(request)


def _check_proof(request: HttpRequest) -> None:
    if not csrf.has_proof(request, request.POST.get("csrfmiddlewaretoken", "")):
        raise Forbidden("CSRF verification failed. Request aborted.")


def _next(request: HttpRequest) -> str:
    """Return where to go: a path of this site only."""
    wanted = request.POST.get("next") or request.GET.get("next") or HOME
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else HOME


def _log_in(request: HttpRequest) -> None:
    sessions.log_in(request, email=request.POST.get("email", ""), password=request.POST.get("password", ""))


def _sign_up(request: HttpRequest) -> None:
    token = request.GET.get("token") or request.POST.get("token") or ""
    try:
        form = SignUpIn(
            email=request.POST.get("email", ""),
            password=request.POST.get("password", ""),
            token=token,
            first_name=request.POST.get("first_name", ""),
            last_name=request.POST.get("last_name", ""),
        )
    except ValidationError as error:
        raise translate(error) or Invalid() from None
    fields = UserFields(first_name=form.first_name, last_name=form.last_name)
    ip = client_ip(request)
    if joining.needs_owner():
        if joining.needs_code():
            raise Forbidden("This server has no owner yet. Open its welcome page first.")
        user = joining.create_first_owner(email=form.email, password=form.password, fields=fields, ip=ip)
    else:
        user = joining.sign_up(token=form.token, email=form.email, password=form.password, fields=fields, ip=ip)
    sessions.start_session(request, user)


urlpatterns = [
    path("user/login/", login_view),
    path("user/signup/", signup_view),
    path("logout/", logout_view),
    path("data/avatars/<str:name>", avatar_view),
]
