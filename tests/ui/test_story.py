"""The guided demo, played on the page as `mockserver demo` serves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from e2e.conftest import demonstrating
from ui.conftest import ARTEFACTS
from ui.desk import PROXY, Desk
from ui.test_access import findings

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = pytest.mark.browser

FIRST, SECOND, THIRD = "default-only", "default-plus-isolated", "recommended"
LOOKS = [
    {"color_scheme": colours, "viewport": {"width": width, "height": height}}
    for colours in ("light", "dark")
    for width, height in ((360, 780), (1280, 800), (1920, 1080))
]


UNCOVERED = """part => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return [top + 1, bottom - 1].every(y => part.contains(document.elementFromPoint((left + right) / 2, y)));
}"""


class Guide(Desk):
    """The page of a chapter, and a tool that asks its sandbox."""

    def landed(self) -> Guide:
        """Where `mockserver demo` opens the browser: without the name of a place."""
        self.page.goto(f"{self.url}/")
        self.page.get_by_text("Live", exact=True).wait_for()
        self.page.locator(".lane").first.wait_for()
        return self

    @property
    def root(self) -> str:
        return self.url.split("/sandboxes/")[0]

    def story(self) -> list[dict]:
        return self.tool.get("/_mock/story").json()["chapters"]

    def chapter(self, sandbox: str) -> dict:
        return next(each for each in self.story() if each["sandbox"] == sandbox)

    def region(self, title: str):
        return self.page.get_by_role("region", name=title, exact=True)

    def step(self, number: int):
        return self.page.get_by_role("list", name="Steps").locator(":scope > li").nth(number - 1)

    def run(self, number: int, again: bool = False) -> None:
        self.button(f"Run {'again ' if again else ''}step {number}").click()

    def uncovered(self, part) -> None:
        """It is on the screen, and neither the guide nor the bar is in front of it."""
        self.page.wait_for_function(UNCOVERED, arg=part.element_handle())

    def play(self, sandbox: str, up_to: int | None = None) -> None:
        """Every step by its button; each has to answer and show what the story tells of it."""
        for number, step in enumerate(self.chapter(sandbox)["steps"][:up_to], start=1):
            self.run(number)
            expect(self.step(number)).to_contain_text(f"{step['do']} (done)")
            expect(self.step(number)).to_contain_text(f"Answered {step['status']} {step['see']}")


@pytest.fixture(scope="module")
def demo():
    with demonstrating() as served:
        yield served


@contextmanager
def guide_at(root, page, chapter: str) -> Iterator[Guide]:
    url = f"{root}/sandboxes/{chapter}"
    with httpx.Client(base_url=url, trust_env=False) as tool:
        yield Guide(page, tool, url).landed()


@pytest.fixture
def guide(demo, page_of, request) -> Iterator[Guide]:
    """The page of a chapter as `mockserver demo` opens it: of the first, or of what the test asks for."""
    chapter = getattr(request.node.get_closest_marker("tenant"), "args", (FIRST,))[0]
    httpx.post(f"{demo.http}/sandboxes/{chapter}/_mock/reset", trust_env=False).raise_for_status()
    with guide_at(demo.http, page_of(demo.http, **getattr(request, "param", {})), chapter) as made:
        yield made


def test_who_lands_on_a_chapter_is_shown_its_story_without_a_click(guide):
    chapter = guide.chapter(FIRST)
    story = guide.region(chapter["title"])

    expect(guide.page.get_by_role("heading", level=1, name="Guided demo")).to_be_visible()
    expect(story.get_by_text(chapter["text"])).to_be_visible()
    expect(story.get_by_role("heading", level=3)).to_have_text([each["do"] for each in chapter["steps"]])
    expect(story.get_by_role("button", name=re.compile("^Run"))).to_have_count(1)
    assert guide.page.title() == "Guided demo · Adatum · mockserver"


def test_the_guided_demo_is_the_first_place_and_the_others_are_still_there(guide):
    links = guide.page.get_by_role("navigation", name="Main").get_by_role("link")
    expect(links.first).to_have_text("Guided demo")

    guide.go("Overview")
    expect(guide.page.locator(".lane")).to_have_count(1)
    expect(guide.page.get_by_role("list", name="Steps")).to_have_count(0)
    guide.go("Guided demo")
    expect(guide.step(1)).to_be_visible()


def test_the_first_chapter_is_played_while_the_picture_follows(guide):
    guide.play(FIRST, up_to=3)
    served = guide.lane("Default").locator(".share")
    expect(served).to_have_count(2)
    expect(guide.lane("Default")).to_contain_text("100 served")

    guide.run(4)
    expect(guide.row("connector-03.adatum.com", "Default")).to_be_visible()
    expect(served).to_have_count(0)
    assert "connector-03.adatum.com" in guide.members("Default")

    guide.run(5)
    expect(served).to_have_count(3)
    expect(guide.page.get_by_text("That was the last step of this chapter.")).to_be_visible()


@pytest.mark.tenant(SECOND)
def test_the_second_chapter_is_played_while_the_picture_follows(guide):
    guide.play(SECOND, up_to=4)
    expect(guide.lane("Isolated Network").locator(".connector.stopped.active")).to_have_count(2)

    guide.run(5)
    expect(guide.lane("Isolated Network").locator(".connector.inactive")).to_have_count(2)
    expect(guide.page.get_by_role("list", name="What time has done").get_by_role("listitem")).to_have_count(2)

    guide.run(6)
    expect(guide.lane("Isolated Network")).to_contain_text("504 for 100")
    guide.run(7)
    expect(guide.lane("Default")).to_contain_text("100 served")
    expect(guide.lane("Isolated Network")).not_to_contain_text("504 for 100")


@pytest.mark.tenant(THIRD)
def test_a_refusal_that_the_story_tells_of_is_a_step_that_was_done(guide):
    guide.play(THIRD)

    expect(guide.row("dc-a-01.northwindtraders.com", "Default")).to_be_visible()
    expect(guide.row("dc-a-03.northwindtraders.com", "DC-A")).to_be_visible()
    expect(guide.step(6)).to_contain_text("Answered 400 Refused.")


def test_the_answer_and_the_request_of_a_step_can_be_opened(guide):
    guide.run(1)
    guide.step(1).get_by_text("Request and answer").click()

    expect(guide.step(1).get_by_label("Answer of step 1")).to_contain_text('"name": "Default"')
    expect(guide.step(1).get_by_label("Request of step 1")).to_contain_text(f"{guide.url}{PROXY}/connectorGroups'")


def test_a_step_is_done_by_the_call_that_tools_make(guide):
    """Method, address below the sandbox and body are those of the story, none more."""
    chapter, prefix, asked = guide.chapter(FIRST), urlsplit(guide.url).path, []
    told = {(each["method"], prefix + each["path"]) for each in chapter["steps"]}

    def note(request):
        where = request.url.removeprefix(guide.root)
        if (request.method, where) in told:
            asked.append((request.method, where, request.post_data_json))

    guide.page.on("request", note)
    guide.play(FIRST)

    assert asked == [(each["method"], prefix + each["path"], each["body"]) for each in chapter["steps"]]


def test_from_chapter_to_chapter_the_sandbox_changes_and_what_was_done_stays_done(guide):
    second = guide.chapter(SECOND)
    expect(guide.page.get_by_role("link", name="Previous chapter")).to_have_count(0)
    guide.run(1)
    expect(guide.step(1)).to_contain_text("(done)")
    guide.page.get_by_role("link", name=f"Next chapter: {second['title']}").click()

    guide.page.wait_for_url(re.compile(f"/sandboxes/{SECOND}/"))
    expect(guide.region(second["title"]).get_by_text("Chapter 2 of 8")).to_be_visible()
    expect(guide.lane("Isolated Network")).to_be_visible()
    expect(guide.page.get_by_label("Sandbox", exact=True)).to_have_value(SECOND)
    expect(guide.button("Run step 1")).to_be_visible()

    guide.page.get_by_role("link", name="Previous chapter").click()
    guide.page.wait_for_url(re.compile(f"/sandboxes/{FIRST}/"))
    expect(guide.step(1)).to_contain_text("(done)")
    expect(guide.button("Run step 2")).to_be_visible()


def test_the_sandbox_picker_leads_to_the_story_of_the_sandbox(guide):
    guide.go("Request log")
    guide.page.get_by_label("Sandbox", exact=True).select_option(label=THIRD)

    expect(guide.region(guide.chapter(THIRD)["title"])).to_be_visible()


def test_a_sandbox_without_a_chapter_shows_where_the_chapters_are(guide):
    guide.page.goto(f"{guide.root}/")
    titles = [each["title"] for each in guide.story()]
    chapters = guide.region("Connector groups, by example")
    expect(chapters.get_by_role("link")).to_have_text(titles)

    chapters.get_by_role("link", name=titles[2]).click()
    expect(guide.region(titles[2])).to_be_visible()


def test_a_chapter_that_starts_again_is_as_it_was_at_first(guide):
    guide.play(FIRST)
    guide.button("Start this chapter again").click()

    expect(guide.row("connector-03.adatum.com")).to_have_count(0)
    expect(guide.lane("Default").locator(".share")).to_have_count(0)
    expect(guide.button("Run step 1")).to_be_focused()
    assert "connector-03.adatum.com" not in guide.connectors()
    guide.play(FIRST)


def test_a_reset_of_the_sandbox_on_its_own_page_starts_the_chapter_again_too(guide):
    guide.play(FIRST, up_to=1)
    guide.go("Scenarios and sandboxes")
    guide.button("Reset").click()
    guide.pane().get_by_role("button", name="Reset").click()
    expect(guide.note("The sandbox is as it was seeded.")).to_be_visible()

    guide.go("Guided demo")
    expect(guide.button("Run step 1")).to_be_visible()


@pytest.mark.tenant(SECOND)
def test_a_step_that_fails_says_so_with_the_refusal_and_is_not_done(guide):
    guide.play(SECOND, up_to=2)
    connector = guide.connectors()["ISOLATED-01"]
    guide.tool.delete(f"/_mock/connectors/{connector}").raise_for_status()
    guide.run(3)
    refused = guide.tool.post(f"/_mock/connectors/{connector}/stop").json()["error"]

    expect(guide.step(3)).to_contain_text(f"Answered 404 instead of 200. {refused['code']}: {refused['message']}")
    expect(guide.step(3)).not_to_contain_text("(done)")
    expect(guide.page.get_by_role("status", name="What came back")).to_contain_text("Answered 404 instead of 200.")
    expect(guide.button("Run again step 3")).to_be_focused()

    guide.button("Start this chapter again").click()
    expect(guide.button("Run step 1")).to_be_focused()
    expect(guide.step(3)).not_to_contain_text("Answered")


def test_a_step_without_an_answer_can_be_run_again(guide):
    guide.page.context.set_offline(True)
    guide.run(1)
    expect(guide.step(1)).to_contain_text("Not done. No answer")

    guide.page.context.set_offline(False)
    guide.run(1, again=True)
    expect(guide.step(1)).to_contain_text("(done)")
    expect(guide.step(1)).not_to_contain_text("Not done.")


def test_an_answer_other_than_the_one_told_is_not_explained_as_if_it_were(guide):
    guide.tool.post(f"{PROXY}/connectorGroups", json={"name": "Another"}).raise_for_status()
    guide.run(1)

    expect(guide.step(1)).to_contain_text("The answer is not the one that this step tells of")
    expect(guide.step(1)).not_to_contain_text(guide.chapter(FIRST)["steps"][0]["see"])


def test_a_chapter_is_played_with_the_keyboard_and_heard(guide):
    steps = guide.chapter(FIRST)["steps"]
    guide.button("Run step 1").focus()
    for number, step in enumerate(steps, start=1):
        expect(guide.button(f"Run step {number}")).to_be_focused()
        guide.page.keyboard.press("Enter")
        said = guide.page.get_by_role("status", name="What came back")
        expect(said).to_have_text(f"Step {number}: {step['see']}")

    expect(guide.page.get_by_role("link", name="Next chapter")).to_be_focused()


@pytest.mark.parametrize(
    "guide", LOOKS, indirect=True, ids=lambda look: f"{look['color_scheme']}-{look['viewport']['width']}"
)
@pytest.mark.tenant(SECOND)
def test_the_story_fits_any_screen_and_axe_finds_nothing_serious(guide, request):
    guide.play(SECOND, up_to=6)
    guide.uncovered(guide.lane("Isolated Network").get_by_text("504 for 100"))
    guide.step(6).get_by_text("Request and answer").click()
    width = guide.page.viewport_size["width"]
    folder = ARTEFACTS / "screenshots" / request.node.callspec.id
    folder.mkdir(parents=True, exist_ok=True)
    guide.page.screenshot(path=folder / "demo.png")

    assert findings(guide.page) == []
    assert guide.page.evaluate("document.documentElement.scrollWidth") == width
    guide.button("Run step 7").click()
    expect(guide.page.get_by_role("link", name="Next chapter")).to_be_in_viewport(ratio=1)
    guide.uncovered(guide.lane("Default").locator(".share").first)
    assert findings(guide.page) == []


@pytest.mark.parametrize("guide", [LOOKS[0]], indirect=True, ids=["360px"])
def test_on_a_narrow_screen_the_guide_gives_its_room_back(guide):
    expect(guide.button("Run step 1")).to_be_in_viewport(ratio=1)
    guide.button("Guide").click()
    expect(guide.button("Run step 1")).to_be_hidden()

    guide.button("Guide").click()
    expect(guide.button("Run step 1")).to_be_visible()


def test_a_demo_behind_a_control_token_strict_logins_and_another_root_is_played_too(page_of):
    guarded = ("--auth", "strict", "--control-token", "open sesame", "--external-url", "https://mock.example")
    with demonstrating(*guarded) as served:
        url, page = f"{served.http}/sandboxes/{THIRD}", page_of(served.http)
        page.goto(f"{url}/")
        page.get_by_label("Token", exact=True).fill("open sesame")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Run step 1").wait_for()
        with httpx.Client(base_url=url, headers={"x-mock-token": "open sesame"}, trust_env=False) as tool:
            Guide(page, tool, url).play(THIRD)
        page.get_by_role("link", name="Next chapter").click()

        page.wait_for_url(f"{served.http}/sandboxes/multi-cloud-iaas/#demo")
        page.get_by_role("button", name="Run step 1").wait_for()


def test_of_what_was_done_in_a_mock_that_ran_before_nothing_is_left(guide):
    guide.play(FIRST, up_to=1)
    guide.page.evaluate(KEPT_BY_AN_EARLIER_RUN)
    guide.page.reload()

    expect(guide.button("Run step 1")).to_be_visible()


KEPT_BY_AN_EARLIER_RUN = f"""{{
    const name = "mockserver.story.{FIRST}", kept = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.setItem(name, JSON.stringify({{ ...kept, since: kept.since - 60_000 }}));
}}"""


def test_without_a_demo_there_is_nothing_of_it_on_the_page(desk):
    expect(desk.page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    expect(desk.page.get_by_text("Guided demo")).to_have_count(0)

    desk.page.goto(f"{desk.url}/#demo")
    desk.page.reload()
    expect(desk.page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    expect(desk.page.get_by_role("list", name="Steps")).to_have_count(0)
