// Files on their way in: sent one by one, a row with a bar for each, and what became of it in the page's own words.
import { fill, part } from "./words.js";

/** Rows in `root`'s list of uploads. `fields` gives what is sent beside a file; `came` is told of each note and its row. */
export function uploads(root, words, { fields = () => ({}), came, done = () => {} }) {
  const waiting = [];
  let busy = 0;

  function row(name) {
    const item = part(root, "upload-template").content.firstElementChild.cloneNode(true);
    part(item, "name").textContent = name;
    part(root, "uploads").append(item);
    return item;
  }

  function add(file) {
    const item = row(file.name);
    if (words.most && file.size > words.most) return end(item, words.too_large, "bad");
    part(item, "retry").addEventListener("click", () => queue(file, item));
    queue(file, item);
  }

  function queue(file, item) {
    part(item, "retry").hidden = true;
    part(item, "progress").hidden = false;
    part(item, "progress").value = 0;
    tell(item, "");
    waiting.push([file, item]);
    next();
  }

  function next() {
    // Two at a time: that is what the server reads of one student at once.
    while (busy < 2 && waiting.length) {
      busy += 1;
      send(...waiting.shift()).finally(() => {
        busy -= 1;
        if (!busy && !waiting.length) done();
        next();
      });
    }
  }

  function send(file, item) {
    const progress = part(item, "progress");
    const body = new FormData();
    for (const [name, value] of Object.entries(fields())) if (value) body.append(name, value);
    body.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", "/api/upload");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (!lengthComputable) return;
      progress.value = loaded / total;
      tell(item, loaded < total ? fill(words.sending, { share: Math.floor((100 * loaded) / total) }) : words.reading);
    });
    return new Promise((resolve) => {
      request.addEventListener("load", () => resolve(ended(item, request)));
      for (const broke of ["error", "abort"]) {
        request.addEventListener(broke, () => resolve(end(item, words.lost, "bad", true)));
      }
      request.send(body);
    });
  }

  function ended(item, { status, responseText }) {
    const told = parse(responseText);
    if (status < 300 && told.note) {
      end(item, status === 200 ? words.known : words.ready, "good");
      // What was odd about the file that the note was made of says nothing of another with the same text.
      for (const warning of status === 200 ? [] : (told.warnings ?? [])) remark(item, warning);
      return came(told.note, item);
    }
    const known = words.faults[told.fault] ?? words.problems[told.code] ?? words.failed;
    end(item, known, "bad", status === 429 || status >= 500);
  }

  /** What was refused before it was sent. */
  const refuse = (name, fault) => end(row(name), words.faults[fault], "bad");

  return { add, refuse };
}

function end(item, sentence, kind, again = false) {
  part(item, "progress").hidden = true;
  part(item, "retry").hidden = !again;
  tell(item, sentence, kind);
}

function tell(item, sentence, kind) {
  const verdict = part(item, "verdict");
  verdict.textContent = kind === "good" ? `✓ ${sentence}` : sentence;
  verdict.className = kind ?? "";
}

/** Remarks of the reader of files are English. */
function remark(item, warning) {
  const line = document.createElement("span");
  line.className = "quiet";
  line.lang = "en";
  line.dir = "ltr";
  line.textContent = warning;
  part(item, "verdict").after(line);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
