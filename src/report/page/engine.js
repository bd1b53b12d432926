"use strict";
// Scores and ranks by the rules of docs/method.md. A hypothesis has rejected, residual, prior and family; an item has
// id, cells (a rating for each hypothesis, "" for a blank), cred and rel (-1 to 1), group, premises, out and unsearched.
const VALUE = { CC: 2, C: 1, N: 0, I: -1, II: -2 };
// The additive scores are (a + b * sqrt 2) / 2 with whole numbers a and b, so that ties are exact.
const HALVES = [[1, 0], [0, 1], [2, 0], [0, 2], [4, 0]];
const RELIABILITY = [0.5, 0.8, 0.95];
const RELEVANCE = [Math.SQRT1_2, 1, Math.SQRT2];

function sign(a, b) {
  return a * b >= 0 ? Math.sign(a || b) : Math.sign(a) * Math.sign(a * a - 2 * b * b);
}

// Whether each item counts: it is neither left out nor rests on one that is.
function counting(items) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const known = new Map();
  const counts = (item) => {
    if (!known.has(item)) {
      known.set(item, true);
      known.set(item, !item.out && item.premises.every((id) => !byId.has(id) || counts(byId.get(id))));
    }
    return known.get(item);
  };
  return items.map(counts);
}

function contribution(method, item, rating, beta) {
  const value = VALUE[rating] || 0;
  if (method === "bayes") {
    const p = 1 / (1 + 10 ** (-beta * RELEVANCE[item.rel + 1] * value));
    const r = RELIABILITY[item.cred + 1];
    return [Math.log(2 * (r * p + (1 - r) / 2)), 0];
  }
  const [a, b] = method === "inconsistency" ? HALVES[2] : HALVES[item.cred + item.rel + 2];
  const counted = method === "net" ? value : Math.min(0, value);
  return [counted * a, counted * b];
}

// The sum for one hypothesis: of the items of a group only the strongest counts, for it and against it.
function sum(method, items, hypothesis, beta) {
  let total = [0, 0];
  const groups = new Map();
  for (const item of items) {
    const one = contribution(method, item, item.cells[hypothesis], beta);
    if (!item.group) {
      total = [total[0] + one[0], total[1] + one[1]];
      continue;
    }
    if (!groups.has(item.group)) groups.set(item.group, [[0, 0], [0, 0]]);
    const ends = groups.get(item.group);
    if (sign(one[0] - ends[0][0], one[1] - ends[0][1]) < 0) ends[0] = one;
    if (sign(one[0] - ends[1][0], one[1] - ends[1][1]) > 0) ends[1] = one;
  }
  for (const [low, high] of groups.values()) {
    total = [total[0] + low[0] + high[0], total[1] + low[1] + high[1]];
  }
  return total;
}

function priors(hypotheses, competes) {
  const given = hypotheses.some((hypothesis) => !hypothesis.rejected && hypothesis.prior !== null);
  const names = hypotheses.map((hypothesis, at) => (hypothesis.family === null ? at : "f" + hypothesis.family));
  const families = new Map();
  names.forEach((name, at) => { if (competes[at]) families.set(name, (families.get(name) || 0) + 1); });
  return hypotheses.map((hypothesis, at) => (given ? hypothesis.prior : 1 / families.size / families.get(names[at])));
}

// The score and rank of each hypothesis, null where it has none.
function rank(method, hypotheses, items, beta) {
  const counts = counting(items);
  const counted = items.filter((item, at) => counts[at] && !item.unsearched);
  const rated = hypotheses.map((_, at) => counted.some((item) => item.cells[at] in VALUE));
  const competes = hypotheses.map((hypothesis, at) => !hypothesis.rejected && !hypothesis.residual && rated[at]);
  const bayes = method === "bayes";
  if (bayes && competes.includes(true)) {
    hypotheses.forEach((hypothesis, at) => {
      if (hypothesis.residual && !hypothesis.rejected) competes[at] = true;
    });
  }
  const sums = hypotheses.map((_, at) => (competes[at] || rated[at] ? sum(method, counted, at, beta) : null));
  if (bayes) {
    const before = priors(hypotheses, competes);
    sums.forEach((found, at) => { if (competes[at]) found[0] += Math.log(before[at]); });
  }
  const better = (x, y) => (bayes ? x[0] > y[0] + 1e-9 : sign(x[0] - y[0], x[1] - y[1]) > 0);
  const among = sums.filter((_, at) => competes[at]);
  const top = Math.max(...among.map((found) => found[0]));
  const all = among.reduce((total, found) => total + Math.exp(found[0] - top), 0);
  return sums.map((found, at) => {
    if (bayes && !competes[at]) return { score: null, rank: null };
    const score = found === null ? null
      : bayes ? Math.exp(found[0] - top) / all : (found[0] + found[1] * Math.SQRT2) / 2;
    return { score, rank: competes[at] ? 1 + among.filter((other) => better(other, found)).length : null };
  });
}
