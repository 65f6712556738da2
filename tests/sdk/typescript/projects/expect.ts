
import { expect, test } from "@jest/globals";

test("a response is read", async () => {
  expect(await answer()).toBe(
    "true, emma, 4200: User emma exists, 使用者 emma 已經存在，無法重複加入",
  );
});
