// The tutor: asks without leaving the page, and shows each statement as it comes. The form alone does the same.
import { part, read, fill, passage as passageHref } from "./words.js";

const page = document.querySelector("[data-tutor]");
const words = read("[data-words]");
const form = part(page, "ask");
const turns = part(page, "turns");
const status = part(page, "status");
const button = form.querySelector("[type=submit]");
const PAGES = {
  flashcards: ({ set }) => `/study/${set.id}`,
  quiz: ({ quiz_id }) => `/quizzes/${quiz_id}`,
  exam: ({ exam_id }) => `/exams/${exam_id}`,
  summary: ({ summary_id }) => `/summaries/${summary_id}`,
  analysis: ({ analysis_id }) => `/analyses/${analysis_id}`,
  plan: ({ plan_id }) => `/plans/${plan_id}`,
};
let session = page.dataset.session;
let replies = turns.children.length;

const copyOf = (name) => part(page, `${name}-template`).content.firstElementChild.cloneNode(true);

function said(text) {
  const turn = copyOf("student");
  part(turn, "said").textContent = text;
  turns.append(turn);
}

/** A reply that grows by statements. */
class Reply {
  statements = new Map();
  keys = [];
  citations = [];
  constructor() {
    replies += 1;
    this.place = `live-${replies}`;
    this.root = copyOf("reply");
    turns.append(this.root);
  }

  /** What stands is left standing, with a passage that may be open: only what is new is added. */
  write(statements, titles) {
    const keys = statements.map(({ text, sources }) => JSON.stringify([text, sources]));
    if (!this.keys.every((key, at) => key === keys[at])) this.clear();
    for (const statement of statements.slice(this.keys.length)) this.add(statement);
    this.keys = keys;
    for (const name of part(this.root, "passages").querySelectorAll("bdi")) {
      name.textContent = titles?.get(name.dataset.note) ?? name.textContent;
    }
  }

  clear() {
    this.keys = [];
    this.citations = [];
    part(this.root, "paragraphs").replaceChildren();
    part(this.root, "passages").replaceChildren();
  }

  add(statement) {
    const paragraph = document.createElement("p");
    paragraph.className = "said";
    paragraph.dir = "auto";
    paragraph.textContent = statement.text;
    const numbers = new Set(statement.sources.map((source) => this.numberOf(source)));
    for (const number of numbers) paragraph.append(" ", this.mark(number));
    part(this.root, "paragraphs").append(paragraph);
  }

  /** The number of a passage; a new one is added to the passages. */
  numberOf(source) {
    const same = (one) => one.note_id === source.note_id && one.start === source.start && one.end === source.end;
    const known = this.citations.findIndex(same);
    if (known >= 0) return known + 1;
    const number = this.citations.push(source);
    part(this.root, "passages").append(this.passage(source, number));
    return number;
  }

  /** The notes that it stands on are what cards are made of. */
  offerCards() {
    const form = part(this.root, "cards");
    const notes = new Set(this.citations.map((source) => source.note_id));
    for (const note of notes) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "note", value: note });
      form.append(field);
    }
    form.elements.topic.value = this.question ?? "";
    form.hidden = notes.size === 0;
  }

  mark(number) {
    const mark = document.createElement("button");
    mark.type = "button";
    mark.className = "cite";
    mark.setAttribute("popovertarget", `cite-${this.place}-${number}`);
    mark.setAttribute("aria-label", fill(words.citation, { number }));
    mark.textContent = number;
    return mark;
  }

  passage(source, number) {
    const passage = document.createElement("div");
    passage.className = "passage";
    passage.setAttribute("popover", "");
    passage.id = `cite-${this.place}-${number}`;
    const title = document.createElement("p");
    title.className = "passage-title";
    const badge = document.createElement("span");
    badge.className = "cite-number";
    badge.textContent = number;
    const name = document.createElement("bdi");
    name.dataset.note = source.note_id;
    title.append(badge, " ", name);
    const quote = document.createElement("blockquote");
    quote.dir = "auto";
    const mark = document.createElement("mark");
    mark.textContent = source.quote;
    quote.append(mark);
    const open = document.createElement("a");
    open.href = passageHref(source);
    open.textContent = words.open;
    const line = document.createElement("p");
    line.append(open);
    passage.append(title, quote, line);
    return passage;
  }
}

function follow(url) {
  const reply = new Reply();
  reply.question = [...turns.querySelectorAll(".student-turn .said")].at(-1)?.textContent;
  const stream = new EventSource(url);
  let seen = 0;
  reply.root.hidden = true;
  status.textContent = words.thinking;
  button.disabled = true;
  const end = (sentence = "") => {
    stream.close();
    status.textContent = sentence;
    button.disabled = false;
    if (!reply.root.hidden) reply.root.scrollIntoView({ block: "nearest" });
  };
  stream.onmessage = (message) => {
    const number = Number(message.lastEventId);
    if (number && number <= seen) return;
    seen = number || seen;
    const told = JSON.parse(message.data);
    if (told.type === "item" && told.kind === "statement") {
      reply.root.hidden = false;
      reply.statements.set(told.number, told.data);
      reply.write([...reply.statements.values()]);
    } else if (told.type === "withdrawn") {
      reply.statements.delete(told.data.number);
      reply.write([...reply.statements.values()]);
    } else if (told.type === "complete") {
      // What is asked first, with its buttons, is on the server's page.
      if (told.saved.type === "nothing") return location.reload();
      if (told.saved.type !== "chat") return location.assign(PAGES[told.saved.type](told.saved));
      const titles = new Map(told.data.citations.map((citation) => [citation.note_id, citation.title]));
      reply.root.hidden = false;
      reply.write(told.data.statements, titles);
      part(reply.root, "no-answer").hidden = told.data.answerable;
      reply.offerCards();
      end();
    } else if (told.type === "error") {
      reply.root.remove();
      refuse(told.error);
      end(words.failed);
    }
  };
  stream.onerror = () => {
    // A stream refused for good is not tried again by the browser; the server's page knows what became of it.
    if (stream.readyState === EventSource.CLOSED) location.reload();
  };
}

function refuse(sentence) {
  const place = part(form, "refused");
  place.textContent = sentence;
  place.hidden = !sentence;
}

async function ask(message) {
  const body = { type: "chat", message, ...(session ? { session_id: session } : {}) };
  const answer = await fetch("/api/ai/process-stream", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail ?? words.failed);
  return told;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const message = form.elements.message.value.trim();
  if (!message || button.disabled) return;
  button.disabled = true;
  refuse("");
  try {
    const { session_id, stream_url } = await ask(message);
    part(page, "lead")?.remove();
    said(message);
    form.elements.message.value = "";
    session = session_id;
    history.replaceState(null, "", `/tutor/${encodeURIComponent(session)}`);
    follow(stream_url);
  } catch (problem) {
    button.disabled = false;
    refuse(problem.message);
  }
});
form.elements.message.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// A page that was loaded in the middle of an answer goes on with it.
if (page.dataset.running === "true") follow(`/api/ai/stream/${encodeURIComponent(session)}`);
