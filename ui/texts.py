"""What the page says in its own voice, in Chinese and in English, one line for each.

Text of documents and answers never comes from here. `{name}` in a line is filled in by `Texts.say`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_LINES: dict[str, tuple[str, str]] = {
    # the frame
    "product": ("政策问答", "Policy Assistant"),
    "motto": ("有问必有据，无据不作答", "Every answer comes with the sentence that proves it"),
    "other_language": ("English", "中文"),
    "theme": ("切换深浅色", "Switch light and dark"),
    "skip": ("跳到提问框", "Skip to the question box"),
    "tab_chat": ("问答", "Ask"),
    "tab_figures": ("指标台账", "Indicators"),
    "tab_library": ("文件库", "Library"),
    "signed_in": ("已登录：{name}", "Signed in: {name}"),
    "sign_out": ("退出登录", "Sign out"),
    "sign_in": ("登录", "Sign in"),
    "sign_in_why": (
        "请输入管理员发给您的访问密钥。您只能看到向您开放的文件。",
        "Enter the access key your administrator gave you. You see only the documents open to you.",
    ),
    "key": ("访问密钥", "Access key"),
    "key_wrong": (
        "密钥无效、已过期或已停用。请核对后重试，或联系管理员。",
        "This key is wrong, expired or revoked. Check it, or ask your administrator.",
    ),
    "scope_missing": (
        "您的密钥没有“{scope}”权限，请联系管理员。",
        "Your key lacks the permission “{scope}”. Ask your administrator.",
    ),
    # asking
    "ask_label": ("您的问题", "Your question"),
    "ask_hint": (
        "例如：2030年技术合同成交额目标是多少？",
        "For example: what is the 2030 tech contract target?",
    ),
    "ask_keys": ("回车发送，Shift+回车换行", "Enter sends, Shift+Enter starts a new line"),
    "send": ("提问", "Ask"),
    "stop": ("停止", "Stop"),
    "searching": ("正在查找原文并核对……", "Searching the documents and checking the source…"),
    "stopped": ("已停止。", "Stopped."),
    "retry": ("重新提问", "Ask again"),
    "edit": ("修改问题", "Edit the question"),
    "cancel": ("取消", "Cancel"),
    "copy": ("复制", "Copy"),
    "copy_why": ("复制答案和出处", "Copy the answer with its source"),
    "copied": ("已复制，含出处", "Copied with its source"),
    "copy_failed": ("无法复制，请手动选择文字", "Could not copy: please select the text"),
    "new": ("新对话", "New conversation"),
    "conversation": ("对话", "Conversation"),
    "you_asked": ("您问", "You asked"),
    "welcome": ("您想查什么？", "What would you like to look up?"),
    "welcome_why": (
        "用平常的话问。答案只取自文件库中的原文，附原句与出处，可当场核验；文件没有写的，会如实告知。",
        "Ask in everyday words. Answers come only from the documents in the library, with the sentence "
        "and its source, checked on the spot; what they do not say, you are told so.",
    ),
    "earlier": ("此前的对话", "Earlier conversations"),
    "earlier_count": ("{count}问", "{count} asked"),
    "forget": ("删除这次对话：{question}", "Delete this conversation: {question}"),
    "examples": ("可以这样问", "Try one of these"),
    "privacy": (
        "对话只保存在这台电脑的浏览器里，服务器不保存。",
        "This conversation is kept in this browser only, not on the server.",
    ),
    "empty_library": (
        "文件库还没有文件。请到“文件库”上传文件后再提问。",
        "The library is empty. Upload documents under “Library”, then ask.",
    ),
    "failed": ("这个问题没能处理：{why}", "This question could not be handled: {why}"),
    "failed_why": ("服务暂时出错，请重试", "the service failed for a moment, please try again"),
    # verdicts
    "answered": ("依据原文作答", "Answered from the documents"),
    "partial": ("部分可答", "Answered in part"),
    "not_found": ("文件中没有依据", "Not in the documents"),
    "reason_subject_not_covered": (
        "现有文件没有涉及这个主题或单位",
        "The documents do not cover this subject",
    ),
    "reason_period_not_covered": ("现有文件没有涉及这个时间", "The documents do not cover this period"),
    "reason_attribute_not_stated": (
        "文件提到了，但没有写明这一项",
        "Named in the documents, but this is not stated",
    ),
    "reason_false_premise": ("问题的前提与文件不符", "The documents contradict what the question assumes"),
    "reason_out_of_scope": ("这不是可以用文件回答的问题", "Not a question that documents can answer"),
    "reason_ambiguous": (
        "问题可以有几种理解，请说得再具体些",
        "The question can be read several ways; please be more specific",
    ),
    "reason_superseded_only": ("只在已被替代的文件中有记载", "Stated only in documents that were replaced"),
    "reason_conflicting": ("文件之间说法不一，已一并列出", "The documents disagree; each is listed"),
    "reason_not_permitted": ("您没有查看相关文件的权限", "You may not see the documents concerned"),
    "nearest": ("文件中写明的相近内容（点按可问）", "What the documents do say (click to ask)"),
    "follow_ups": ("接着问", "Ask next"),
    "sources": ("出处", "Sources"),
    "see_source": ("查看出处{marker}：{title}", "Show source {marker}: {title}"),
    "speaker": ("{who}", "{who}"),
    "source_line": ("出处：", "Source: "),
    # figures
    "kind_target": ("目标", "target"),
    "kind_actual": ("实际", "actual"),
    "kind_change": ("变化", "change"),
    "kind_count": ("数量", "count"),
    "flow": ("当期新增", "added in the period"),
    "by_period": ("到{period}年", "by {period}"),
    "in_period": ("{period}年", "{period}"),
    "no_period": ("未写明时间", "no period stated"),
    "part_name": ("指标名称", "name"),
    "part_subject": ("主体", "subject"),
    "part_period": ("年份", "year"),
    "part_hedge": ("语气", "hedge"),
    "part_comparator": ("比较词", "comparator"),
    # evidence
    "evidence": ("依据", "Evidence"),
    "evidence_empty": (
        "点按出处编号、指标或文件，这里显示原文，引用的句子已标出。",
        "Click a source number, a figure or a document: the original text appears here, with marks.",
    ),
    "legend_quote": ("引用的原文", "quoted"),
    "legend_carried": ("{part}承接自上文“{text}”", "{part} carried over from “{text}”"),
    "document": ("文件", "Document"),
    "article": ("文章", "Article"),
    "byline": ("署名", "Byline"),
    "date": ("日期", "Date"),
    "number": ("文号", "Number"),
    "issuer": ("发文机关", "Issued by"),
    "page": ("第{page}页", "page {page}"),
    "undated": ("文件未注明日期", "no date in the document"),
    "verify": ("再次核验", "Verify again"),
    "open_whole": ("打开全文", "Open the whole document"),
    "close_whole": ("收起全文", "Show the passage only"),
    "close": ("关闭", "Close"),
    "lines_before": ("前面还有{count}段", "{count} paragraphs before"),
    "lines_after": ("后面还有{count}段", "{count} paragraphs after"),
    "verdict_found": (
        "核验通过：库中原文与引文逐字一致",
        "Verified: the stored text is the same, character for character",
    ),
    "verdict_moved": ("引文仍在，但位置变了", "The words are still there, at another place"),
    "verdict_altered": ("原文已改动，与引文不一致", "The text was changed and no longer matches"),
    "verdict_not_found": ("库中已找不到这段引文", "These words are no longer in the library"),
    "verdict_superseded": (
        "引文属实，但该文件已被新文件替代",
        "The words are there, but the document was replaced",
    ),
    "stale": (
        "文件在引用之后有改动，下面的原文未作标注。请点“再次核验”。",
        "The document changed since it was quoted; nothing is marked below. Press “Verify again”.",
    ),
    "gone": (
        "这份文件已不在库中，或不向您开放。",
        "This document is no longer in the library, or not open to you.",
    ),
    "code": ("核验码", "Verification code"),
    "code_hint": ("输入报告脚注里的核验码", "Type the code from a report's footnote"),
    "code_check": ("核验", "Check"),
    "code_bad": (
        "核验码的格式不对，应形如 1a2b3c4d5e-20-35-9f8e7d6c。",
        "This is not a verification code; one looks like 1a2b3c4d5e-20-35-9f8e7d6c.",
    ),
    "code_unknown": (
        "库中没有这一版本的文件：它可能已更新、移除，或不向您开放。",
        "No document of that version is here: it was updated, removed, or is not open to you.",
    ),
    "code_altered": ("核验码与原文不符。", "The code does not match the text."),
    # indicators
    "figures_intro": (
        "文件里写明的每一个目标和数字，连同原句。点按任一行或图上的点查看依据。",
        "Every target and figure that the documents state. Click a row or a point to see its sentence.",
    ),
    "filter_subject": ("主体", "Subject"),
    "filter_year": ("年份", "Year"),
    "filter_body": ("责任单位", "Body"),
    "filter_name": ("指标", "Indicator"),
    "filter_text": ("查找", "Find"),
    "filter_all": ("全部", "All"),
    "filter_clear": ("清除筛选", "Clear filters"),
    "column_name": ("指标", "Indicator"),
    "column_subject": ("主体", "Subject"),
    "column_period": ("时间", "Period"),
    "column_value": ("数值", "Value"),
    "column_kind": ("性质", "Kind"),
    "column_body": ("责任单位", "Body"),
    "column_document": ("文件", "Document"),
    "rows": ("共{count}条", "{count} rows"),
    "rows_shown": ("第{first}–{last}条，共{count}条", "rows {first}–{last} of {count}"),
    "previous": ("上一页", "Previous"),
    "next": ("下一页", "Next"),
    "no_rows": ("没有符合条件的指标。", "No indicator matches."),
    "sort_by": ("按{column}排序", "Sort by {column}"),
    "show_sentence": ("查看原句：{what}", "Show the sentence: {what}"),
    "timeline": ("时间线与对比", "Timeline and comparison"),
    "timeline_hint": (
        "选一个或几个指标，在同一张图上比较年份和主体。",
        "Choose one or more indicators to compare years and subjects on one plot.",
    ),
    "timeline_none": (
        "所选指标没有可以画在时间轴上的数值。",
        "The chosen indicators have no values that a timeline can show.",
    ),
    "compare": ("并列比较", "Side by side"),
    "not_stated": ("未载", "not stated"),
    "mark_least": ("三角：突破、超过、达到以上", "triangle: more than, at least"),
    "mark_most": ("倒三角：不超过、以下", "inverted triangle: at most"),
    "mark_about": ("空心圆：左右、约", "ring: about"),
    "mark_exact": ("实心圆：达到、为", "dot: exactly, reach"),
    "mark_hedge": ("虚线圈：力争、预计等", "dashed ring: strive for, expected"),
    "download_csv": ("导出 CSV", "CSV"),
    "download_xlsx": ("导出 Excel", "Excel"),
    # library
    "library_intro": ("问答只依据这里的文件。", "Answers rest on these documents only."),
    "upload": ("选择文件，或把文件拖到这里", "Choose files, or drag them here"),
    "upload_formats": (
        "支持 txt、md;单个文件不超过 {limit} MB。",
        "txt and md; at most {limit} MB each.",
    ),
    "upload_denied": ("您的密钥没有上传和移除文件的权限。", "Your key may not upload or remove documents."),
    "stage_sending": ("正在上传{count}个文件……", "sending {count} files…"),
    "too_large_named": ("{names}超过大小上限，没有上传。", "{names}: over the size limit, not sent."),
    "stage_waiting": ("等待", "waiting"),
    "stage_reading": ("读取、切分、建索引……", "reading, splitting, indexing…"),
    "stage_added": (
        "已入库：{passages}段，{indicators}个指标",
        "added: {passages} passages, {indicators} figures",
    ),
    "stage_updated": (
        "已更新：{passages}段，{indicators}个指标",
        "updated: {passages} passages, {indicators} figures",
    ),
    "stage_re-read": (
        "内容相同，已用新版本重新读取：{passages}段，{indicators}个指标",
        "same content, read again by this version: {passages} passages, {indicators} figures",
    ),
    "stage_unchanged": ("内容相同，无需更新", "same content, nothing to do"),
    "stage_failed": ("未能入库：{why}", "not added: {why}"),
    "upload_done": ("上传结果", "Upload results"),
    "too_large": (
        "文件有 {size} MB,超过 {limit} MB 的上限；请拆分后上传",
        "the file has {size} MB, over the limit of {limit} MB: split it",
    ),
    "column_title": ("文件", "Document"),
    "column_state": ("状态", "State"),
    "column_date": ("日期", "Date"),
    "column_groups": ("开放范围", "Open to"),
    "column_passages": ("段落", "Passages"),
    "column_indicators": ("指标", "Figures"),
    "state_current": ("有效", "current"),
    "state_superseded": ("已被替代", "replaced"),
    "superseded_by": ("由《{title}》替代", "replaced by “{title}”"),
    "public": ("所有人", "everyone"),
    "remove": ("移除", "Remove"),
    "remove_named": ("移除《{title}》", "Remove “{title}”"),
    "remove_sure": (
        "确定移除《{title}》？问答将不再依据它，已有引文将核验不到。",
        "Remove “{title}”? Answers will no longer rest on it and its citations can no longer be checked.",
    ),
    "remove_yes": ("确定移除", "Yes, remove"),
    "removed": ("已移除《{title}》。", "Removed “{title}”."),
    "open": ("打开", "Open"),
    "open_named": ("打开《{title}》", "Open “{title}”"),
    "conflicts": ("说法不一的指标", "Figures that disagree"),
    "conflicts_none": ("没有发现互相矛盾的指标。", "No figures that contradict each other were found."),
    "replaced": ("已被替代的文件", "Replaced documents"),
    "replaced_none": ("没有被替代的文件。", "No document was replaced."),
    "outdated": (
        "有{count}份文件由其他版本读取，指标和段落可能与本版本所见不同。请管理员运行 assistant reindex，或重新上传这些文件。",
        "{count} documents were read by another version, which may have found other figures in them. "
        "Ask the administrator to run `assistant reindex`, or upload them again.",
    ),
    "documents_count": (
        "{documents}份文件，{passages}段，{indicators}个指标",
        "{documents} documents, {passages} passages, {indicators} figures",
    ),
    # feedback
    "good": ("有用", "Helpful"),
    "bad": ("有问题", "Not right"),
    "feedback_title": ("哪里有问题？", "What is wrong?"),
    "feedback_wrong_figure": ("数字不对", "Wrong figure"),
    "feedback_wrong_source": ("出处不对", "Wrong source"),
    "feedback_incomplete": ("不完整", "Incomplete"),
    "feedback_should_answer": ("文件里有，却没答", "It is in the documents"),
    "feedback_should_decline": ("文件里没有，却答了", "It is not in the documents"),
    "feedback_other": ("其他", "Something else"),
    "correction": ("正确的答案应是（选填）", "The right answer would be (optional)"),
    "feedback_send": ("提交", "Send"),
    "feedback_thanks": ("谢谢，已记录，将用于评测。", "Thank you: recorded for the evaluation."),
    "feedback_off": ("本服务没有开启意见收集。", "Feedback is switched off on this server."),
    # refusals, named as the API's problems
    "problem": ("{kind}（{detail}）", "{kind} ({detail})"),
    "problem_file_unreadable": ("文件读不出内容", "the file cannot be read"),
    "problem_unsupported_type": ("不支持这种文件", "this kind of file is not read"),
    "problem_too_large": ("文件太大", "the file is too large"),
    "problem_file_name_invalid": ("文件名不能用", "the file's name cannot be used"),
    "problem_group_not_allowed": ("您的密钥不在这个开放范围内", "the key does not belong to this group"),
    "problem_scope_missing": ("您的密钥没有这项权限", "the key may not do this"),
    "problem_question_invalid": ("问题为空或太长", "the question is empty or too long"),
    "problem_history_invalid": ("对话太长，请开始新对话", "the conversation is too long: begin a new one"),
    "problem_feedback_invalid": ("意见没能保存", "the feedback cannot be kept"),
    "problem_rate_limited": ("提问太频繁，请稍后再试", "too many questions: try again shortly"),
    "problem_busy": ("服务正忙，请稍后再试", "the server is busy: try again shortly"),
    "problem_time_limit": ("回答超时，请重试", "the answer took too long: try again"),
    "problem_index_unavailable": ("文件库暂时不可用", "the library cannot be used at the moment"),
    "problem_not_found": ("没有找到", "not found"),
    # export
    "export": ("导出", "Export"),
    "export_answer": ("导出为 Word", "Save as Word"),
    "export_docx": ("整篇对话导出为 Word", "Conversation as Word"),
    "export_md": ("整篇对话导出为 Markdown", "Conversation as Markdown"),
    "report_title": ("政策问答记录", "Record of questions and answers"),
    "report_made": (
        "{date} 由政策问答生成；答案均引自所列原文。",
        "Made on {date}; every answer quotes the sources listed.",
    ),
    "report_question": ("问：{question}", "Question: {question}"),
    "report_quote": ("原文：“{quote}”", "Original text: “{quote}”"),
    "report_code": ("核验码：{code}", "Verification code: {code}"),
}

_GLOSS: dict[str, str] = {
    "突破": "over",
    "超过": "over",
    "逾": "over",
    "高于": "over",
    "达到": "reach",
    "达": "reach",
    "不低于": "at least",
    "不少于": "at least",
    "至少": "at least",
    "以上": "or more",
    "左右": "about",
    "约": "about",
    "近": "nearly",
    "以下": "or less",
    "以内": "within",
    "不超过": "at most",
    "控制在": "within",
    "新增": "added",
    "增长": "growth of",
    "力争": "strive for",
    "争取": "strive for",
    "确保": "ensure",
    "预计": "expected",
    "初步核算": "preliminary",
}


class Texts:
    """The page's lines in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._column = LANGUAGES.index(language)

    def say(self, key: str, **values: object) -> str:
        """Return the line named `key` with `values` filled in. Raises KeyError for a name there is not."""
        return _LINES[key][self._column].format(**values)

    def gloss(self, printed: str) -> str:
        """Return the English of a printed comparator, hedge or unit on the English page, else nothing."""
        return _GLOSS.get(printed, "") if self.language == "en" else ""


def lines() -> Mapping[str, tuple[str, str]]:
    """Return every line in both languages, for the tests that compare them."""
    return MappingProxyType(_LINES)
