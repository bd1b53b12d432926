// What if. The analysis stands in attributes that are never written: a page saved after a change opens with it again.
const $ = (query, root = document) => root.querySelector(query);
const all = (query, root = document) => [...root.querySelectorAll(query)];
const grid = $("#grid");
const w = Object.fromEntries(all("[id^=w-]").map((part) => [part.id.slice(2), part]));
const { file, title, version, day, beta, method: own } = grid.dataset;
const KEYS = { 1: "CC", 2: "C", 3: "N", 4: "I", 5: "II", x: "NA", X: "NA", " ": "" };
const rows = all("tbody tr", grid);
const feet = all("tfoot td", grid);
const buttons = all("#w-rate button");
const button = (rating) => buttons.find(({ value }) => value === rating);
const hypotheses = all("thead th[data-id]", grid).map((head) => ({ ...head.dataset, short: head.textContent }));
const analysis = rows.map(({ id, dataset: data, cells: [, ...cells] }) => ({
  ...data, id: id.slice(2), cells: cells.map((cell) => cell.dataset.was),
  credibility: +(data.credibility || 0), relevance: +(data.relevance || 0),
}));
const items = analysis.map((item) => ({ ...item, cells: [...item.cells] }));
// The cells and rows changed, each with the cell in whose panel its reason is asked for.
const changes = new Map();
const reasons = new Map();

const place = (cell) => [cell.parentNode.sectionRowIndex, cell.cellIndex - 1];
const ranked = (of) => rank(w.method.value, hypotheses, of, +beta);
const first = (found) => found.flatMap((one, at) => (one.rank === 1 ? [at] : []));
const names = (list) => new Intl.ListFormat("en-GB").format(list.map((at) => hypotheses[at].name)) || "nobody";
const chosen = () => w.method.selectedOptions[0];
function shown(score) {
  if (score === null) return "-";
  const method = w.method.value;
  if (method !== "bayes") return (method === "net" ? score : -score).toFixed(2).replace("-0.00", "0.00");
  const whole = Math.round(100 * score);
  return whole === 0 ? "<1%" : whole === 100 ? ">99%" : whole + "%";
}
function outcome(before, after) {
  const [was, is] = [names(before), names(after)];
  const does = after.length > 1 ? "share the lead" : "lead";
  const stays = after.some((at) => before.includes(at));
  if (was === is) return `${is} would still ${does}`;
  if (after.length === 1 && stays) return `${is} would lead alone`;
  return `${is} would ${does}, not ${was}${before.length === 1 && stays ? " alone" : ""}`;
}

// The answer to the analysts: commands that are safe in a shell, reasons as comments.
const line = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
const word = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : "'" + line(text).replace(/'/g, "'\\''") + "'");
function command([changed, asked]) {
  const row = changed.closest("tr").sectionRowIndex;
  const at = changed.cellIndex - 1;
  const said = (item) => (at >= 0 ? item.cells[at] || "blank" : item.out ? "withdrawn" : "active");
  const { id } = items[row];
  const what = at >= 0 ? `${id} ${hypotheses[at].id}` : `evidence:${id}.status`;
  const [now, before] = [items, items.with(row, analysis[row])].map(counting);
  const along = items.filter((item, nth) => nth !== row && before[nth] && !now[nth]).map((item) => item.id).join(", ");
  const why = line(reasons.get(asked) || "");
  const name = (file[0] === "-" ? "-- " : "") + word(file);
  return `ach set ${name} ${what} ${said(items[row])}   # was ${said(analysis[row])}`
    + (at < 0 && along ? `; takes along ${along}.` : ".") + (why && " Why: " + why);
}

function draw() {
  const [before, now] = [analysis, items].map(ranked);
  feet.forEach((foot, at) => {
    const [was, is] = [before[at].rank, now[at].rank];
    const arrow = !is || !was || is === was ? "" : is < was ? " \u25b2" : " \u25bc";
    $("b", foot).textContent = is ? `#${is}${arrow}` : "";
    $("span", foot).textContent = shown(now[at].score);
  });
  w.score.textContent = chosen().dataset.foot;
  counting(items).forEach((counts, at) => rows[at].classList.toggle("off", !counts));
  const [was, is] = [first(before), first(now)];
  const said = changes.size
    ? `Your what-if, ${changes.size} change${changes.size > 1 ? "s" : ""}, by ${chosen().text}: ${outcome(was, is)}.`
    : `The analysis as it stands, by ${chosen().text}: ${names(is)} ${is.length > 1 ? "level " : ""}in front.`;
  if (w.say.textContent !== said) w.say.textContent = said;
  w.band.hidden = !changes.size;
  w.back.hidden = !changes.size && w.method.value === own;
  w.copy.textContent = "Copy the answer";
  w.lines.value = [
    `# Answer to "${line(title)}"${day ? ", as of " + day : ""}, version ${version}`,
    changes.size ? `# By ${chosen().text} ${line(outcome(was, is))}` : "# Looked at it, changed nothing.",
    ...[...changes].map(command),
  ].join("\n");
}

function mark(changed, same, asked) {
  changes.delete(changed);
  if (!same) changes.set(changed, asked);
  draw();
}
function set(cell, rating) {
  const [row, column] = place(cell);
  const same = rating === cell.dataset.was;
  items[row].cells[column] = rating;
  if (same) delete cell.dataset.r;
  else cell.dataset.r = rating;
  cell.textContent = rating || "\u00b7";
  const added = same ? "" : `; changed to ${rating} ${$(".away", button(rating)).textContent}`;
  cell.ariaLabel = cell.ariaLabel.replace(/(; changed to .*)?$/, added);
  mark(cell, same, cell);
}
function toggle(row, asked) {
  const item = items[row.sectionRowIndex];
  item.out = item.out ? "" : "yes";
  mark(row, !item.out === !row.dataset.out, asked);
}

// The panel of one cell.
let cell, back;
function look() {
  const [row, column] = place(cell);
  const item = items[row];
  const kept = item.cells[column];
  for (const choice of buttons) {
    item.cells[column] = choice.value;
    const found = first(ranked(items));
    $("small", choice).textContent = found.length === 1 ? hypotheses[found[0]].short + " leads"
      : found.length ? found.length + " level" : "nobody leads";
    choice.setAttribute("aria-pressed", choice.value === kept);
  }
  item.cells[column] = kept;
  w.out.textContent = item.out ? "Count it again" : "Leave the item out";
}
function turn(to) {
  cell = to;
  const row = cell.parentNode;
  w.of.selectedIndex = cell.cellIndex - 1;
  const why = document.getElementById(`n-${row.id.slice(2)}.${w.of.value}`)?.querySelector(".why");
  w.title.textContent = "Item " + $(".no", row).textContent;
  w.text.textContent = $(".t", row).textContent;
  w.note.textContent = why?.textContent || "No note.";
  w.why.value = reasons.get(cell) || "";
  look();
}
function show(at, from) {
  back = from;
  turn(at);
  w.panel.hidden = false;
  $("[aria-pressed=true]", w.panel).focus({ preventScroll: true });
}
function close() {
  w.panel.hidden = true;
  back?.focus({ preventScroll: true });
}
buttons.forEach((choice) => { choice.onclick = () => { set(cell, choice.value); look(); }; });
w.panel.onkeydown = ({ key }) => { if (key === "Escape") close(); };
w.close.onclick = close;
w.of.onchange = ({ target }) => turn(cell.parentNode.cells[1 + target.selectedIndex]);
w.out.onclick = () => { toggle(cell.parentNode, cell); look(); };
w.why.oninput = ({ target }) => { reasons.set(cell, target.value); draw(); };
all("button.try").forEach((trial) => {
  const { item, hypothesis, to } = trial.dataset;
  const row = document.getElementById("r-" + item);
  trial.hidden = !row;
  trial.onclick = () => {
    const at = row.cells[1 + Math.max(0, hypotheses.findIndex(({ id }) => id === hypothesis))];
    if (to) set(at, to);
    show(at, trial);
  };
});

// One tab stop: arrows move in the grid.
let stop = rows[0].cells[1];
function go(to) {
  if (to.matches("th")) return;
  stop.tabIndex = -1;
  stop = to;
  stop.tabIndex = 0;
  stop.focus();
}
grid.onclick = ({ target }) => {
  const at = target.closest("tbody td");
  if (target.matches(".out")) toggle(target.closest("tr"));
  if (!at) return;
  go(at);
  show(at, at);
};
grid.onkeydown = (event) => {
  const at = event.target.closest("tbody td");
  if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  const row = at.parentNode;
  const below = (steps) => rows[row.sectionRowIndex + steps]?.cells[at.cellIndex];
  const to = { ArrowUp: below(-1), ArrowDown: below(1), ArrowLeft: row.cells[at.cellIndex - 1],
    ArrowRight: row.cells[at.cellIndex + 1], Home: row.cells[1], End: row.cells[feet.length] }[key];
  if (to) go(to);
  else if (key === "Delete") toggle(row);
  else if (key in KEYS && w.keys.checked) set(at, KEYS[key]);
  else if (key === "Enter" || key === " ") show(at, at);
  else return;
  event.preventDefault();
};

w.method.onchange = draw;
w.back.onclick = () => {
  w.method.value = own;
  reasons.clear();
  for (const changed of [...changes.keys()]) {
    if (rows.includes(changed)) toggle(changed);
    else set(changed, changed.dataset.was);
  }
  w.panel.hidden = true;
  draw();
};
async function copy(target, text, select) {
  try {
    await navigator.clipboard.writeText(text);
    target.textContent = "Copied";
  } catch {
    select();
    target.textContent = "Press Ctrl-C";
  }
}
w.copy.onclick = ({ target }) => copy(target, w.lines.value, () => {
  w.details.open = true;
  w.lines.select();
});
addEventListener("beforeprint", () => { w.details.open ||= changes.size; });

// The finding and its picture, to quote: always the analysis.
if (w.quote) {
  const picture = new XMLSerializer().serializeToString(w.picture.content.firstElementChild);
  w.save.href = URL.createObjectURL(new Blob([picture], { type: "image/svg+xml" }));
  w.cite.onclick = ({ target }) => copy(target, target.dataset.text, () => getSelection().selectAllChildren($("#lead")));
}

grid.setAttribute("role", "grid");
all("tbody td", grid).forEach((each) => { each.tabIndex = -1; });
stop.tabIndex = 0;
w.panel.hidden = true;
document.documentElement.classList.add("live");
all("td[data-r]", grid).forEach((saved) => set(saved, saved.dataset.was));
draw();
