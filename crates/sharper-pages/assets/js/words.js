// What the page hands its script: JSON blocks, and sentences with {named} gaps.

/** The JSON of the block that the selector names. */
export const read = (selector) => JSON.parse(document.querySelector(selector).textContent);

/** The pattern with each {name} replaced. */
export const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

/** The first element inside `root` with this data attribute. */
export const part = (root, name) => root.querySelector(`[data-${name}]`);

/** The address of a passage in its note, as the server writes it. */
export const passage = ({ note_id, note_version, start, end }) =>
  `/notes/${encodeURIComponent(note_id)}?from=${start}&to=${end}&v=${note_version}#passage`;
