// Three routes of the PIXNET API. ../../openapi/pixnet-api.yaml describes them.

import express from "express";
import { errorHandler } from "./errors/typescript/express.js";
import { raise } from "./errors/typescript/server.js";

const app = express();
app.use(express.urlencoded(), express.json());

app.get(
  "/blog/articles/:id",
  ({ params: { id }, query: { user } }, response) => {
    if (!user) throw raise("user_required");
    if (user !== "emma") throw raise("user_not_found");
    if (id === "2") throw raise("password_required");
    if (id === "3") {
      throw raise("anonymous_rate_limit_exceeded", { retryAfter: 30 });
    }
    if (id !== "1") throw raise("article_not_found");
    response.json({ error: 0, article: { id, title: "Hello" } });
  },
);

app.post("/blog/articles", (request, response) => {
  if (!request.get("Authorization")) throw raise("token_invalid");
  const { title, body } = textsOf(request.body);
  if (!title || !body) throw raise("article_title_and_content_required");
  try {
    store(title);
  } catch (cause) {
    throw raise("article_create_failed", { cause });
  }
  response.json({ error: 0, article: { id: "4", title } });
});

app.post("/blocks", (request, response) => {
  if (!request.get("Authorization")) throw raise("token_invalid");
  const { user } = textsOf(request.body);
  if (!user) throw raise("user_required");
  if (user === "emma") throw raise("user_already_exists", { user });
  if (user === "nobody") throw raise("user_not_found");
  response.json({ error: 0 });
});

app.use(errorHandler());

/** Returns the texts of a body, which anyone may have sent. */
function textsOf(body: unknown): Partial<Record<string, string>> {
  const members = Object.entries(Object(body) as object);
  return Object.fromEntries(
    members.filter(([, value]) => typeof value === "string"),
  );
}

/** Stands for a database. */
function store(title: string): void {
  if (title === "crash") throw new Error("database password hunter2");
}

app.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1");
