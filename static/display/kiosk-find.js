/**
 * Search on the kiosk itself: what is typed leaves the screen never.
 * Texts come folded, with their pinyin and its initials (docs/search.md has the server's own, larger search).
 */

const [EXACT, INITIALS, START, WORD, SPELT, WITHIN, NEAR] = [0, 1, 2, 3, 4, 5, 6];
const PER_MATCH = 100;
const WEIGHT = 8;
const MOST = 60;
/** A place called so comes before one whose sort is called so. */
const OF_SORT = 30;
const MARKS = /[\u0300-\u036f]/g;

/** What was typed as texts are compared: small letters, no accents, words apart by single spaces. */
export function fold(text) {
  const plain = text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/['’]s?\b/g, "");
  return (plain.match(/[a-z0-9]+|[^\sa-z0-9\p{P}\p{S}]+/gu) ?? []).map(makeSingular).join(" ");
}

function makeSingular(word) {
  if (word.length < 4 || !/^[a-z0-9]+s$/.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(sses|shes|ches|xes)$/.test(word)) return word.slice(0, -2);
  return /(ss|us|is)$/.test(word) ? word : word.slice(0, -1);
}

/** Letters that are heard alike, as the server's search has them. */
const HEARD = [
  [/^ps/, "s"],
  [/ph/g, "f"],
  [/ck|q/g, "k"],
  [/c(?=[eiy])/g, "s"],
  [/(?<=[ys])ch(?=o)|ch(?=[lr])|c(?!h)/g, "k"],
  [/[ao]e/g, "e"],
  [/eu/g, "u"],
  [/y|ie|ee|ea/g, "i"],
  [/r?rh/g, "r"],
  [/z/g, "s"],
  [/(.)\1+/g, "$1"],
];

/** A word as somebody might write it who has only heard it: farmacy, fisio, kardiology. */
export function hear(word) {
  return HEARD.reduce((heard, [letters, sound]) => heard.replace(letters, sound), word);
}

/** How many slips are between two texts, counted up to `most`; more is Infinity. */
export function countSlips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    let least = at;
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[at - 1] === other[column - 1];
      let cost = Math.min(row[column] + 1, next[column - 1] + 1, row[column - 1] + (same ? 0 : 1));
      const swapped = at > 1 && column > 1 && one[at - 1] === other[column - 2] && one[at - 2] === other[column - 1];
      if (swapped) cost = Math.min(cost, before[column - 2] + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    [before, row] = [row, next];
  }
  return row[other.length] <= most ? row[other.length] : Infinity;
}

/** Finds places and sorts of places by their texts. */
export class Finder {
  constructor(places) {
    this.places = places;
    this.texts = places.texts.map(([words, pinyin, initials]) => ({
      words,
      plain: words.replaceAll(" ", ""),
      pinyin,
      initials,
      list: words.split(" "),
      heads: [...new Set([words.replaceAll(" ", ""), pinyin, ...words.split(" ")])].filter((one) => one.length > 2),
      heard: words.split(" ").filter((word) => /^[a-z]{4,}$/.test(word)).map(hear),
    }));
    this.uses = places.places.map((place) => ({
      place,
      own: place.texts,
      sort: places.categories[place.category].texts,
    }));
  }

  /** The places that fit what was typed, the best first; nothing typed finds nothing. */
  search(typed) {
    const query = fold(typed);
    if (!query) return [];
    const asked = { words: query, plain: query.replaceAll(" ", ""), list: query.split(" ") };
    const direct = this.rank(this.texts.map((text) => rateText(text, asked)));
    if (direct.length) return direct;
    const known = new Map();
    return this.rank(this.texts.map((text) => rateNear(text, asked, known)));
  }

  /** The floors that are called so: by their label, with their building or its letter. */
  searchFloors(typed) {
    const query = fold(typed).replaceAll(" ", "");
    if (!query) return [];
    const { floors, buildings } = this.places;
    return floors.filter((floor) => {
      const building = floor.building === null ? null : buildings[floor.building];
      const labels = [...Object.values(floor.label), ...Object.values(floor.name)].map((text) => fold(text).replaceAll(" ", ""));
      const owners = building ? [building.letter, ...Object.values(building.name)].filter(Boolean).map((text) => fold(text).replaceAll(" ", "")) : [];
      return labels.some((label) => label === query || owners.some((owner) => owner + label === query));
    });
  }

  rank(ratings) {
    const found = [];
    for (const { place, own, sort } of this.uses) {
      const rating = Math.min(rateAll(own, ratings, 0), rateAll(sort, ratings, OF_SORT));
      if (rating < Infinity) found.push([rating - WEIGHT * place.weight + Math.min(place.metres, 900) / 100, place]);
    }
    found.sort(([one], [other]) => one - other);
    return found.slice(0, MOST).map(([, place]) => place);
  }
}

function rateAll(numbers, ratings, more) {
  let best = Infinity;
  // the names come first: what a place is called besides them counts a little less
  numbers.forEach((number, at) => {
    best = Math.min(best, ratings[number] + more + Math.min(at, 4));
  });
  return best;
}

/** How badly a text fits: Infinity where it does not. */
function rateText(text, asked) {
  const { plain } = asked;
  if (text.plain === plain || text.pinyin === plain) return EXACT * PER_MATCH;
  if (text.initials && text.initials === plain) return INITIALS * PER_MATCH;
  if (text.plain.startsWith(plain)) return START * PER_MATCH + rest(text.plain, plain);
  if (text.pinyin.startsWith(plain)) return START * PER_MATCH + rest(text.pinyin, plain) / 2;
  if (plain.length > 1 && text.initials.startsWith(plain)) return START * PER_MATCH + 20 + rest(text.initials, plain);
  if (asked.list.every((word) => text.list.some((own) => own.startsWith(word)))) return WORD * PER_MATCH;
  if (plain.length > 2 && text.pinyin.includes(plain)) return SPELT * PER_MATCH + text.pinyin.indexOf(plain);
  if (text.plain.includes(plain) && (plain.length > 2 || /[^a-z0-9]/.test(plain))) return WITHIN * PER_MATCH;
  return Infinity;
}

function rest(whole, part) {
  return Math.min(whole.length - part.length, 19);
}

/** The same with a slip or two, or within more words; short words are not guessed at. */
function rateNear(text, asked, known) {
  const { plain } = asked;
  const more = plain.length - text.plain.length;
  // 我要抽血, where is the nearest toilet
  if (more > 0 && text.plain.length >= (/[a-z0-9]/.test(text.plain) ? 4 : 2) && plain.includes(text.plain))
    return NEAR * PER_MATCH + Math.min(more, 15);
  const most = plain.length < 4 ? 0 : plain.length < 8 ? 1 : 2;
  if (!most) return Infinity;
  const sound = /^[a-z]+$/.test(plain) ? hear(plain) : "";
  if (sound.length > 3 && text.heard.some((word) => word.startsWith(sound))) return NEAR * PER_MATCH;
  let slips = Infinity;
  for (const whole of text.heads) {
    for (const head of whole.length > plain.length ? [whole, whole.slice(0, plain.length)] : [whole]) {
      // many texts share their words
      if (!known.has(head)) known.set(head, countSlips(plain, head, most));
      slips = Math.min(slips, known.get(head));
    }
  }
  return slips < Infinity ? NEAR * PER_MATCH + slips * 20 : Infinity;
}
