"""Three routes of the PIXNET API, which raise what the catalogue says."""

from __future__ import annotations

import os
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, Header, Request
from pixnet_errors import (
    AnonymousRateLimitExceededError,
    ArticleCreateFailedError,
    ArticleNotFoundError,
    ArticleTitleAndContentRequiredError,
    PasswordRequiredError,
    TokenInvalidError,
    UserAlreadyExistsError,
    UserNotFoundError,
    UserRequiredError,
)
from pixnet_errors.starlette import add_error_handler

app = FastAPI()
add_error_handler(app)


async def read_form(request: Request) -> dict[str, str]:
    """Read the texts of a body, which is a form or JSON."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            read = await request.json()
        except ValueError:
            read = None
        body = read if isinstance(read, dict) else {}
    else:
        body = dict(await request.form())
    return {name: value for name, value in body.items() if isinstance(value, str)}


def sign_in(authorization: Annotated[str | None, Header()] = None) -> None:
    """Refuse a request without a token."""
    if authorization is None:
        raise TokenInvalidError.create()


Form = Annotated[dict[str, str], Depends(read_form)]


@app.get("/blog/articles/{article}")
def get_article(article: str, user: str = "") -> dict[str, object]:
    """Read an article."""
    if not user:
        raise UserRequiredError.create()
    if user != "emma":
        raise UserNotFoundError.create()
    match article:
        case "1":
            return {"error": 0, "article": {"id": "1", "title": "Hello"}}
        case "2":
            raise PasswordRequiredError.create()
        case "3":
            error = AnonymousRateLimitExceededError.create()
            raise error.with_details(retry_after=30)
        case _:
            raise ArticleNotFoundError.create()


@app.post("/blog/articles", dependencies=[Depends(sign_in)])
def create_article(form: Form) -> dict[str, object]:
    """Write an article."""
    title = form.get("title")
    if not title or not form.get("body"):
        raise ArticleTitleAndContentRequiredError.create()
    try:
        store(title)
    except OSError as cause:
        raise ArticleCreateFailedError.create() from cause
    return {"error": 0, "article": {"id": "4", "title": title}}


@app.post("/blocks", dependencies=[Depends(sign_in)])
def block(form: Form) -> dict[str, object]:
    """Block a user."""
    user = form.get("user")
    if not user:
        raise UserRequiredError.create()
    if user == "emma":
        raise UserAlreadyExistsError.create(user=user)
    if user == "nobody":
        raise UserNotFoundError.create()
    return {"error": 0}


def store(title: str) -> None:
    """Store an article, which may fail."""
    if title == "crash":
        message = "database password hunter2"
        raise OSError(message)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))
