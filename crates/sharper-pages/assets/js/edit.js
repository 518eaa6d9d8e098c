// The editor: shows how the text will look while it is written, and keeps what was typed in this browser until it is saved.
import { part, read } from "./words.js";

const form = document.querySelector("[data-edit]");
const words = read("[data-words]");
const { title, content, version } = form.elements;
const preview = part(form, "preview");
const said = part(form, "said");
const discard = part(form, "discard");
const key = `draft:${form.dataset.draft}`;
const served = { title: title.value, content: content.value };

const storage = (act) => {
  try {
    return act(localStorage);
  } catch {
    // Without storage what was typed lasts as long as the page.
    return null;
  }
};

function keep(sent = false) {
  const draft = { title: title.value, content: content.value, version: version.value, sent };
  storage((store) => store.setItem(key, JSON.stringify(draft)));
}

function forget() {
  storage((store) => store.removeItem(key));
  discard.hidden = true;
}

let asked;
async function look() {
  asked?.abort();
  asked = new AbortController();
  if (!content.value.trim()) {
    preview.textContent = words.no_preview;
    return;
  }
  try {
    const answer = await fetch("/notes/preview", {
      method: "POST",
      body: new URLSearchParams({ content: content.value, title: title.value, part: "1" }),
      signal: asked.signal,
    });
    // The server cleaned it: nothing in it runs.
    if (answer.ok) preview.innerHTML = await answer.text();
  } catch {
    // The next keystroke asks again.
  }
}

let pause;
form.addEventListener("input", () => {
  keep();
  clearTimeout(pause);
  pause = setTimeout(look, 400);
});
form.addEventListener("submit", (event) => {
  if (navigator.onLine) return keep(true);
  event.preventDefault();
  keep();
  said.textContent = words.offline;
});
discard.addEventListener("click", () => {
  title.value = served.title;
  content.value = served.content;
  forget();
  said.textContent = "";
  look();
});
addEventListener("offline", () => {
  said.textContent = words.offline;
});
addEventListener("online", () => {
  said.textContent = "";
});

const draft = JSON.parse(storage((store) => store.getItem(key)) ?? "null");
const same = draft && draft.title === served.title && draft.content === served.content;
const refused = document.querySelector("#problem");
// A draft that was sent and is not refused here was saved, by this tab or another.
if (same || (draft?.sent && !refused && draft.version !== version.value) || (draft?.sent && form.dataset.draft === "new")) {
  forget();
} else if (draft && !refused) {
  title.value = draft.title;
  content.value = draft.content;
  // Saving goes by the version that the draft was made from: what was saved since is not overwritten unseen.
  version.value = draft.version;
  said.textContent = words.kept;
  discard.hidden = false;
}
look();
