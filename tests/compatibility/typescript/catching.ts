// Catches errors, and reads what they say.

import {
  type AnyShopError,
  isShopError,
  isShopErrorInCategory,
  isShopErrorWithId,
  type KnownShopError,
  ShopError,
  type ShopErrorCategory,
  type ShopErrorCaseOf,
  ShopErrorCode,
  type ShopErrorFields,
  type ShopErrorGroup,
  type ShopErrorGroupOf,
  type ShopErrorId,
  type ShopErrorIn,
  type ShopErrorOf,
  type ShopErrorParametersOf,
  type ShopErrorProperties,
  ShopErrorSeverity,
} from "./shop-errors/index.js";

/** A guard for each id. */
export function adviceById(error: unknown): string {
  if (isShopErrorWithId(error, "order_closed")) return "open a new one";
  if (isShopErrorWithId(error, "order_empty")) return "add an item";
  if (isShopErrorWithId(error, "too_many_items")) return "split the order";
  if (isShopErrorWithId(error, "item_sold_out")) return "wait";
  if (isShopErrorWithId(error, "card_declined")) return "use another card";
  if (isShopErrorWithId(error, "bank_unreachable")) return "try again";
  if (isShopErrorWithId(error, "user_not_found")) return "sign up";
  if (isShopErrorWithId(error, "login_failed")) return "reset the password";
  if (isShopErrorWithId(error, "old_login")) return "log in";
  if (isShopErrorWithId(error, "session_lost")) return "log in again";
  throw error;
}

/** A `switch` on the ids of a union, with a branch for all others. */
export function titleById(error: AnyShopError): string {
  switch (error.id) {
    case "order_closed":
      return "closed";
    case "order_empty":
      return "empty";
    case "too_many_items":
      return "too many";
    case "item_sold_out":
      return "sold out";
    case "card_declined":
      return "declined";
    case "bank_unreachable":
      return "unreachable";
    case "user_not_found":
      return "nobody";
    case "login_failed":
      return "failed";
    case "old_login":
      return "old";
    case "session_lost":
      return "lost";
    default:
      return "something else";
  }
}

/** A `switch` on the constants of the codes. */
export function titleByCode(error: ShopError): string {
  switch (error.code) {
    case ShopErrorCode.OrderClosed:
      return "closed";
    case ShopErrorCode.OrderEmpty:
      return "empty";
    case ShopErrorCode.TooManyItems:
      return "too many";
    case ShopErrorCode.ItemSoldOut:
      return "sold out";
    case ShopErrorCode.CardDeclined:
      return "declined";
    case ShopErrorCode.BankUnreachable:
      return "unreachable";
    case ShopErrorCode.UserNotFound:
      return "nobody";
    case ShopErrorCode.LoginFailed:
      return "failed";
    case ShopErrorCode.OldLogin:
      return "old";
    case ShopErrorCode.SessionLost:
      return "lost";
    default:
      return "unknown";
  }
}

/** The name that an error had before. */
export function isFormerName(error: ShopError): boolean {
  return error.code === ShopErrorCode.NoSuchUser;
}

/** Guards by category and by group. */
export function areaOf(error: unknown): string {
  if (isShopErrorInCategory(error, "order", "cart")) return "cart";
  if (isShopErrorInCategory(error, "order", "payment")) return "payment";
  if (isShopErrorInCategory(error, "order")) return "order";
  if (isShopErrorInCategory(error, "account")) return "account";
  return "elsewhere";
}

/** An error narrowed by its category, then by its id. */
export function isPasswordWrong(error: unknown): boolean {
  if (!isShopErrorInCategory(error, "account")) return false;
  return error.id === "login_failed";
}

/** An error narrowed by its group, then by its id. */
export function isWorthWaiting(error: unknown): boolean {
  if (!isShopErrorInCategory(error, "order", "cart")) return false;
  return error.id === "item_sold_out";
}

/** Functions that take one kind of error. */
export const closedBy = (error: ShopErrorOf<"order_closed">) => error.message;
export const orderCategory = (error: ShopErrorIn<"order">) => error.category;
export const accountCategory = (error: ShopErrorIn<"account">) =>
  error.category;
export const loginStatus = (
  error: KnownShopError<"login_failed" | "old_login">,
) => error.status;

/** Ids, categories and groups as types. */
export const watched: readonly ShopErrorId[] = [
  "card_declined",
  "bank_unreachable",
];
export const areas: readonly ShopErrorCategory[] = [
  "order",
  "account",
];
export const subareas: readonly ShopErrorGroup[] = [
  "cart",
  "payment",
];
export const parts: readonly ShopErrorGroupOf<"order">[] = ["cart", "payment"];

/** Parameters, read one by one. */
export function userWhoClosed(error: unknown): string | undefined {
  if (!isShopErrorWithId(error, "order_closed")) return undefined;
  const user: string | undefined = error.parameters?.user;
  return user;
}

export function excess(error: unknown): string | undefined {
  if (!isShopErrorWithId(error, "too_many_items")) return undefined;
  const count: number | undefined = error.parameters?.count;
  const item: string | undefined = error.parameters?.item;
  return `${String(count)} ${String(item)}`;
}

export function soldOut(error: unknown): string | undefined {
  if (!isShopErrorWithId(error, "item_sold_out")) return undefined;
  const item: string | undefined = error.parameters?.item;
  return item;
}

export function missingUser(error: unknown): string | undefined {
  if (!isShopErrorWithId(error, "user_not_found")) return undefined;
  const user: string | undefined = error.parameters?.user;
  return user;
}

/** Parameters, read all at once. */
export function excessAtOnce(error: AnyShopError): string {
  if (error.id !== "too_many_items" || !error.parameters) return "";
  const { count, item } = error.parameters;
  return `${count.toFixed(0)} ${item.trim()}`;
}

export function describe({
  count,
  item,
}: ShopErrorParametersOf<"too_many_items">): string {
  return `${count.toFixed(0)} ${item.trim()}`;
}

/** Cases, which have parameters of their own. */
export function declinedFor(error: unknown): string {
  if (!isShopErrorWithId(error, "card_declined")) return "";
  const amount: number | undefined = error.parameters?.amount;
  switch (error.case) {
    case "expired":
      return "renew it";
    case "over_limit":
      return `pay less than ${String(amount)}`;
    default:
      return "unknown";
  }
}

export function bankIs(error: unknown): string {
  if (!isShopErrorWithId(error, "bank_unreachable")) return "";
  switch (error.case) {
    case "timeout":
      return "slow";
    case "closed":
      return "closed";
    default:
      return "unknown";
  }
}

export const cardCases: readonly ShopErrorCaseOf<"card_declined">[] = [
  "expired",
  "over_limit",
];
export const bankCases: readonly ShopErrorCaseOf<"bank_unreachable">[] = [
  "timeout",
  "closed",
];

/** What the response tells beside code and message. */
export function traceOf({ fields }: ShopError): string {
  const request: string | undefined = fields.request_id;
  const region: string | undefined = fields.region;
  return `${String(request)} in ${String(region)}`;
}

export function requestOf(fields: ShopErrorFields): string {
  return fields.request_id?.trim() ?? "";
}

/** Properties, of an error and as types. */
export function isSerious(error: ShopError): boolean {
  if (error.severity === "info") return false;
  if (error.severity === "warning") return false;
  return error.severity === "error";
}

export function isSeriousByName(error: ShopError): boolean {
  if (error.severity === ShopErrorSeverity.Info) return false;
  if (error.severity === ShopErrorSeverity.Warning) return false;
  return error.severity === ShopErrorSeverity.Error;
}

export function teamOf(error: ShopError): string {
  const owner: string | undefined = error.owner;
  return owner ?? "nobody";
}

/** The values of an enum are all that there are, so that nothing is missing here. */
export function levelOf(severity: ShopErrorSeverity): number {
  switch (severity) {
    case "info":
      return 0;
    case "warning":
      return 1;
    case "error":
      return 2;
  }
}

export const colours: Readonly<Record<ShopErrorSeverity, string>> = {
  info: "blue",
  warning: "yellow",
  error: "red",
};

export function needsAttention(properties: ShopErrorProperties): boolean {
  return properties.severity !== "info";
}

/** What every error has, known or not. */
export function report(error: unknown): unknown[] {
  if (!isShopError(error)) return [];
  const { definition, errors } = error;
  return [
    ...[error.id, error.code, error.subcode, error.status, error.case],
    ...[error.category, error.group, error.retry, error.retryAfter],
    ...[error.message, error.safeMessage, error.parameters, error.fields],
    ...[definition?.http, definition?.since, definition?.sensitive],
    ...[definition?.deprecated?.use, definition?.retired?.since],
    ...errors.map(({ message }) => message),
  ];
}

export function secondsToWait(error: ShopError): number | undefined {
  if (error.retry === "never") return undefined;
  return error.retryAfter ?? (error.retry === "throttled" ? 60 : 1);
}

/** A class of one's own. */
export class RequestError extends ShopError {}

export function received(status: number, body: string): string {
  const error = RequestError.fromResponse({ status }, body);
  return error.id === "order_closed" ? "closed" : titleById(error);
}
