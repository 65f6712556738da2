//! Three routes of the PIXNET API, which answer with the errors of its catalogue.

use std::{env, io};

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequestParts, Path, Query};
use axum::http::{header, request};
use axum::routing::{get, post};
use axum::{middleware, Json, Router};
use serde::Deserialize;
use serde_json::{json, Value};
use tokio::net::TcpListener;
use tokio::signal::unix::{signal, SignalKind};

#[path = "../errors/rust/pixnet_errors.rs"]
mod pixnet_errors;
#[path = "../errors/rust/pixnet_errors_axum.rs"]
mod pixnet_errors_axum;

use pixnet_errors::{messages, PixnetError};
use pixnet_errors_axum::negotiate;

type Answer = Result<Json<Value>, PixnetError>;

#[derive(Default, Deserialize)]
struct User {
    #[serde(default)]
    user: String,
}

#[derive(Default, Deserialize)]
struct NewArticle {
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
}

async fn read_article(Path(id): Path<String>, Query(blog): Query<User>) -> Answer {
    match blog.user.as_str() {
        "" => return Err(messages::UserRequired.into()),
        "emma" => {}
        _ => return Err(messages::UserNotFound.into()),
    }
    match id.as_str() {
        "1" => Ok(article("1", "Hello")),
        "2" => Err(messages::PasswordRequired.into()),
        "3" => {
            let error = messages::AnonymousRateLimitExceeded.into_error();
            Err(error.with_retry_after(std::time::Duration::from_secs(30)))
        }
        _ => Err(messages::ArticleNotFound.into()),
    }
}

async fn write_article(_: Caller, form: Result<Form<NewArticle>, FormRejection>) -> Answer {
    let Form(NewArticle { title, body }) = form.unwrap_or_default();
    if title.is_empty() || body.is_empty() {
        return Err(messages::ArticleTitleAndContentRequired.into());
    }
    if let Err(cause) = store(&title) {
        return Err(messages::ArticleCreateFailed
            .into_error()
            .with_source(cause));
    }
    Ok(article("4", &title))
}

async fn block(_: Caller, form: Result<Form<User>, FormRejection>) -> Answer {
    let Form(User { user }) = form.unwrap_or_default();
    match user.as_str() {
        "" => Err(messages::UserRequired.into()),
        user @ "emma" => Err(messages::UserAlreadyExists { user }.into()),
        "nobody" => Err(messages::UserNotFound.into()),
        _ => Ok(Json(json!({ "error": 0 }))),
    }
}

fn article(id: &str, title: &str) -> Json<Value> {
    let article = json!({ "id": id, "title": title });
    Json(json!({ "error": 0, "article": article }))
}

/// Somebody who has signed in.
struct Caller;

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = PixnetError;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, PixnetError> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Err(messages::TokenInvalid.into());
        }
        Ok(Self)
    }
}

/// A database that fails where the title asks for it.
fn store(title: &str) -> io::Result<()> {
    if title == "crash" {
        return Err(io::Error::other("database password hunter2"));
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    let routes = Router::new()
        .route("/blog/articles/{id}", get(read_article))
        .route("/blog/articles", post(write_article))
        .route("/blocks", post(block))
        .layer(middleware::from_fn(negotiate));
    let port = env::var("PORT").unwrap_or("8080".into());
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let mut terminated = signal(SignalKind::terminate())?;
    axum::serve(listener, routes)
        .with_graceful_shutdown(async move {
            terminated.recv().await;
        })
        .await
}
