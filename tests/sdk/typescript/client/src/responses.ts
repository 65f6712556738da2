// Responses as the two servers send them.

import { type AnyFullShopError, FullShopError } from "full-shop-errors";
import { type AnyPixnetError, PixnetError } from "./pixnet-errors/index.js";

/** What the PIXNET API answers: the code is a string of digits. */
export function pixnetError(
  status: number,
  code: number | string,
  message: string,
): AnyPixnetError {
  const body = JSON.stringify({ error: 1, code: String(code), message });
  return PixnetError.fromResponse({ status }, body);
}

/** What the shop answers. */
export function shopError(
  status: number,
  code: string,
  message: string,
): AnyFullShopError {
  const error = { kind: "shop", code, detail: [{ text: message }] };
  return FullShopError.fromResponse({ status }, { error, ok: false });
}
