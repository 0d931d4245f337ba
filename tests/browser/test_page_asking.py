"""A reader asks, checks, follows up, copies and exports in a real browser against the started server."""

from __future__ import annotations

import io
import json
import re
import zipfile

import docx
import pytest

SEED = "2030年技术合同成交额目标是多少？"


def test_the_seed_question_in_chinese_shows_the_figure_large_and_the_clause_marked(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        card = visit.ask(SEED)
        value = "".join(card.locator(".pa-figure-value").first.inner_text().split())
        assert value.startswith("力争突破2000亿元")
        size = card.locator(".pa-value").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 36
        quote = visit.quoted()
        assert "2030年突破2000亿元" in quote
        line = visit.page.locator(".pa-original:visible p", has_text="2030年突破2000亿元")
        assert "顶尖人才" in line.inner_text(), "the whole paragraph stands around the quotation"
        assert visit.page.locator(".pa-about:visible").inner_text().count("安春茂") == 1
        if card.locator(".pa-figure").count():
            carried = visit.page.locator(".pa-original:visible mark.is-carried").all_inner_texts()
            assert "力争" in carried
        visit.picture("answer-zh")


def test_the_seed_question_in_english(visiting, served):
    with visiting(locale="en-US") as visit:
        visit.open(served["url"] + "/en/")
        card = visit.ask("what is the 2030 tech contract target")
        assert "2000亿元" in card.locator(".pa-answer").inner_text()
        assert "Answered from the documents" in card.inner_text()
        assert "2030年突破2000亿元" in visit.quoted()
        assert visit.page.evaluate("document.documentElement.lang") == "en"
        visit.picture("answer-en")


def test_a_browser_in_another_language_gets_the_pages_own(visiting, served):
    with visiting(locale="de-DE") as visit:
        visit.open(served["url"])
        assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"
        visit.page.get_by_role("link", name="English").click()
        visit.page.wait_for_selector("text=What would you like to look up?")
        visit.page.get_by_role("link", name="中文").click()
        visit.page.wait_for_selector("text=您想查什么")


def test_an_example_is_answered_and_a_follow_up_understood(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        visit.page.locator(".pa-start .pa-suggestions button").first.click()
        assert "is-answered" in visit.card(0).get_attribute("class")
        visit.ask(SEED)
        assert "1000亿元" in visit.ask("那2025年呢？").locator(".pa-answer").inner_text()
        assert "2025年突破1000亿元" in visit.quoted()
        visit.picture("follow-up")


def test_a_decline_looks_different_and_offers_what_is_known(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        card = visit.ask("2041年技术合同成交额目标是多少？")
        assert "is-not_found" in card.get_attribute("class")
        assert card.locator(".pa-value").count() == 0
        assert "文件中没有依据" in card.inner_text()
        assert card.evaluate("e => getComputedStyle(e).borderStyle").startswith("dashed")
        offered = card.locator(".pa-nearest button").first
        visit.picture("decline")
        offered.click()
        assert "is-answered" in visit.card(1).get_attribute("class")


def test_the_evidence_is_checked_again_and_the_whole_document_opens_at_the_place(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        visit.ask(SEED)
        visit.page.locator(".pa-evidence:visible [data-act=verify]").click()
        visit.page.wait_for_selector(".pa-verification.is-found >> visible=true")
        visit.page.locator(".pa-evidence:visible [data-act=whole]").click()
        visit.page.wait_for_selector(".pa-original.is-whole >> visible=true")
        assert visit.page.locator(".pa-original:visible p").count() > 20
        inside = visit.page.locator(".pa-original:visible").evaluate(
            "e => { const m = e.querySelector('mark[data-first]').getBoundingClientRect(), b = "
            "e.getBoundingClientRect(); return m.top >= b.top && m.bottom <= b.bottom }"
        )
        assert inside
        visit.picture("whole-document")


def test_copying_takes_the_source_along(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        card = visit.ask(SEED)
        card.locator("[data-act=copy]").click()
        visit.page.wait_for_selector("text=已复制，含出处")
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert "2000亿元" in copied.split("\n")[0]
        assert re.search(r"出处：《.+》.*核验码：[0-9a-f]{10}-\d+-\d+-[0-9a-f]{8}", copied)


def test_a_question_is_edited_asked_again_kept_over_a_reload_and_forgotten(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        visit.ask(SEED)
        visit.ask("那2025年呢？")
        visit.page.locator(".pa-turn").first.locator("[data-target=edit]").first.click()
        field = visit.page.locator(".pa-turn").first.locator("textarea[name=text]")
        field.fill("2025年技术合同成交额目标是多少？")
        field.press("Enter")
        visit.page.wait_for_function("document.querySelectorAll('.pa-turn').length === 1")
        assert "1000亿元" in visit.card(0).locator(".pa-answer").inner_text()
        visit.page.reload()
        assert "1000亿元" in visit.card(0).locator(".pa-answer").inner_text()
        visit.page.locator("[data-act=fresh]").click()
        visit.page.wait_for_selector(".pa-start .pa-earlier")
        visit.page.reload()
        visit.page.locator("[data-act=reopen]").click()
        assert "1000亿元" in visit.card(0).locator(".pa-answer").inner_text()
        visit.page.locator("[data-act=fresh]").click()
        visit.page.locator("[data-act=forget]").click()
        visit.page.wait_for_selector(".pa-earlier", state="detached")
        visit.page.reload()
        visit.page.wait_for_selector(".pa-start .pa-suggestions")
        assert visit.page.locator(".pa-earlier").count() == 0


def test_a_slow_question_can_be_stopped_and_asked_again(visiting, served):
    with visiting(key=None) as visit:
        visit.open(served["scripted"])
        box = visit.page.locator("#pa-ask textarea")
        box.fill("慢慢说2030年成交额")
        box.press("Enter")
        visit.page.locator("[data-act=stop]").click()
        visit.page.wait_for_selector(".pa-card.is-stopped")
        visit.page.locator(".is-stopped [data-act=ask]").click()
        visit.page.wait_for_selector(".pa-card.is-answered")


@pytest.mark.parametrize("whole", [False, True], ids=["one answer", "conversation"])
def test_the_word_report_opens_again_with_its_footnotes(visiting, served, tmp_path, whole):
    with visiting() as visit:
        visit.open(served["url"])
        visit.ask(SEED)
        if whole:
            visit.ask("2041年技术合同成交额目标是多少？")
        where = ".pa-toolbar" if whole else ".pa-card"
        with visit.page.expect_download() as download:
            visit.page.locator(f"{where} [data-act=export][data-format=docx]").first.click()
        assert download.value.suggested_filename.endswith(".docx")
        path = tmp_path / "report.docx"
        download.value.save_as(path)
        content = path.read_bytes()
        paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
        assert f"问：{SEED}" in paragraphs
        assert any("2000亿元" in paragraph for paragraph in paragraphs)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            notes = archive.read("word/footnotes.xml").decode("utf-8")
        assert "2030年突破2000亿元" in notes
        code = re.search(r"核验码：([0-9a-f]{10}-\d+-\d+-[0-9a-f]{8})", notes)
        assert code
        if not whole:
            return
        assert any("文件中没有依据" in paragraph for paragraph in paragraphs)
        visit.tab(2, ".pa-library")
        visit.page.locator("input[name=code]").fill(code[1])
        visit.page.locator("input[name=code]").press("Enter")
        visit.page.wait_for_selector(".pa-verification.is-found >> visible=true")
        assert "2030年突破2000亿元" in visit.quoted()


def test_a_thumb_down_with_a_correction_is_kept_for_the_evaluation(visiting, served):
    with visiting() as visit:
        visit.open(served["url"])
        card = visit.ask(SEED)
        card.locator("[data-target=feedback]").first.click()
        card.get_by_label("不完整").check()
        card.locator("textarea[name=correction]").fill("应写明是全市")
        visit.picture("feedback")
        card.get_by_role("button", name="提交").click()
        visit.page.wait_for_selector("text=谢谢，已记录")
        kept = (served["folder"] / "index" / "server" / "feedback.jsonl").read_text("utf-8").splitlines()
        given = json.loads(kept[-1])
        assert given["question"] == SEED
        assert (given["verdict"], given["reason"], given["correction"]) == (
            "down",
            "incomplete",
            "应写明是全市",
        )
        assert any("2030年突破2000亿元" in quote for quote in given["citations"])
