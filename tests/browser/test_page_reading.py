"""Indicators, library, permissions, and what a document must never do to the page."""

from __future__ import annotations

import io

import httpx
import openpyxl
import pytest

SEED = "2030年技术合同成交额目标是多少？"


def test_the_ledger_is_filtered_and_a_point_leads_to_its_sentence(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        visit.tab(1, ".pa-ledger")
        visit.page.locator(".pa-ledger input[name=text]").fill("技术合同成交额")
        visit.page.locator(".pa-ledger input[name=text]").press("Enter")
        visit.page.wait_for_function(
            "[...document.querySelectorAll('.pa-table:not(.is-compare) tbody th')]"
            ".map(e => e.textContent).join() === '技术合同成交额,技术合同成交额'"
        )
        visit.page.locator(".pa-point", has_text="2000亿元").click()
        assert "2030年突破2000亿元" in visit.quoted()
        visit.picture("indicators")
        visit.page.locator("select[name=year]").select_option("2025")
        visit.page.wait_for_function(
            "document.querySelectorAll('.pa-table:not(.is-compare) tbody tr').length === 1"
        )
        visit.page.locator(".pa-table:not(.is-compare) tbody td").nth(2).click()
        visit.page.wait_for_function("document.querySelector('.pa-original mark.is-quote')?.offsetParent")
        assert "2025年突破1000亿元" in visit.quoted()


def test_the_ledger_is_sorted_and_saved_as_a_sheet_with_its_evidence(visiting, served, tmp_path):
    with visiting() as visit:
        visit.open(served["url"])
        visit.tab(1, ".pa-ledger")
        heading = visit.page.locator("th button[name=sort][value=period]")
        heading.click()
        visit.page.wait_for_selector("th[aria-sort=ascending]")
        heading.click()
        visit.page.wait_for_selector("th[aria-sort=descending]")
        with visit.page.expect_download() as download:
            visit.page.locator("button[name=save][value=xlsx]").click()
        download.value.save_as(tmp_path / "ledger.xlsx")
        rows = list(openpyxl.load_workbook(io.BytesIO((tmp_path / "ledger.xlsx").read_bytes())).active.values)
        quotes = [row[rows[0].index("quote")] for row in rows[1:]]
        assert any("2030年突破2000亿元" in quote for quote in quotes)


def test_a_file_is_uploaded_asked_about_and_removed(visiting, served, tmp_path):
    good, empty = tmp_path / "示范园区.txt", tmp_path / "空白.txt"
    good.write_text("示范园区工作安排\n\n到2033年，全市建成零碳示范园区19个。\n", "utf-8")
    empty.write_text("", "utf-8")
    with visiting() as visit:
        visit.open(served["url"])
        visit.tab(2, ".pa-drop")
        visit.page.locator(".pa-drop input").set_input_files([str(good), str(empty)])
        visit.page.wait_for_selector(".pa-uploads .is-failed")
        visit.page.wait_for_selector(".pa-uploads .is-added")
        visit.page.wait_for_selector(".pa-library th:has-text('示范园区.txt')")
        visit.picture("library")
        visit.tab(0, ".pa-chat")
        assert "19个" in visit.ask("2033年零碳示范园区目标是多少个？").locator(".pa-answer").inner_text()
        visit.tab(2, ".pa-library")
        row = visit.page.locator("tr.pa-row", has_text="示范园区.txt")
        row.locator("[data-target=remove]").first.click()
        row.locator("form [type=submit]").click()
        visit.page.wait_for_selector("text=已移除")
        assert visit.page.locator("tr.pa-row", has_text="示范园区.txt").count() == 0


def sign_in(visit, url, key):
    visit.page.goto(url)
    visit.page.wait_for_selector("#key")
    visit.page.fill("#key", key)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".pa-chat")


def test_two_people_sign_in_and_see_different_things(visiting, served):
    question = "2027年专项储备金规模是多少？"
    with visiting(key=None) as visit:
        visit.page.goto(served["url"])
        visit.page.wait_for_selector("#key")
        visit.page.fill("#key", "pa_wrong_key")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector("text=密钥无效")
        visit.picture("sign-in")
        sign_in(visit, served["url"], served["keys"]["finance"])
        assert "46亿元" in visit.ask(question).locator(".pa-answer").inner_text()
        visit.tab(2, ".pa-library")
        assert "专项储备金" in visit.page.locator(".pa-library").inner_text()
        visit.page.locator("[data-act=sign-out]").click()
        visit.page.wait_for_selector("#key")
        kept = visit.page.evaluate("JSON.stringify(localStorage)")
        assert "储备金" not in kept
        assert "policy-assistant.conversation" not in kept
        sign_in(visit, served["url"], served["keys"]["staff"])
        visit.page.wait_for_selector(".pa-welcome")
        assert "46" not in visit.ask(question).inner_text()
        visit.tab(2, ".pa-library")
        assert "储备金安排说明" not in visit.page.content()
        assert visit.page.locator(".pa-drop").count() == 0
        assert visit.page.locator("[data-target=remove]").count() == 0
        visit.tab(1, ".pa-ledger")
        assert "储备金" not in visit.page.locator(".pa-ledger").inner_text()


@pytest.mark.parametrize("page", ["", "/en"])
def test_nobody_without_a_key_gets_anything_from_the_page(served, page):
    url = served["url"] + page
    event = {"data": [], "fn_index": 0, "session_hash": "x"}
    answers = [httpx.get(url + "/config"), httpx.get(url + "/gradio_api/info")]
    answers += [httpx.post(url + "/gradio_api/queue/join", json=event)]
    answers += [httpx.post(url + "/gradio_api/upload", files={"files": ("a.txt", b"x")})]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 401]
    assert httpx.get(url + "/").headers["location"].startswith("/sign-in")


def test_the_browser_is_told_that_nothing_comes_from_elsewhere(visiting, served):
    policy = httpx.get(served["url"] + "/sign-in").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    with visiting() as visit:
        visit.open(served["url"])
        refused = visit.page.evaluate(
            "new Promise(done => { addEventListener('securitypolicyviolation', e => done(e.blockedURI));"
            " fetch('http://elsewhere.invalid/').catch(() => 0) })"
        )
        assert refused.startswith("http://elsewhere.invalid")


def test_scripts_and_links_inside_a_document_are_shown_and_never_run(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        answer = visit.ask("2028年试验驿站建成多少座？")
        assert "27座" in answer.inner_text()
        visit.page.locator(".pa-evidence:visible [data-act=whole]").click()
        visit.page.wait_for_selector(".pa-original.is-whole >> visible=true")
        shown = visit.page.locator(".pa-original:visible").inner_text()
        assert "<script>" in shown
        assert "onerror=" in shown
        assert "{{7*7}}" in shown
        visit.picture("inert")
        visit.ask("<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>")
        visit.tab(1, ".pa-ledger")
        visit.tab(2, ".pa-library")
        assert visit.page.title() != "pwned"
        assert (
            visit.page.locator(".pa-surface img, .pa-surface script, .pa-surface a[href^=javascript]").count()
            == 0
        )


def test_marks_are_right_behind_characters_that_a_browser_counts_twice(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        visit.ask("2029年试验步道目标是多少？")
        assert "88公里" in visit.quoted()
        assert "𠮷" not in visit.quoted()
