"""The log-in page: in with the right password, told why with a wrong one, never sent elsewhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from domain.users import Role
from tests.web.house import OPEN_SESAME, House
from tests.web.office import Office
from tests.web.visit import Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]


@pytest.fixture(autouse=True)
def town(office: Office) -> None:
    """Import the small town: the pages one is led to ask for it at once."""


def enter(visit: Visit, login: str, password: str) -> None:
    """Fill in the form and send it with the keyboard, once the page is done with the try before."""
    visit.page.wait_for_selector("#enter:not([aria-disabled])")
    visit.page.fill("#user", login)
    visit.page.fill("#password", password)
    visit.page.press("#password", "Enter")


def test_the_right_password_leads_to_the_page_of_the_role(visits: Visits) -> None:
    """An agent without a wish goes to the desk."""
    visit = visits.visit()
    enter(visit.open("/login"), "agent", OPEN_SESAME)
    visit.page.wait_for_url(re.compile("/desk$"))


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_is_one_that_the_role_may_open(office: Office, role: Role) -> None:
    """Nobody is greeted with a refusal."""
    first = office.get("/", role)
    assert first.status_code == 303
    assert office.get(first.headers["location"], role).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_a_wish_is_granted_where_the_role_may_go(office: Office, role: Role) -> None:
    """To exactly the pages that admit it, the rest of the address kept; else to its own."""
    for page in ("/console", "/desk", "/crew", "/outages"):
        sent_to = office.get("/", role, next=f"{page}#E0001").headers["location"]
        may_open = office.get(page, role).status_code == 200
        assert (sent_to == f"{page}#E0001") is may_open
        assert office.get(sent_to.split("#")[0], role).status_code == 200
    for elsewhere in (
        "//evil.example/desk",
        "https://evil.example/desk",
        "/\\evil.example",
        "//[/desk",
    ):
        first = office.get("/", role).headers["location"]
        assert office.get("/", role, next=elsewhere).headers["location"] == first


def test_one_is_sent_where_one_wanted_to_go(visits: Visits) -> None:
    """A page that asked for a log-in is opened after it."""
    visit = visits.visit()
    visit.page.goto(f"{visits.server}/desk")
    assert visit.page.url.endswith("/login?next=%2Fdesk")
    visit.page.wait_for_selector("html[data-ready]", state="attached")
    enter(visit, "dispatcher", OPEN_SESAME)
    visit.page.wait_for_url(re.compile("/desk$"))


@pytest.mark.parametrize("there", ["//evil.example/", "/\\evil.example", "https://evil.example/"])
def test_nobody_is_sent_to_another_server(visits: Visits, there: str) -> None:
    """A wish that is no path of this server counts as none."""
    visit = visits.visit()
    visit.open(f"/login?next={there}")
    enter(visit, "agent", OPEN_SESAME)
    visit.page.wait_for_url(f"{visits.server}/desk")


@pytest.mark.parametrize(
    ("language", "said"), [("zh-CN", "账号或密码不对"), ("en", "Login or password is wrong")]
)
def test_a_wrong_password_is_told(visits: Visits, language: str, said: str) -> None:
    """The page says so, stays, and lets one try again."""
    visit = visits.visit(language=language).open("/login")
    visit.forgiven = ("401",)
    enter(visit, "agent", "something else")
    expect(visit.page.locator("#fault")).to_contain_text(said)
    assert visit.page.url == f"{visits.server}/login"
    enter(visit, "agent", OPEN_SESAME)
    visit.page.wait_for_url(re.compile("/desk$"))


def test_too_many_tries_are_told_with_the_wait(visits: Visits) -> None:
    """After several wrong passwords the page says how long to wait."""
    visit = visits.visit().open("/login")
    visit.forgiven = ("401", "429")
    fault = visit.page.locator("#fault")
    for _ in range(30):
        with visit.page.expect_response("**/api/session") as answer:
            enter(visit, "agent", "something else")
        if answer.value.status == 429:
            break
    expect(fault).to_have_text(re.compile(r"试的次数太多。请 \d+ (秒|分钟)后再试。"))


def test_a_password_never_stands_in_an_address(house: House) -> None:
    """Until the scripts are there the form takes nothing, and no browser would send it by GET."""
    form = re.search(r'<form id="login"[^>]*>', house.client().get("/login").text)
    assert form is not None
    assert 'method="post"' in form[0]
    assert "inert" in form[0]


def test_nothing_is_sent_without_a_login_or_password(visits: Visits) -> None:
    """The page names what is missing and goes there."""
    visit = visits.visit().open("/login")
    visit.page.click("#enter")
    expect(visit.page.locator("#fault")).to_have_text("请填写账号。")
    visit.page.keyboard.type("agent")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#fault")).to_have_text("请填写密码。")
    expect(visit.page.locator("#password")).to_be_focused()


def test_the_switches_are_remembered(visits: Visits) -> None:
    """Language and theme stay as chosen when the page is opened again."""
    visit = visits.visit(language="en", color_scheme="light").open("/login")
    assert visit.text("h1") == "Log in"
    assert visit.unnamed() == []
    visit.page.click("#theme")
    visit.page.click("#language")
    assert visit.text("h1") == "登录"
    visit.page.context.add_init_script("localStorage.setItem('mainbreak.language', 'zh-CN')")
    visit.open("/login")
    assert visit.text("h1") == "登录"
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert not visit.overflows()


def test_who_is_logged_in_already_goes_on(visits: Visits) -> None:
    """A link from elsewhere comes without the cookie; the page finds it and goes on."""
    visit = visits.visit(Role.AGENT)
    visit.page.goto(f"{visits.server}/login?next=/outages")
    visit.page.wait_for_url(f"{visits.server}/outages")
