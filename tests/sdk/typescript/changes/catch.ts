// Catches errors, and reads what they say.

import { descriptionOf } from "./orders-errors/descriptions.js";
import {
  isOrdersErrorInCategory,
  isOrdersErrorWithId,
  OrdersError,
  OrdersErrorCode,
} from "./orders-errors/index.js";

function advice(error: unknown): string {
  if (isOrdersErrorWithId(error, "order_missing")) {
    const number: string | undefined = error.parameters?.number;
    return `no order ${String(number)}`;
  }
  if (isOrdersErrorInCategory(error, "order", "payment")) return "pay again";
  if (!isOrdersErrorInCategory(error, "order")) return "give up";
  switch (error.id) {
    case "order_too_large": {
      const count: number | undefined = error.parameters?.count;
      const limit: number | undefined = error.parameters?.limit;
      return `${String(count)} of ${String(limit)}`;
    }
    case "order_closed":
      return descriptionOf(error) ?? "closed";
    default:
      return error.message;
  }
}

function byCode(error: OrdersError): string {
  switch (error.code) {
    case OrdersErrorCode.OrderMissing:
    case OrdersErrorCode.OrderClosed:
      return "gone";
    case OrdersErrorCode.OrderTooLarge:
      return "split it";
    case OrdersErrorCode.CardDeclined:
      return "pay again";
    default:
      return "unknown";
  }
}

const messages: Readonly<Record<number, string>> = {
  1000: "There is no order A7",
  1001: "The order is closed",
  1002: "7 of 5 items",
  1100: "The card was declined",
  1199: "Something new",
  1999: "Something new",
};

for (const [code, message] of Object.entries(messages)) {
  const error = OrdersError.fromResponse({ status: 400 }, { code, message });
  console.log(error.message, advice(error), byCode(error));
}
