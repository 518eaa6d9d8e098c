// Making: follows the stream of one job. EventSource reconnects by itself and names the last event it saw.
import { itemElement, viewOf } from "./item.js";
import { fill, part, read } from "./words.js";

const page = document.querySelector("[data-making]");
const words = read("[data-words]");
const list = part(page, "items");
const english = page.dataset.english === "true";
const requested = Number(page.dataset.requested);
// The page was rendered from the log up to here; what the stream repeats is passed over.
let seen = Number(page.dataset.lastEvent);
const shown = new Set([...list.children].map((item) => Number(item.dataset.item)));
const leftOut = new Map();

function progress({ step, message }) {
  for (const item of page.querySelectorAll("[data-step]")) {
    const at = Number(item.dataset.step);
    item.className = at < step ? "done" : at === step ? "now" : "ahead";
    if (at === step) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  const now = page.querySelector(`[data-step="${step}"]`);
  part(page, "status").textContent = english && message ? message : (now?.textContent ?? "");
  if (!requested) part(page, "progress").value = step;
}

function count() {
  if (requested) part(page, "progress").value = shown.size;
  part(page, "count").textContent = fill(words.count, { done: shown.size, requested });
}

function item({ kind, data, number }) {
  if (shown.has(number)) return;
  const made = itemElement(page, viewOf(kind, data, words), number);
  made.classList.add("new");
  list.append(made);
  shown.add(number);
  count();
}

// An item that is taken back is not there to be read any more. Below the fold it goes; in sight its place stays, so that
// nothing jumps, and says why.
function withdrawn({ number, fault, reason }) {
  if (shown.delete(number)) {
    const item = list.querySelector(`[data-item="${number}"]`);
    const place = item.getBoundingClientRect();
    if (place.top > innerHeight) item.remove();
    else {
      const why = document.createElement("p");
      why.className = "quiet";
      why.textContent = fill(words.taken_back, { reason: words[fault] ?? reason });
      item.style.minBlockSize = `${place.height}px`;
      item.classList.add("gone");
      item.replaceChildren(why);
    }
    count();
  }
  rejected({ fault, reason });
}

function rejected({ fault, reason }) {
  const line = leftOut.get(fault) ?? newReason(fault, words[fault] ?? reason);
  line.firstElementChild.textContent = Number(line.firstElementChild.textContent) + 1;
  showLeftOut();
}

function newReason(fault, said) {
  const line = document.createElement("li");
  line.dataset.fault = fault;
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = "0";
  const text = document.createElement("span");
  text.textContent = said;
  line.append(number, " ", text);
  part(page, "reasons").append(line);
  leftOut.set(fault, line);
  return line;
}

function showLeftOut() {
  let count = 0;
  for (const line of leftOut.values()) count += Number(line.firstElementChild.textContent);
  part(page, "left-out").textContent = fill(words.left_out, { count });
  part(page, "why").classList.remove("none");
}

function end(state, status) {
  stream.close();
  page.dataset.state = state;
  part(page, "status").textContent = status;
  part(page, "connection").hidden = true;
  part(document, "cancel").hidden = true;
}

const PAGES = {
  flashcards: ["cards", ({ set }) => `/study/${set.id}`],
  quiz: ["quiz", ({ quiz_id }) => `/quizzes/${quiz_id}`],
  exam: ["exam", ({ exam_id }) => `/exams/${exam_id}`],
  summary: ["summary", ({ summary_id }) => `/summaries/${summary_id}`],
  chat: ["chat", () => `/tutor/${encodeURIComponent(page.dataset.session)}`],
  analysis: ["analysis", ({ analysis_id }) => `/analyses/${analysis_id}`],
  plan: ["plan", ({ plan_id }) => `/plans/${plan_id}`],
};

function complete({ saved, message, metadata }) {
  // Nothing was made: what is asked first is asked in the conversation.
  // What was written anew lies where it lay: the server knows in which material that is.
  if (!PAGES[saved.type]) return location.reload();
  for (const step of page.querySelectorAll("[data-step]")) {
    step.className = "done";
    step.removeAttribute("aria-current");
  }
  if (!requested) part(page, "progress").value = 6;
  part(page, "count").hidden = !requested;
  end("done", english ? message : words.done);
  part(page, "degraded").hidden = !metadata?.degraded;
  part(page, "degraded-reason").textContent = metadata?.degraded ?? "";
  const [kind, address] = PAGES[saved.type];
  const open = part(document, "open");
  open.href = address(saved);
  open.textContent = words[`open_${kind}`];
  open.hidden = false;
  if (saved.type === "flashcards") {
    const set = part(document, "set");
    set.href = `/sets/${saved.set.id}`;
    set.hidden = false;
  }
}

function failed({ error, code }) {
  // In another language the server says it: the event speaks English.
  if (!english && code !== "cancelled") {
    stream.close();
    location.reload();
    return;
  }
  const cancelled = code === "cancelled";
  end("failed", cancelled ? words.cancelled : words.failed);
  part(page, "failure-text").textContent = error;
  part(page, "failure").hidden = cancelled;
  part(document, "back").hidden = false;
}

// Where the reasons stand beside the cards, they move nothing when they open.
const wide = matchMedia("(min-width: 60rem)").matches;
part(page, "why").open = wide;
for (const line of part(page, "reasons").children) leftOut.set(line.dataset.fault, line);

const stream = new EventSource(page.dataset.stream);
stream.onopen = () => {
  part(page, "connection").hidden = true;
};
stream.onerror = () => {
  part(page, "connection").hidden = false;
  // A stream that was refused for good is not tried again by the browser; the server's page knows what became of it.
  if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
};
stream.onmessage = (message) => {
  const number = Number(message.lastEventId);
  if (number && number <= seen) return;
  seen = number || seen;
  const told = JSON.parse(message.data);
  if (told.type === "progress") progress(told.data);
  else if (told.type === "item") item(told);
  else if (told.type === "withdrawn") withdrawn(told.data);
  else if (told.type === "rejected") rejected(told.data);
  else if (told.type === "complete") complete(told);
  else if (told.type === "error") failed(told);
};
