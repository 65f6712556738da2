// Compiled beside api.ts, the types of the worked example: what an operation lists is all that its errors can be.

import type { operations } from "./api.js";

type NotFound =
  operations["getArticle"]["responses"][404]["content"]["application/json"];

// A code too many is an error, and so is one too few.
export const notFound: Record<NotFound["code"], string> = {
  "2000": "user",
  "2100": "blog",
  "2101": "article",
};
