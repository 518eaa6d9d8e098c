// Grades on their way to the server: kept on this device until it has them, sent again until it does.

const KEY = "reviews to send";
const FOR_GOOD = new Set([400, 404, 409, 410, 422]);
let held = null;
let wait = 0;
let timer;
let busy = false;

function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return memory;
  }
}

let memory = [];
function store(reviews) {
  memory = reviews;
  try {
    localStorage.setItem(KEY, JSON.stringify(reviews));
  } catch {
    // Without storage they live as long as the page.
  }
}

/** Reviews of this session that the server does not have yet, as `[cardId, grade]`. */
export const waiting = (session) =>
  load().filter((review) => review.body.session_id === session).map((review) => [review.card, review.body.rating]);

/** Keeps a review and holds it back, so that it can be undone, until the next one or until `flush`. */
export function post(card, body) {
  const review = { card, body: { ...body, review_id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` } };
  store([...load(), review]);
  held = review.body.review_id;
  send();
}

/** Takes back the review that is held. False when it is on its way already. */
export function undo() {
  if (!held) return false;
  store(load().filter((review) => review.body.review_id !== held));
  held = null;
  return true;
}

/** Takes back the last review of a card that the server has already. */
export async function takeBackSent(card) {
  try {
    while (busy) await new Promise((done) => setTimeout(done, 50));
    const answer = await fetch(`/api/flashcards/${encodeURIComponent(card)}/undo`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Whether there is a review to take back. */
export const canUndo = () => held !== null;

/** Lets go of the review that is held, and sends. */
export function flush() {
  held = null;
  send();
}

async function send() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  try {
    for (let next = sendable(); next; next = sendable()) {
      const answer = await fetch(`/api/flashcards/${encodeURIComponent(next.card)}/review`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(next.body),
        keepalive: true,
      });
      if (!answer.ok && !FOR_GOOD.has(answer.status)) throw new Error(String(answer.status));
      store(load().filter((review) => review.body.review_id !== next.body.review_id));
      wait = 0;
    }
  } catch {
    wait = Math.min(60_000, Math.max(2_000, wait * 2));
    timer = setTimeout(send, wait);
  } finally {
    busy = false;
  }
}

const sendable = () => load().find((review) => review.body.review_id !== held);

addEventListener("online", send);
addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
