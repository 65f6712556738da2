// What an application does with the module: it reads an error, tells it from others, and shows a text that is loaded when needed.

import { type AnyPixnetError, PixnetError } from "./pixnet-errors/index.js";

/** The compiler knows the parameters of each error by its id. */
function userOf(error: AnyPixnetError): string | undefined {
  switch (error.id) {
    case "user_already_exists":
      return error.parameters?.user;
    default:
      // @ts-expect-error: another error may not have it
      return error.parameters?.user;
  }
}

async function answer(): Promise<string> {
  const body = '{"error":1,"code":"4200","message":"User emma exists"}';
  const error = await PixnetError.read(new Response(body, { status: 400 }));
  const { zhTw } = await import("./pixnet-errors/descriptions/zh-TW.js");
  const { descriptionIn } = await import("./pixnet-errors/texts.js");
  const isError = error instanceof Error && error instanceof PixnetError;
  const texts = [isError, userOf(error), error.message];
  return [...texts, descriptionIn(zhTw, error)].join(", ");
}
