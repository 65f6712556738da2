import { messageOf } from "../src/pixnet-errors/messages.js";
import { subjectOf } from "../src/pixnet-errors/texts.js";

messageOf("user_already_exists");
messageOf("user_already_exists", {});
subjectOf("url_parameter_required", { parameter: 4001 });
