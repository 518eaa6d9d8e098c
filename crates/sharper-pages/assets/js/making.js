// Making: follows the stream of one job. EventSource reconnects by itself and names the last event it saw.
import { fill, part, read } from "./words.js";

const page = document.querySelector("[data-making]");
const words = read("[data-words]");
const list = part(page, "cards");
const template = part(page, "card-template");
const english = page.dataset.english === "true";
const requested = Number(page.dataset.requested);
// The page was rendered from the log up to here; what the stream repeats is passed over.
let seen = Number(page.dataset.lastEvent);
let total = list.children.length;
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
}

function item(card) {
  if (list.querySelector(`[data-card="${CSS.escape(card.id)}"]`)) return;
  const made = template.content.firstElementChild.cloneNode(true);
  made.dataset.card = card.id;
  part(made, "question").textContent = card.question;
  part(made, "answer").textContent = card.answer;
  part(made, "explanation").textContent = card.explanation ?? "";
  part(made, "quote").textContent = card.source?.quote ?? "";
  part(made, "from").hidden = !card.source;
  part(made, "topic").textContent = card.topic;
  part(made, "difficulty").textContent = words[card.difficulty] ?? card.difficulty;
  made.classList.add("new");
  list.append(made);
  total += 1;
  part(page, "progress").value = total;
  part(page, "count").textContent = fill(words.count, { done: total, requested });
}

function rejected({ reason }) {
  const said = words[reason] ?? reason;
  const line = leftOut.get(said) ?? newReason(said);
  line.firstElementChild.textContent = Number(line.firstElementChild.textContent) + 1;
  showLeftOut();
}

function newReason(said) {
  const line = document.createElement("li");
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = "0";
  const text = document.createElement("span");
  text.textContent = said;
  line.append(number, " ", text);
  part(page, "reasons").append(line);
  leftOut.set(said, line);
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

function complete({ saved, message }) {
  for (const step of page.querySelectorAll("[data-step]")) {
    step.className = "done";
    step.removeAttribute("aria-current");
  }
  end("done", english ? message : words.done);
  const id = encodeURIComponent(saved.set.id);
  for (const [name, href] of [["study", `/study/${id}`], ["set", `/sets/${id}`]]) {
    const link = part(document, name);
    link.href = href;
    link.hidden = false;
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
for (const line of part(page, "reasons").children) leftOut.set(line.lastElementChild.textContent, line);

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
  else if (told.type === "item") item(told.data);
  else if (told.type === "rejected") rejected(told.data);
  else if (told.type === "complete") complete(told);
  else if (told.type === "error") failed(told);
};
