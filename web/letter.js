// Letters, and who sends them: asked once, and remembered by the browser.

import { address } from "./api.js";
import { File } from "./parts.js";
import { html, useId, useState } from "./vendor/preact.js";
import { LETTER } from "./zh.js";

const SENT = /** @type {const} */ (["sender", "contact"]);

const kept = () => Object.fromEntries(SENT.map((name) => [name, localStorage.getItem(`kg-${name}`) ?? ""]));

/**
 * A letter as a file, with what stands below it: who sends it and whom to ask.
 * @param {{ path: string, given: Given, name: string }} props
 */
export function Letter({ path, given, name }) {
  const id = useId();
  const [sent, setSent] = useState(kept);
  const said = (/** @type {FieldEvent} */ event) => {
    localStorage.setItem(`kg-${event.target.name}`, event.target.value.trim());
    setSent(kept());
  };
  return html`<${File} url=${address(path, { ...given, ...sent })}>${name}（Word）<//>
    <details class="sender">
      <summary title="写在文末的发文单位和联系人，本浏览器会记住">落款${sent.sender && `：${sent.sender}`}</summary>
      <div class="filters">
        ${SENT.map((one) => html`<div class="field"><label for=${id + one}>${LETTER[one]}</label><input id=${id + one} name=${one} defaultValue=${sent[one]} maxlength="100" placeholder=${one === "contact" ? "姓名、电话" : ""} onChange=${said} /></div>`)}
      </div>
    </details>`;
}
