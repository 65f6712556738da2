// A program that reads a response and asks for one error: it should ship what that takes, and no text that it does not show.

import { isPixnetErrorWithId, PixnetError } from "./pixnet-errors/index.js";

const body = '{"error":1,"code":"4200","message":"User emma exists"}';
const error = PixnetError.fromResponse({ status: 400 }, body);
if (isPixnetErrorWithId(error, "user_already_exists")) {
  console.log(error.parameters?.user, error.retry);
}
