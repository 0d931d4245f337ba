"""`/docs`: Swagger UI from files of this machine, since nothing is fetched from outside."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

_STATIC = "/docs/static"


def add_docs(app: FastAPI) -> None:
    """Serve the documentation of `app`."""
    spec = find_spec("fastapi_offline")  # only its files are used: Swagger UI, Apache-2.0
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "fastapi-offline is not installed, though the package depends on it: install again"
        )
    app.mount(_STATIC, StaticFiles(directory=Path(spec.origin).parent / "static"), name="docs-static")

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        return get_swagger_ui_html(
            openapi_url=f"{root}/openapi.json",
            title=f"{app.title} – API",
            swagger_js_url=f"{root}{_STATIC}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{_STATIC}/swagger-ui.css",
            swagger_favicon_url=f"{root}{_STATIC}/favicon.png",
        )
