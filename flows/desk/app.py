"""The desk as an application: pages found by listing pages/, the notebooks, and one guard before all."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from flows.audit.trail import Trail
from flows.desk import pages
from flows.desk.accounts import Accounts
from flows.desk.attempts import Attempts
from flows.desk.guard import NOTEBOOKS, BodyTooLargeError, Guard, cookie, in_a_line
from flows.desk.page import Desk, Page, Visit
from flows.desk.published import NothingPublishedError, Published
from flows.desk.sessions import ENTRY_COOKIE, LANGUAGE_COOKIE, Sessions
from flows.desk.words import LANGUAGES, N_
from flows.errors import DoorstepError, one_line
from flows.home import Home

_STATIC = Path(__file__).parent / "static"
_MOST_FIELDS, _LARGEST_FIELD, _MOST_FILES = 5000, 1 << 20, 50


def all_pages() -> list[Page]:
    """Every page of pages/, by its path."""
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
    modules = [importlib.import_module(f"{pages.__name__}.{name}") for name in names]
    found = [page for module in modules for page in getattr(module, "PAGES", ())]
    return sorted(found, key=lambda page: (page.path, page.method))


def desk_app(
    home: Home, *, notebooks: ASGIApp | None = None, clock: Callable[[], float] = time.time
) -> ASGIApp:
    """The desk of one HOME behind its guard."""
    desk = Desk(
        home=home,
        accounts=Accounts(home.state / "accounts.json"),
        sessions=Sessions(clock),
        attempts=Attempts(home.state / "attempts.json", home.secret),
        published=Published(home.snapshot),
        trail=Trail(home),
        clock=clock,
    )
    declared = all_pages()
    routes: list[Route | Mount] = [
        Route(page.path, _answering(desk, page), methods=[page.method]) for page in declared
    ]
    routes.append(Mount("/static", StaticFiles(directory=_STATIC)))
    if notebooks:
        routes.append(Mount(NOTEBOOKS, notebooks))
    app = Starlette(routes=routes, exception_handlers={HTTPException: _not_here(desk)})
    app.state.menu = sorted((one for one in declared if one.menu), key=lambda one: one.menu)
    app.state.desk = desk
    return Guard(app, desk.sessions, desk.accounts)


def _answering(desk: Desk, page: Page) -> Callable[[Request], object]:
    """The endpoint of a page: permission, token, handler, and every error as a page."""

    async def answer(request: Request) -> Response:
        visit = _visit(desk, request)
        if not visit.may(page.needs):
            await run_in_threadpool(visit.note, "refused", page.path)
            return visit.show("problem.html.j2", 403, problem=N_("您的角色不能打开这一页。"))
        if page.method == "POST":
            try:
                visit.form = await request.form(
                    max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_LARGEST_FIELD
                )
            except (HTTPException, BodyTooLargeError):
                return visit.show("problem.html.j2", 413, problem=N_("提交的内容太大,未受理。"))
            if not desk.sessions.is_token(_key(visit), visit.said("csrf")):
                problem = N_("这一页放得太久,请返回刷新后再提交。")
                return visit.show("problem.html.j2", 403, problem=problem)
        answered = await run_in_threadpool(_handled, page, visit)
        await visit.form.close()
        return _remembering(visit, answered)

    return answer


def _handled(page: Page, visit: Visit) -> Response:
    try:
        return page.handler(visit)
    except NothingPublishedError as error:
        return visit.show("problem.html.j2", 503, problem=str(error))
    except DoorstepError as error:
        return visit.show("problem.html.j2", 400, problem=str(error))
    except Exception as error:
        told = one_line(error)
        sys.stderr.write(f"{page.path} {told}\n")
        return visit.show("problem.html.j2", 500, problem=told)
    finally:
        if "snapshot" in visit.__dict__:
            visit.snapshot.close()


def _visit(desk: Desk, request: Request) -> Visit:
    session = request.state.session
    key = session.key if session else cookie(request.headers, ENTRY_COOKIE)
    language = request.query_params.get("lang") or cookie(request.headers, LANGUAGE_COOKIE)
    return Visit(
        desk=desk,
        request=request,
        account=request.state.account,
        session=session,
        token=desk.sessions.token(key),
        language=language if language in LANGUAGES else "zh",
    )


def _key(visit: Visit) -> str:
    """The cookie's secret that a form's token is derived from: of the session, or of the entry."""
    if visit.session:
        return visit.session.key
    return cookie(visit.request.headers, ENTRY_COOKIE) or "none"


def _remembering(visit: Visit, answer: Response) -> Response:
    """The chosen language stays."""
    if visit.asked("lang") == visit.language:
        answer.set_cookie(LANGUAGE_COOKIE, visit.language, httponly=True, samesite="strict")
    return answer


def _not_here(desk: Desk) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        if not hasattr(request.state, "session"):
            return in_a_line(request.headers, N_("没有这一页。"), status)
        return _visit(desk, request).show("problem.html.j2", status, problem=N_("没有这一页。"))

    return answer
