// Looks up what the catalogue says, without an error.

import {
  categoryTitleOf,
  descriptionOf,
  groupTitleOf,
  resolutionOf,
} from "./shop-errors/descriptions.js";
import { de } from "./shop-errors/descriptions/de.js";
import { en } from "./shop-errors/descriptions/en.js";
import {
  isShopErrorId,
  type ShopError,
  ShopErrorCode,
  shopErrorCodes,
  type ShopErrorDefinition,
  shopErrorDefinition,
  shopErrorDefinitionById,
  shopErrorDocs,
  shopErrorDocsUrl,
  shopErrorRanges,
  shopErrors,
  shopErrorSection,
  type ShopErrorSeverity,
} from "./shop-errors/index.js";
import { type Locale, localeOf, locales } from "./shop-errors/locales.js";
import { descriptionIn, type Texts } from "./shop-errors/texts.js";

/** Definitions by code and by id. */
export const closed: number = shopErrorDefinition(
  ShopErrorCode.OrderClosed,
).http;
export const empty = shopErrorDefinitionById("order_empty").retry;
export const soldOut = shopErrorDefinition(ShopErrorCode.ItemSoldOut).message;
export const tooMany = shopErrorDefinitionById("too_many_items").parameters;
export const declined = shopErrorDefinition(ShopErrorCode.CardDeclined).cases;
export const user = shopErrorDefinitionById("user_not_found").properties;
export const former = shopErrorDefinitionById("no_such_user")?.properties;
export const { severity }: { readonly severity: ShopErrorSeverity } =
  shopErrorDefinitionById("login_failed").properties;
export const owner: string | undefined =
  shopErrorDefinition(ShopErrorCode.BankUnreachable).properties.owner;
export const successor = shopErrorDefinitionById("old_login").deprecated?.use;
export const retired = shopErrorDefinitionById("session_lost").retired?.since;

/** All definitions. */
const definitions: readonly ShopErrorDefinition[] = Object.values(shopErrors);
export const transient = definitions.filter(
  ({ retry }) => retry === "transient",
);
export const serious = definitions.filter(
  ({ properties }) => properties.severity === "error",
);
export const inCart = definitions.filter(({ group }) => group === "cart");
export const ofOrders = definitions.filter(
  ({ category }) => category === "order",
);

/** Codes, and what is known of a code that is new. */
export const loginCode: number = shopErrorCodes.login_failed;
export const isKnown = isShopErrorId("order_closed");
export const section = shopErrorSection(1150)?.group === "payment";
export const first = shopErrorRanges.map((range) => range.first);

/** The pages of the documentation. */
export const page: string = shopErrorDocs.order_closed;
export const url: string | undefined = shopErrorDocsUrl("card_declined");

/** Localised texts. */
export function explain(error: ShopError, locale: string): unknown[] {
  return [
    descriptionOf(error, locale),
    resolutionOf(error, locale),
    categoryTitleOf(error, locale),
    groupTitleOf(error, locale),
  ];
}

export const english: Locale = "en";
export const german: Locale = "de";
export const choices: readonly string[] = [
  locales.en,
  locales.de,
];

/** Texts of one locale, loaded when it is known which. */
const load = {
  en: async () => (await import("./shop-errors/descriptions/en.js")).en,
  de: async () => (await import("./shop-errors/descriptions/de.js")).de,
};

export async function textsFor(language: string): Promise<Texts> {
  return load[localeOf(language)]();
}

export function inGerman(error: ShopError): string | undefined {
  return descriptionIn(de, error) ?? descriptionIn(en, error);
}
