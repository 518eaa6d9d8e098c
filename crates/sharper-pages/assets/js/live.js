// An operator's page that stays true: fetches its own address every ten seconds while it is looked at, and changes only
// what differs, so that focus, scroll and open details stay where they are.
import { part } from "./words.js";

const EVERY = 10_000;
const main = document.querySelector("main");

function clocks() {
  for (const clock of main.querySelectorAll("[data-clock]")) {
    clock.textContent = new Date(clock.dateTime).toLocaleTimeString(document.documentElement.lang);
  }
}

/** Makes `now` like `then`, node by node. What the reader opened stays open; what is typed stays typed. */
function become(now, then) {
  if (now.nodeType !== then.nodeType || now.nodeName !== then.nodeName) {
    now.replaceWith(then.cloneNode(true));
    return;
  }
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.nodeValue !== then.nodeValue) now.nodeValue = then.nodeValue;
    return;
  }
  if (now.matches("input, [data-live], [data-lost]")) return;
  for (const { name } of [...now.attributes]) {
    if (!then.hasAttribute(name) && !(name === "open" && now.matches("details"))) now.removeAttribute(name);
  }
  for (const { name, value } of [...then.attributes]) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  const [own, wanted] = [[...now.childNodes], [...then.childNodes]];
  wanted.forEach((child, place) => (own[place] ? become(own[place], child) : now.append(child.cloneNode(true))));
  own.slice(wanted.length).forEach((child) => child.remove());
}

function lost(is) {
  const line = part(main, "lost");
  const words = is ? line.dataset.words : "";
  if (line.textContent !== words) line.textContent = words;
}

async function look() {
  if (document.hidden || stopped) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, signal: AbortSignal.timeout(EVERY) });
    // Signed out, or somewhere else by now: the server's own page says what to do.
    if (answer.redirected || answer.status === 401 || answer.status === 403) return location.reload();
    if (!answer.ok) return lost(true);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    become(main, page.querySelector("main"));
    clocks();
    lost(false);
  } catch {
    lost(true);
  }
}

let stopped = false;
const toggle = part(main, "live");
const label = () => {
  toggle.textContent = stopped ? toggle.dataset.liveGo : toggle.dataset.liveStop;
};
toggle.hidden = false;
toggle.addEventListener("click", () => {
  stopped = !stopped;
  label();
  look();
});
label();
clocks();

(async () => {
  for (;;) {
    await new Promise((done) => setTimeout(done, EVERY));
    await look();
  }
})();
document.addEventListener("visibilitychange", look);
