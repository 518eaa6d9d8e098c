// A study session: which card comes next. Pure, and by the same rules as the server's `Session`.

export const AGAIN = 1;
export const HARD = 2;

/** Plays reviews `[cardId, grade]`, oldest first, over card ids: the queue, and the grades of each card. */
export function replay(ids, reviews) {
  let queue = [...ids];
  const grades = new Map(ids.map((id) => [id, []]));
  for (const [id, grade] of reviews) {
    if (!grades.has(id)) continue;
    grades.get(id).push(grade);
    queue = queue.filter((waiting) => waiting !== id);
    if (grade === AGAIN) queue.push(id);
  }
  return { queue, grades };
}

/** How many cards got this grade when they were first seen. */
export const firstGraded = ({ grades }, grade) => [...grades.values()].filter((given) => given[0] === grade).length;

/** The ids of the cards to look at again: not known, or hard, at any time. */
export const toLookAt = ({ grades }) =>
  [...grades].filter(([, given]) => given.some((grade) => grade <= HARD)).map(([id]) => id);
