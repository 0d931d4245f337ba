"""A phone, the dark, a keyboard, and axe-core on every tab."""

from __future__ import annotations

import pytest
from conftest import AXE

SEED = "2030年技术合同成交额目标是多少？"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_on_a_phone_nothing_is_cut_off_and_the_evidence_comes_over_the_page(visiting, served):
    with visiting(width=360, height=740) as visit:
        visit.open(served["url"])
        assert not visit.page.evaluate(WIDER)
        card = visit.ask(SEED)
        assert not visit.page.evaluate(WIDER)
        card.locator(".pa-cite").first.click()
        sheet = visit.page.locator(".pa-evidence.is-open:not(.is-automatic)")
        sheet.wait_for()
        assert sheet.evaluate("e => getComputedStyle(e).position") == "fixed"
        visit.picture("phone")
        sheet.locator("[data-act=close]").click()
        sheet.wait_for(state="detached")
        for number, ready in ((1, ".pa-ledger"), (2, ".pa-library")):
            visit.tab(number, ready)
            assert not visit.page.evaluate(WIDER), ready


def test_dark_is_dark_and_the_readers_choice_stays(visiting, served):
    with visiting(dark=True) as visit:
        visit.open(served["url"])
        visit.ask(SEED)
        visit.picture("dark")
        brightness = (
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((a, b) => +a + +b, 0)"
        )
        assert visit.page.evaluate(brightness) < 150
        visit.page.locator("[data-act=theme]").click()
        visit.page.wait_for_function(f"{brightness} > 600")
        visit.page.reload()
        visit.page.wait_for_selector(".pa-chat")
        visit.page.wait_for_function(f"{brightness} > 600")


def test_everything_can_be_done_with_the_keyboard(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        press, focused = visit.page.keyboard.press, "document.activeElement"
        visit.page.locator("#pa-ask textarea").focus()
        visit.page.keyboard.type("2030年技术合同成交额目标是多少")
        press("Enter")
        visit.card(0)
        for _ in range(40):
            press("Shift+Tab")
            if visit.page.evaluate(f"{focused}.matches('.pa-cite')"):
                break
        assert visit.page.evaluate(f"{focused}.matches('.pa-cite')")
        outline = visit.page.evaluate(f"getComputedStyle({focused}).outlineStyle")
        assert outline == "solid"
        press("Enter")
        visit.page.wait_for_function(f"{focused}.matches('.pa-evidence')")
        visit.picture("keyboard")
        press("Escape")
        visit.page.wait_for_function(f"{focused}.matches('.pa-cite')")
        visit.page.get_by_role("tab").first.focus()
        press("Tab")
        press("Enter")
        visit.page.wait_for_selector(".pa-ledger >> visible=true")
        visit.page.locator(".pa-point").first.focus()
        press("Enter")
        visit.quoted()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci --prefix tests/browser")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_fault(visiting, served, dark):
    with visiting(dark=dark) as visit:
        visit.open(served["url"])
        faults = {"welcome": serious(visit.page)}
        visit.ask(SEED)
        visit.quoted()
        visit.page.locator("[data-target=feedback]").first.click()
        faults["answer"] = serious(visit.page)
        visit.ask("2041年技术合同成交额目标是多少？")
        faults["decline"] = serious(visit.page)
        visit.tab(1, ".pa-ledger")
        visit.page.locator(".pa-point").first.click()
        visit.quoted()
        faults["indicators"] = serious(visit.page)
        visit.tab(2, ".pa-library")
        visit.page.locator("[data-target=remove]").first.click()
        faults["library"] = serious(visit.page)
        assert faults == {name: [] for name in faults}


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci --prefix tests/browser")
def test_axe_finds_no_serious_fault_in_the_sign_in_form(visiting, served):
    with visiting(key=None) as visit:
        visit.page.goto(served["url"] + "/sign-in")
        assert serious(visit.page) == []


def serious(page):
    """Return axe's serious and critical faults: rule, impact and the first element."""
    page.wait_for_timeout(200)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    return [
        (fault["id"], fault["impact"], [node["html"][:160] for node in fault["nodes"]][:3])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
