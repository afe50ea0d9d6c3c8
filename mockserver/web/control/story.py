"""What `mockserver demo` tells: a chapter for each of its sandboxes, with the calls to make in it."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import quote

from mockserver.seed.story import Chapter
from mockserver.web.answered import Answered
from mockserver.web.control import answers
from mockserver.web.control.asked import Control, Route, answered, root_of


def show_story(control: Control) -> Answered:
    """What mockserver demo tells, with the calls to make.

    `{"chapters": [{"sandbox", "url", "title", "text", "steps": [{"do", "method", "path", "body", "status", "see",
    "answer"}]}]}`; no chapters where no demo runs.

    `url` is the root of the chapter's sandbox, which a step's `path` goes behind; `body` and `answer` may be null. A
    chapter whose sandbox was deleted is told no longer.
    """
    there = {each.name for each in control.world}
    return answered({"chapters": [_shown(control, each) for each in control.world.story if each.sandbox in there]})


def _shown(control: Control, chapter: Chapter) -> dict[str, object]:
    url = f"{root_of(control.settings)}/sandboxes/{quote(chapter.sandbox)}"
    return {"sandbox": chapter.sandbox, "url": url, **asdict(chapter)}


ROUTES: tuple[Route, ...] = (Route("GET", "/story", show_story, {200: answers.STORY}),)
