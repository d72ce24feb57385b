"""What locust plays: officers who filter, open, search and, one click in ten, decide; with time to read.

Locust lives in an environment of its own, so nothing of ours is imported here. What they ask for
stands in the file that $DESK_LOAD names.
"""

import json
import os
import random
import re
from pathlib import Path

from locust import HttpUser, between, task

PLAN = json.loads(Path(os.environ["DESK_LOAD"]).read_text(encoding="utf-8"))
DICE = random.Random(1)
QUESTION = re.compile(r'name="question" value="([^"]+)"')
REASON = "电话核实住址和收入"
"""Stands in the ledger and in the trail."""


class Officer(HttpUser):
    """One browser that is logged in; every click asks for one thing of the plan."""

    wait_time = between(*PLAN["seconds_between"])

    def on_start(self) -> None:
        """Take one of the sessions that are open already; officers do not all click at once."""
        self.logged_in = PLAN["officers"].pop()
        self.client.cookies.set("desk_session", self.logged_in["cookie"])
        self.wait()

    @task(18)
    def filter(self) -> None:
        """A township, a signal, another order, the next page."""
        self._note("filter", self.client.get(f"/list?{DICE.choice(PLAN['filters'])}", name="list"))

    @task(18)
    def open_household(self) -> None:
        """Any listed household."""
        place = f"/household/{DICE.choice(PLAN['households'])}"
        self._note("open household", self.client.get(place, name="household"))

    @task(9)
    def search(self) -> None:
        """Typing is a POST; what was found is the list it leads to."""
        self._send("search", "/list/search", words=DICE.choice(PLAN["words"]))

    @task(2)
    def snooze(self) -> None:
        """A household rests for some weeks."""
        self._send(
            "snooze", "/list/decide", kind="desk_snooze", until=PLAN["until"], reason=REASON,
            household=DICE.choice(PLAN["households"]),
        )  # fmt: skip

    @task(1)
    def assign(self) -> None:
        """A household gets its visitor."""
        self._send(
            "assign", "/list/decide", kind="desk_assign", visitor=PLAN["visitor"],
            household=DICE.choice(PLAN["households"]),
        )  # fmt: skip

    @task(1)
    def answer(self) -> None:
        """The question that the page asks; whoever has none left has only looked."""
        page = self.client.get("/who", name="who")
        question = QUESTION.search(page.text)
        if question:
            self._send("answer", "/who/answer", question=question[1], answer="unsure")

    @task(1)
    def unmask(self) -> None:
        """A person of a household in full; the reason is noted first."""
        household, person = DICE.choice(PLAN["persons"])
        self._send("unmask", f"/household/{household}/unmask", person=person, reason=REASON)

    def _send(self, action: str, place: str, **said: str) -> None:
        """A form, and the page that it leads to."""
        posted = self.client.post(
            place, data={**said, "csrf": self.logged_in["token"]}, headers={"origin": self.host},
            allow_redirects=False, name=action,
        )  # fmt: skip
        led_to = posted.headers.get("location")
        shown = [self.client.get(led_to, name=f"after {action}")] if led_to else []
        self._note(action, posted, *shown)

    def _note(self, action: str, *answers) -> None:
        """The server's own milliseconds, beside what the client saw."""
        if any(one.status_code >= 400 for one in answers):
            return
        spent = sum(float(one.headers["server-timing"].partition("dur=")[2]) for one in answers)
        self.environment.events.request.fire(
            request_type="server", name=action, response_time=spent, response_length=0,
            exception=None, context={},
        )  # fmt: skip
