"""The page, put together: one Blocks for each language, mounted beside the API in one process.

Nothing is fetched from outside: no analytics, no hosted fonts, no share links. Importing this module
imports Gradio, which is slow; only the server does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr
from fastapi import FastAPI, Request

from assistant.api.access import Caller
from ui import rendering
from ui.chat import Chat
from ui.context import THEME, PageContext, surface
from ui.figures import Figures
from ui.host import PageHost
from ui.library import Library
from ui.own_host import OwnHostOnly
from ui.signing_in import PATHS, AskToSignIn, add_sign_in
from ui.texts import LANGUAGES, Language, Texts

if TYPE_CHECKING:
    from assistant.assistant import Assistant

CONCURRENT_EVENTS = 16


def build_page(assistant: Assistant, host: PageHost, language: Language = "zh") -> gr.Blocks:
    """Return the page in one language."""
    context = PageContext(assistant, host, Texts(language))
    texts = context.texts
    blocks = gr.Blocks(title=texts.say("product"), analytics_enabled=False, fill_width=True)
    with blocks:
        header = surface(_header(context, ""))
        with gr.Tabs():
            with gr.Tab(texts.say("tab_chat"), id="chat") as chat:
                Chat(context).build(blocks, chat)
            with gr.Tab(texts.say("tab_figures"), id="figures") as figures:
                Figures(context).build(figures)
            with gr.Tab(texts.say("tab_library"), id="library") as library:
                Library(context).build(library)

        def greet(request: gr.Request) -> str:
            return _header(context, _name(context.caller(request, "ask")))

        blocks.load(greet, None, header, show_progress="hidden", api_visibility="private")
    blocks.queue(default_concurrency_limit=CONCURRENT_EVENTS, api_open=False)
    return blocks


def _name(caller: Caller) -> str:
    return "" if caller.kind == "local" else caller.name


def _header(context: PageContext, name: str) -> str:
    language = context.texts.language
    other = next(PATHS[each] for each in LANGUAGES if each != language)
    signing_in = context.host.may_sign_in()
    return rendering.render(
        "header.html", context.texts, name=name, other=other, home="/", signing_in=signing_in
    )


def _head(language: Language) -> str:
    """Return what goes into <head>: our style and behaviour, and the language of the page.

    Gradio's own few words follow the browser's language, so the browser is told the page's.
    """
    tag = "zh-CN" if language == "zh" else "en"
    told = (
        f"document.documentElement.lang='{tag}';"
        f"Object.defineProperty(navigator,'language',{{get:function(){{return '{tag}'}}}});"
        f"Object.defineProperty(navigator,'languages',{{get:function(){{return ['{tag}']}}}});"
    )
    style = (THEME / "page.css").read_text("utf-8")
    script = (THEME / "page.js").read_text("utf-8")
    return f"<script>{told}</script><style>{style}</style><script>{script}</script>"


def create_page(assistant: Assistant, host: PageHost | None = None) -> FastAPI:
    """Return the page as an application: Chinese at /, English at /en/, signing in at /sign-in.

    Whoever mounts it runs its lifespan too (`page.router.lifespan_context`): Gradio's queue starts there.
    """
    host = host or PageHost()

    async def who(request: Request) -> str | None:
        caller = await host.identify(request)
        return caller.id if caller else None

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_sign_in(app, host, (THEME / "page.css").read_text("utf-8"))
    # Gradio speaks the browser's language in its own few words only when it is given words to translate.
    names = {language: {"product": Texts(language).say("product")} for language in LANGUAGES}
    fonts = [gr.themes.Font("PingFang SC"), gr.themes.Font("Microsoft YaHei"), gr.themes.Font("sans-serif")]
    theme = gr.themes.Base(font=fonts, font_mono=[gr.themes.Font("monospace")])
    for language in reversed(LANGUAGES):  # the root last: it would take the others' paths
        gr.mount_gradio_app(
            app,
            build_page(assistant, host, language),
            path=PATHS[language].rstrip("/") or "/",
            auth_dependency=who,
            theme=theme,
            head=_head(language),
            i18n=gr.I18n(**{"zh-CN": names["zh"], "en": names["en"]}),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
            mcp_server=False,
            pwa=False,
            enable_monitoring=False,
            max_file_size=host.upload_limit_bytes,
        )
    app.add_middleware(AskToSignIn, host=host)
    app.add_middleware(OwnHostOnly)
    return app
