// Who is signed in: the dialog that asks for a key, the cookie that the service gives for it, and what one may do here.

import { forget, send, useAnswer, watch } from "./api.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { ended, explain } from "./words.js";

/** @typedef {Api.SessionAnswer["may"][number]} Right */

/** Who is signed in; null until the service has said so. */
export const useSession = () => useAnswer("/session").body;

/**
 * Whether the reader may do what needs this role, here and now.
 * @param {Right} role
 */
export const useMay = (role) => useSession()?.may.includes(role) ?? false;

/** Exchanges a key for a session, which no script can read. Throws a Problem. @param {string} key */
export async function signIn(key) {
  const body = JSON.stringify({ key });
  const answer = await send("/session", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  await answer.json(); // what is not read to its end stays on the network
  forget();
}

/** Ends the session, and forgets what it showed. */
export async function signOut() {
  await send("/session", { method: "DELETE" });
  location.reload();
}

/** The name of who is signed in, and the way out. */
export function SignedIn() {
  const session = useSession();
  if (!session?.signed_in) return null;
  const name = `${session.name ?? "管理员"}${session.unit ? `（${session.unit}）` : ""}`;
  return html`<span class="session"><span title=${name}>${name}</span> <button class="text" onClick=${signOut}>退出</button></span>`;
}

/** Asks for the key when the service wants one. */
export function KeyDialog() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [wrong, setWrong] = useState("");
  useEffect(() => watch((what) => what === "key" && !dialog.current?.open && dialog.current?.showModal()), []);
  const given = async (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    const form = event.target;
    const key = String(new FormData(form).get("key")).trim();
    form.reset();
    if (!key) return;
    await signIn(key).then(
      () => {
        setWrong("");
        dialog.current?.close();
      },
      (problem) => setWrong(problem.status === 401 ? "刚才的密钥不对。" : explain(problem).map(ended).join("")),
    );
  };
  return html`<dialog ref=${dialog} aria-labelledby="key-title">
    <form method="dialog" onSubmit=${given}>
      <h2 id="key-title">请输入访问密钥</h2>
      <p>${wrong && html`<strong role="alert">${wrong}</strong>`}这个知识库设了密钥，向服务管理员索取。登录后十二小时内，本浏览器的各个标签页都不再询问；用完请退出。</p>
      <label>密钥 <input name="key" type="password" autocomplete="current-password" required autofocus /></label>
      <button class="primary">打开</button>
    </form>
  </dialog>`;
}
