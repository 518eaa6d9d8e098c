// One item of any kind, put into a copy of the template that the server rendered. By the same rules as `ItemView`.
import { fill, part, passage } from "./words.js";

const quotesOf = (data) =>
  (data.sources ?? (data.source ? [data.source] : [])).map((source) => ({ text: source.quote, href: passage(source) }));

/** What an item says, by its kind. A quote that the item says itself is not shown again. */
export function viewOf(kind, data, words) {
  const view = sidesOf(kind, data, words);
  const quotes = view.quotes.filter(({ text }) => !view.lead.includes(text) && !view.body.includes(text));
  return { ...view, quotes, place: view.quotes[0]?.href ?? "", verbatim: view.quotes.length > 0 && quotes.length === 0 };
}

function sidesOf(kind, data, words) {
  const view = { label: "", lead: "", options: [], body: "", explanation: "", quotes: quotesOf(data), tags: [] };
  const level = words[data.difficulty] ?? data.difficulty;
  switch (kind) {
    case "card":
      return { ...view, lead: data.question, body: data.answer, explanation: data.explanation ?? "", tags: [data.topic, level] };
    case "question": {
      const truth = data.type === "true_false";
      return {
        ...view,
        folded: true,
        label: words[data.type] ?? "",
        lead: data.question,
        options: truth ? [words.true, words.false] : data.options,
        body: truth ? words[String(data.correct_answer)] : data.correct_answer,
        explanation: data.explanation,
        tags: [data.topic, level, fill(words.points, { count: data.points })],
      };
    }
    case "point":
      return { ...view, label: words[`importance_${data.importance}`], lead: data.point, body: data.details, tags: [data.heading] };
    case "term":
      return { ...view, label: words.term, lead: data.term, body: data.definition };
    case "finding":
      return { ...view, label: words[data.kind] ?? "", lead: data.point, body: data.details, tags: [data.topic] };
    case "topic":
      return { ...view, lead: data.topic, body: data.why, tags: [fill(words.share, { count: Math.round(data.weight * 100) })] };
    default:
      return { ...view, lead: data.text ?? "" };
  }
}

function several(root, make, texts) {
  root.replaceChildren(...texts.filter(Boolean).map((text) => make(text)));
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.dir = "auto";
  made.textContent = text;
  return made;
}

/** An element for an item, from the templates in `root`. */
export function itemElement(root, view, number) {
  const template = part(root, view.folded ? "question-template" : "item-template");
  const made = template.content.firstElementChild.cloneNode(true);
  made.dataset.item = number;
  for (const name of ["label", "lead", "body", "explanation"]) part(made, name).textContent = view[name] ?? "";
  const options = part(made, "options");
  if (options) several(options, (text) => element("li", text), view.options);
  several(part(made, "tags"), (text) => element("span", text), view.tags);
  part(made, "verbatim").hidden = !view.verbatim;
  part(made, "place").href = view.place;
  const from = part(made, "from");
  const quote = part(from, "quote");
  from.hidden = view.quotes.length === 0;
  quote.replaceWith(
    ...view.quotes.map(({ text, href }) => {
      const one = quote.cloneNode(true);
      one.firstElementChild.textContent = text;
      one.lastElementChild.href = href;
      return one;
    }),
  );
  return made;
}
