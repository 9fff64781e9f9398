import assert from "node:assert/strict";
import { test } from "node:test";
import { former } from "../../web/editions.js";

/** @type {(document: string | null, year: number | null, place_code?: string | null) => import("../../web/editions.js").Edition} */
const edition = (document, year, place_code = "430400") => ({ document, year, place_code });

test("the edition before is the last that is called the same but for the year, of the same place", () => {
  const asked = edition("衡阳市2023年政务公开工作要点", 2023);
  const last = edition("衡阳市二〇二二年政务公开工作要点", 2022);
  const held = [
    asked,
    edition("衡阳市2021年政务公开工作要点", 2021),
    last,
    edition("衡阳市2022年政务服务工作要点", 2022),
    edition("衡阳市2024年政务公开工作要点", 2024),
    edition("衡阳市2022年政务公开工作要点", 2022, "430407"),
    edition("衡阳市政务公开工作要点", null),
  ];
  assert.equal(former(asked, held), last);
  assert.equal(former(held[1], held), undefined);
});
