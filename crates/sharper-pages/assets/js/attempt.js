// Taking a quiz or an exam: answers are saved while they are given, kept on this device until the server has them, and the
// clock counts down from what the server said. The same forms work without it.
import { part, read } from "./words.js";

const page = document.querySelector("[data-attempt]");
const id = page.dataset.attempt;
const words = read("[data-words]");
const state = part(page, "state");
const KEY = `answers of ${id}`;
const forms = [...page.querySelectorAll("[data-answer-form]")];
let memory = {};
let wait = 0;
let timer;
let sending = null;

function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return memory;
  }
}

function store(waiting) {
  memory = waiting;
  try {
    if (Object.keys(waiting).length) localStorage.setItem(KEY, JSON.stringify(waiting));
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage they live as long as the page.
  }
}

const formOf = (question) => forms.find((form) => form.dataset.question === question);
const tell = (word) => {
  state.textContent = words[word];
};

function given(form) {
  const data = new FormData(form);
  const body = { revision: Number(form.elements.revision.value) };
  if (form.querySelector("[name=answer]:not(:disabled)")) body.answer = data.get("answer") ?? "";
  if (form.elements.flagged) body.flagged = data.has("flagged");
  return body;
}

/** Keeps what stands in the form until the server has it. */
function keep(form) {
  store({ ...load(), [form.dataset.question]: given(form) });
  tell("saving");
}

/** Sends what is kept. True when the server has all of it. */
function send() {
  sending ??= deliver().finally(() => {
    sending = null;
  });
  return sending;
}

async function deliver() {
  clearTimeout(timer);
  for (let next = Object.entries(load())[0]; next; next = Object.entries(load())[0]) {
    const [question, body] = next;
    let answer;
    try {
      answer = await fetch(`/api/attempts/${id}/answers/${question}`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        keepalive: true,
      });
      if (answer.status >= 500 || answer.status === 429 || answer.status === 401) throw new Error(String(answer.status));
    } catch {
      wait = Math.min(30_000, Math.max(1_000, wait * 2));
      timer = setTimeout(send, wait);
      tell("unsaved");
      return false;
    }
    wait = 0;
    await settle(question, body, answer);
  }
  return true;
}

/** What follows from the server's word on an answer. */
async function settle(question, body, answer) {
  const form = formOf(question);
  const told = await answer.json().catch(() => ({}));
  const waiting = load();
  const now = waiting[question];
  const same = JSON.stringify(now) === JSON.stringify(body);
  if (answer.ok) {
    if (form) form.elements.revision.value = told.answer.revision;
    if (now && !same) store({ ...waiting, [question]: { ...now, revision: told.answer.revision } });
    tell("saved");
    const link = form && page.querySelector(`a[data-number="${form.dataset.number}"]`);
    link?.classList.toggle("answered", told.answer.answer.trim() !== "");
    link?.classList.toggle("flagged", told.answer.flagged);
  } else {
    tell(answer.status === 409 && told.version === undefined ? "over" : "newer");
  }
  if (same || !answer.ok) {
    const rest = load();
    delete rest[question];
    store(rest);
  }
}

for (const form of forms) {
  let pause;
  form.addEventListener("input", (event) => {
    keep(form);
    clearTimeout(pause);
    pause = setTimeout(send, event.target.matches("[type=radio], [type=checkbox]") ? 0 : 600);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(pause);
    const go = event.submitter?.value ?? "stay";
    if (Object.hasOwn(load(), form.dataset.question) && !(await send())) return;
    if (go === "stay") return void tell("saved");
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "go", value: go });
    form.append(field);
    form.submit();
  });
}

page.querySelector("[data-finish]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await send()) event.target.submit();
});

// 1 to 9 choose; Enter goes on, as in any form.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("textarea, [type=text]")) return;
  const form = event.target.closest("[data-answer-form]") ?? (forms.length === 1 ? forms[0] : null);
  const option = form?.querySelectorAll("[type=radio]:not(:disabled)")[Number(event.key) - 1];
  if (!option) return;
  event.preventDefault();
  option.click();
  option.focus();
});
part(page, "keys").hidden = !forms.some((form) => form.querySelector("[type=radio]"));

const clock = page.querySelector("[data-clock]");
if (clock) {
  // Seconds of this page's own run, so that setting the clock of the device changes nothing.
  let end = performance.now() + Number(clock.dataset.left) * 1000;
  let over = false;
  const two = (n) => String(n).padStart(2, "0");
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    clock.textContent = `${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
    clock.parentElement.classList.toggle("soon", left <= 300);
    if (left > 0 || over) return;
    over = true;
    send().then(() => tell("over"));
    // The server waits a few seconds for what is under way; then the page shows how it went.
    setTimeout(() => location.reload(), 7_000);
  };
  // A device that slept has not counted: the server is asked again.
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState !== "visible") return;
    const answer = await fetch(`/api/attempts/${id}`).catch(() => null);
    if (!answer?.ok) return;
    const { attempt } = await answer.json();
    if (attempt.finished_at) return location.reload();
    end = performance.now() + attempt.seconds_left * 1000;
    tick();
  });
  setInterval(tick, 1000);
  tick();
}

addEventListener("online", send);
addEventListener("pagehide", send);
// What was kept on this device when the page was left or the server was away.
for (const [question, body] of Object.entries(load())) {
  const form = formOf(question);
  const field = form?.querySelector("[name=answer][type=text], textarea[name=answer]");
  if (field && body.answer !== undefined) field.value = body.answer;
  for (const option of form?.querySelectorAll("[type=radio]") ?? []) option.checked = option.value === body.answer;
}
if (Object.keys(load()).length) send();
