"""What locust plays: officers who filter the list, open a household and search, with time to read.

Locust lives in an environment of its own, so nothing of ours is imported here. What they ask for
stands in the file that $DESK_LOAD names.
"""

import json
import os
import random
from pathlib import Path

from locust import HttpUser, between, task

PLAN = json.loads(Path(os.environ["DESK_LOAD"]).read_text(encoding="utf-8"))
DICE = random.Random(1)


class Officer(HttpUser):
    """One browser that is logged in; every click asks for one thing of the plan."""

    wait_time = between(*PLAN["seconds_between"])

    def on_start(self) -> None:
        """Take one of the sessions that are open already; officers do not all click at once."""
        self.logged_in = PLAN["officers"].pop()
        self.client.cookies.set("desk_session", self.logged_in["cookie"])
        self.wait()

    @task(2)
    def filter(self) -> None:
        """A township, a signal, another order, the next page."""
        self._note("filter", self.client.get(f"/list?{DICE.choice(PLAN['filters'])}", name="list"))

    @task(2)
    def open_household(self) -> None:
        """Any listed household."""
        place = f"/household/{DICE.choice(PLAN['households'])}"
        self._note("open household", self.client.get(place, name="household"))

    @task(1)
    def search(self) -> None:
        """Typing is a POST; what was found is the list it leads to."""
        said = {"words": DICE.choice(PLAN["words"]), "csrf": self.logged_in["token"]}
        origin = {"origin": self.host}
        posted = self.client.post(
            "/list/search", data=said, headers=origin, allow_redirects=False, name="search"
        )
        found = self.client.get(posted.headers["location"], name="found")
        self._note("search", posted, found)

    def _note(self, action: str, *answers) -> None:
        """The server's own milliseconds, beside what the client saw."""
        if any(one.status_code >= 400 for one in answers):
            return
        spent = sum(float(one.headers["server-timing"].partition("dur=")[2]) for one in answers)
        self.environment.events.request.fire(
            request_type="server", name=action, response_time=spent, response_length=0,
            exception=None, context={},
        )  # fmt: skip
