"""What a page is declared as, and what its handler is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from flows.audit.entries import Deed
from flows.audit.trail import Trail
from flows.desk.accounts import Account, Accounts
from flows.desk.attempts import Attempts
from flows.desk.permissions import Need, is_allowed
from flows.desk.published import Published, Snapshot
from flows.desk.rendering import environment
from flows.desk.sessions import Session, Sessions
from flows.desk.words import LANGUAGES
from flows.home import Home
from flows.ledger import Ledger


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What all pages share while the desk is open."""

    home: Home
    accounts: Accounts
    sessions: Sessions
    attempts: Attempts
    published: Published
    trail: Trail
    clock: Callable[[], float]


@dataclass(kw_only=True)
class Visit:
    """One request to one page: who asks for what."""

    desk: Desk
    request: Request
    account: Account | None
    session: Session | None
    token: str
    language: str
    form: FormData = field(default_factory=FormData)

    @property
    def home(self) -> Home:
        """The site's folder."""
        return self.desk.home

    @cached_property
    def ledger(self) -> Ledger:
        """What people decided; pages write decisions nowhere else."""
        return Ledger(self.home.ledger)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The newest published night."""
        return self.desk.published.view()

    @cached_property
    def night(self) -> date:
        """The night that the snapshot shows: what is decided here is decided of that night."""
        return self.snapshot.rows('SELECT "on" FROM night')[0]["on"]

    @property
    def who(self) -> str:
        """The reader's login, as it stands beside what they decide."""
        return self.account.login if self.account else ""

    @property
    def area(self) -> str | None:
        """The only township that the reader may see, if there is such a limit."""
        return self.account.area if self.account else None

    @property
    def now(self) -> datetime:
        """The clock in Shanghai."""
        return datetime.fromtimestamp(self.desk.clock(), ZoneInfo("Asia/Shanghai"))

    def may(self, need: Need) -> bool:
        """Whether the reader's role allows something."""
        return is_allowed(self.account.role if self.account else None, need)

    def asked(self, name: str, default: str = "") -> str:
        """A value from the address."""
        return self.request.query_params.get(name, default)

    def path(self, name: str) -> str:
        """A part of the path, as the Page names it: '/household/{household}'."""
        return str(self.request.path_params[name])

    def said(self, name: str) -> str:
        """A text from the form, without the blanks around it."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def listed(self, name: str) -> list[str]:
        """All values of a field of the form, as check boxes send them."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def note(self, what: str, on: str = "", **more: Any) -> None:
        """Put into the audit trail that the reader does this (see Deed); call it before it is done."""
        role = self.account.role if self.account else ""
        self.desk.trail.note(Deed(what=f"desk {what}", on=on, **more), self.who, role)

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page from a template."""
        text = (
            environment(self.language)
            .get_template(template)
            .render({**self._everywhere(), **values})
        )
        return HTMLResponse(text, status_code=status, headers={"cache-control": "no-store"})

    def go(self, place: str) -> Response:
        """Send the browser to a place of the desk (after a POST, so that a reload repeats nothing)."""
        return RedirectResponse(place, status_code=303, headers={"cache-control": "no-store"})

    def _everywhere(self) -> Mapping[str, Any]:
        """What every template knows."""
        return {
            "account": self.account,
            "may": self.may,
            "Need": Need,
            "csrf": self.token,
            "language": self.language,
            "switch": self._switch(),
            "here": self.request.url.path,
            "menu": self.request.app.state.menu,
            "told": self.session.kept.pop("told", None) if self.session else None,
        }

    def _switch(self) -> list[tuple[str, str, str]]:
        """The other languages: code, name, and this very page's address in it."""
        asked = [one for one in self.request.query_params.multi_items() if one[0] != "lang"]
        others = [code for code in LANGUAGES if code != self.language]
        return [(code, LANGUAGES[code], urlencode([*asked, ("lang", code)])) for code in others]

    def tell(self, text: str) -> None:
        """Say something on top of the next page."""
        if self.session:
            self.session.kept["told"] = text


Handler = Callable[[Visit], Response]


@dataclass(frozen=True)
class Page:
    """A place of the desk: who may see it and what answers; `title` and `menu` put it into the menu."""

    path: str
    handler: Handler
    needs: Need = field(kw_only=True)
    method: str = field(kw_only=True, default="GET")
    title: str = field(kw_only=True, default="")
    menu: int = field(kw_only=True, default=0)
