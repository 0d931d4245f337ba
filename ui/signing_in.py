"""Signing in to the page with a key or token: a form, a cookie that scripts cannot read, and signing out.

The cookie holds the key itself, so there is nothing on the server to steal or to forget, and a key that is
revoked stops working at the next event.
"""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui import rendering
from ui.host import COOKIE, PageHost
from ui.texts import LANGUAGES, Language, Texts

PATHS: dict[Language, str] = {"zh": "/", "en": "/en/"}
_LONGEST_KEY = 8_000  # tokens of a portal are long


def _language(request: Request) -> Language:
    return "en" if request.query_params.get("language") == "en" else "zh"


def _form(language: Language, style: str, *, wrong: bool) -> Response:
    texts = Texts(language)
    other = next(each for each in LANGUAGES if each != language)
    page = rendering.render("sign_in.html", texts, style=style, wrong=wrong, other=other)
    return HTMLResponse(page, 403 if wrong else 200, headers={"Cache-Control": "no-store"})


def add_sign_in(app: FastAPI, host: PageHost, style: str) -> None:
    """Add the routes of signing in and out to the page's application."""

    @app.get("/sign-in", include_in_schema=False)
    async def form(request: Request) -> Response:
        if await host.identify(request) is not None:
            return RedirectResponse(PATHS[_language(request)], 303)
        return _form(_language(request), style, wrong=False)

    @app.post("/sign-in", include_in_schema=False)
    async def sign_in(request: Request) -> Response:
        typed = (await request.form()).get("key")
        key = typed.strip()[:_LONGEST_KEY] if isinstance(typed, str) else ""
        if not key or host.accepts is None or not await host.accepts(key):
            return _form(_language(request), style, wrong=True)
        response = RedirectResponse(PATHS[_language(request)], 303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, key, httponly=True, samesite="strict", secure=secure, path="/")
        return response

    @app.get("/sign-out", include_in_schema=False)
    async def sign_out(request: Request) -> Response:
        response = RedirectResponse(f"/sign-in?language={_language(request)}", 303)
        response.delete_cookie(COOKIE, path="/")
        return response


class AskToSignIn:
    """Shows the form to whoever opens the page unknown; everything else Gradio refuses by itself."""

    def __init__(self, app: ASGIApp, host: PageHost) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or redirect it to the form."""
        pages = {"/": "zh", "/en": "en", "/en/": "en"}
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"] in pages:
            if await self._host.identify(Request(scope)) is None:
                response = RedirectResponse(f"/sign-in?language={pages[scope['path']]}", 303)
                await response(scope, receive, send)
                return
            if scope["path"] == "/en":
                await RedirectResponse("/en/", 307)(scope, receive, send)
                return
        await self._app(scope, receive, send)
