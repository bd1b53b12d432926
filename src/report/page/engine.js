// Scores and ranks by the rules of docs/method.md. Cells are ratings, "" for a blank; weights are -1 to 1.
const VALUE = { CC: 2, C: 1, N: 0, I: -1, II: -2 };
// The additive scores are (a + b * sqrt 2) / 2 with whole numbers a and b, so that ties are exact.
const HALVES = [[1, 0], [0, 1], [2, 0], [0, 2], [4, 0]];
const RELIABILITY = [0.5, 0.8, 0.95];

function sign([a, b], [c, d] = [0, 0]) {
  const [x, y] = [a - c, b - d];
  return x * y >= 0 ? Math.sign(x || y) : Math.sign(x) * Math.sign(x * x - 2 * y * y);
}

// Whether each item counts: it is neither left out nor rests on one that is.
function counting(items) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const premises = (item) => (item.premises || "").split(" ").flatMap((id) => byId.get(id) ?? []);
  const known = new Map();
  const counts = (item) => {
    if (!known.has(item)) known.set(item, !item.out && premises(item).every(counts));
    return known.get(item);
  };
  return items.map(counts);
}

function contribution(method, { credibility, relevance }, rating, beta) {
  const value = VALUE[rating] || 0;
  if (method === "bayes") {
    const p = 1 / (1 + 10 ** (-beta * Math.SQRT2 ** relevance * value));
    const r = RELIABILITY[credibility + 1];
    return [Math.log(2 * (r * p + (1 - r) / 2)), 0];
  }
  const counted = method === "net" ? value : Math.min(0, value);
  return HALVES[method === "inconsistency" ? 2 : credibility + relevance + 2].map((half) => counted * half);
}

// The sum for one hypothesis: of the items of a group only the strongest counts, for it and against it.
function sum(method, items, hypothesis, beta) {
  const total = [0, 0];
  const add = ([a, b]) => {
    total[0] += a;
    total[1] += b;
  };
  const groups = new Map();
  for (const item of items) {
    const one = contribution(method, item, item.cells[hypothesis], beta);
    if (item.group === undefined) add(one);
    else {
      const [low, high] = groups.get(item.group) || [[0, 0], [0, 0]];
      groups.set(item.group, [sign(one, low) < 0 ? one : low, sign(one, high) > 0 ? one : high]);
    }
  }
  for (const ends of groups.values()) ends.forEach(add);
  return total;
}

function priors(hypotheses, competes) {
  const given = hypotheses.some(({ rejected, prior }) => !rejected && prior);
  const families = hypotheses.map(({ family }, at) => family ?? at);
  const among = families.filter((_, at) => competes[at]);
  const share = (family) => 1 / new Set(among).size / among.filter((other) => other === family).length;
  return hypotheses.map(({ prior }, at) => (given ? +prior : share(families[at])));
}

// The score of each hypothesis, null where it has none, and its rank.
function rank(method, hypotheses, items, beta) {
  const counts = counting(items);
  const counted = items.filter((item, at) => counts[at] && !item.unsearched);
  const rated = hypotheses.map((_, at) => counted.some((item) => item.cells[at] in VALUE));
  const named = hypotheses.map(({ rejected, residual }, at) => !rejected && !residual && rated[at]);
  const bayes = method === "bayes";
  const open = bayes && named.includes(true);
  const competes = hypotheses.map(({ rejected, residual }, at) => named[at] || (open && residual && !rejected));
  const sums = hypotheses.map((_, at) => (competes[at] || rated[at] ? sum(method, counted, at, beta) : null));
  if (bayes) priors(hypotheses, competes).forEach((prior, at) => { if (competes[at]) sums[at][0] += Math.log(prior); });
  const better = (x, y) => (bayes ? x[0] > y[0] + 1e-9 : sign(x, y) > 0);
  const among = sums.filter((_, at) => competes[at]);
  const top = Math.max(...among.map(([found]) => found));
  const all = among.reduce((total, [found]) => total + Math.exp(found - top), 0);
  return sums.map((found, at) => {
    if (!found || (bayes && !competes[at])) return { score: null };
    const score = bayes ? Math.exp(found[0] - top) / all : (found[0] + found[1] * Math.SQRT2) / 2;
    return { score, rank: competes[at] ? 1 + among.filter((other) => better(other, found)).length : null };
  });
}
