// Which of many things somebody means who types a few letters. Pure: tested by cases.

const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/gu, "").toLowerCase().trim();

/** Return how well a text answers a query: 0 not, 4 it is it, 3 begins so, 2 a word begins so, 1 has it. */
function score(text, query) {
  if (text === query) return 4;
  if (text.startsWith(query)) return 3;
  const at = text.indexOf(query);
  if (at < 0) return 0;
  return /[\s\-_.,;/()（）·]/u.test(text[at - 1]) ? 2 : 1;
}

/**
 * List the options that a query means, the best first; all where nothing is typed.
 * Every word of it must be somewhere in an option. What an option is called counts before what else it is known by.
 * @param {{label: string, search?: string[]}[]} options
 */
export function rank(options, query, most = 60) {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  if (!words.length) return options.slice(0, most);
  const found = [];
  options.forEach((option, index) => {
    option.folded ??= [option.label, ...(option.search ?? [])].map((text) => fold(String(text)));
    let sum = 0;
    for (const word of words) {
      let best = 0;
      option.folded.forEach((text, place) => { best = Math.max(best, score(text, word) * 2 + (place === 0 ? 1 : 0) * Math.sign(score(text, word))); });
      if (!best) return;
      sum += best;
    }
    const whole = Math.max(...option.folded.map((text) => score(text, fold(query))));
    found.push({ option, sum: sum + whole * 4, index, length: option.folded[0].length });
  });
  found.sort((a, b) => b.sum - a.sum || a.length - b.length || a.index - b.index);
  return found.slice(0, most).map((one) => one.option);
}
