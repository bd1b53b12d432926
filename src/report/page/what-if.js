// What if: a reader changes ratings and leaves items out. The analysis stands in `data-was`, which is never written, so
// that a page saved after a change opens with the analysis again.
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const $ = (query, root = document) => root.querySelector(query);
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const grid = $("#grid");
  const picker = $("#w-method");
  const panel = $("#w-panel");
  const { file, title, version, day, beta, method: own } = grid.dataset;
  const KEYS = { 1: "CC", 2: "C", 3: "N", 4: "I", 5: "II", x: "NA", X: "NA", " ": "" };
  const words = new Map(all(".ratings li").map((entry) =>
    [entry.firstChild.dataset.was, entry.lastChild.textContent.trim().replace(/:.*/, "")]));
  const rows = all("tbody tr", grid);
  const cells = rows.map((row) => all("td", row));
  const feet = all("tfoot td", grid);
  const hypotheses = all("thead th[data-h]", grid).map(({ dataset: d, textContent: short }) => ({
    id: d.h, name: d.name, short, prior: "prior" in d ? +d.prior : null, family: d.family ?? null,
    rejected: "rejected" in d, residual: "residual" in d,
  }));
  const analysis = rows.map(({ id, dataset: d }, row) => ({
    id: id.slice(2), cells: cells[row].map((cell) => cell.dataset.was), cred: +(d.c || 0), rel: +(d.v || 0),
    group: d.g, premises: d.b ? d.b.split(" ") : [], out: "w" in d, unsearched: "u" in d,
  }));
  const copied = () => analysis.map((item) => ({ ...item, cells: [...item.cells] }));
  let items = copied();
  let method = own;
  const changed = new Set();
  const moved = new Set();
  const reasons = new Map();

  const leaders = (of) => rank(method, hypotheses, of, +beta).flatMap((found, at) => (found.rank === 1 ? [at] : []));
  const names = (list) => list.map((at) => hypotheses[at].name).join(", ").replace(/, ([^,]*)$/, " and $1") || "nobody";
  const count = (number, word) => number + " " + word + (number === 1 ? "" : "s");
  const by = () => picker.selectedOptions[0].textContent;
  function shown(score) {
    if (score === null) return "-";
    if (method !== "bayes") return (method === "net" ? score : -score).toFixed(2).replace("-0.00", "0.00");
    const whole = Math.round(100 * score);
    return whole === 0 ? "<1%" : whole === 100 ? ">99%" : whole + "%";
  }
  function outcome(before, after) {
    const [was, is] = [names(before), names(after)];
    const does = after.length > 1 ? "share the lead" : "lead";
    if (was === is) return is + " would still " + does;
    if (after.length === 1 && before.includes(after[0])) return is + " would lead alone, no longer level with others";
    return is + " would " + does + ", not " + was + (before.length === 1 && before.some((at) => after.includes(at)) ? " alone" : "");
  }

  // The answer to the analysts: commands that are safe in a shell, reasons as comments.
  const line = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  const word = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : "'" + line(text).replace(/'/g, "'\\''") + "'");
  function answer(before, after) {
    const lines = ["# Answer to \"" + line(title) + "\"" + (day ? ", as of " + day : "") + ", version " + version];
    const set = (what, value, was, key) => lines.push("ach set " + (file[0] === "-" ? "-- " : "") + word(file) + " " + what
      + " " + value + "   # was " + was + "." + (reasons.get(key) ? " Why: " + line(reasons.get(key)) : ""));
    if (changed.size + moved.size === 0) lines.push("# Looked at it, changed nothing.");
    else lines.push("# By " + by() + " " + line(outcome(before, after)));
    for (const key of changed) {
      const [row, column] = key.split(" ");
      set(items[row].id + " " + hypotheses[column].id, items[row].cells[column] || "blank",
        analysis[row].cells[column] || "blank", key);
    }
    for (const row of moved) {
      const with_ = counting(items.map((item, at) => (at === row ? { ...item, out: false } : item)));
      const now = counting(items);
      const along = items.filter((item, at) => at !== row && with_[at] && !now[at]).map((item) => item.id);
      const [status, was] = items[row].out ? ["withdrawn", "active"] : ["active", "withdrawn"];
      set("evidence:" + items[row].id + ".status", status, was + (along.length ? "; takes along " + along.join(", ") : ""));
    }
    return lines.join("\n");
  }

  function drawCell(row, column) {
    const cell = cells[row][column];
    const rating = items[row].cells[column];
    const same = rating === cell.dataset.was;
    if (same) delete cell.dataset.r;
    else cell.dataset.r = rating;
    cell.textContent = rating || "\u00b7";
    const label = cell.getAttribute("aria-label").replace(/; changed by a reader: .*/, "");
    cell.setAttribute("aria-label", label + (same ? "" : "; changed by a reader: " + (rating || "blank") + ", " + words.get(rating)));
  }

  function draw() {
    const now = rank(method, hypotheses, items, +beta);
    const before = rank(method, hypotheses, analysis, +beta);
    feet.forEach((foot, at) => {
      const [is, was] = [now[at].rank, before[at].rank];
      const arrow = is && was && is !== was ? (is < was ? " \u25b2" : " \u25bc") : "";
      foot.replaceChildren(...(is ? [make("b", { textContent: "#" + is + arrow }), " "] : []),
        make("span", { textContent: shown(now[at].score) }));
    });
    $("#w-score").textContent = picker.selectedOptions[0].dataset.foot;
    const counts = counting(items);
    rows.forEach((row, at) => { if (row.classList.contains("off") === counts[at]) row.classList.toggle("off"); });
    const changes = changed.size + moved.size;
    const [was, is] = [leaders(analysis), leaders(items)];
    const method_ = method === own ? "" : "by " + by() + " ";
    const band = $("#w-band");
    band.hidden = !changes;
    band.textContent = changes ? " Changed by a reader, " + count(changed.size, "cell") + ", " + count(moved.size, "item")
      + " left out: not the analysis." : "";
    $("#w-bar").hidden = !changes && method === own;
    $("#w-details").hidden = $("#w-copy").hidden = !changes;
    const said = changes ? "Your what-if, " + count(changes, "change") + ": " + method_ + outcome(was, is) + "."
      : "The analysis as it stands, " + method_ + ": " + names(is) + (is.length > 1 ? " level in front." : " in front.");
    if ($("#w-say").textContent !== said) $("#w-say").textContent = said;
    $("#w-copy").textContent = "Copy the changes";
    $("#w-lines").value = answer(was, is);
  }

  function set(row, column, rating) {
    items[row].cells[column] = rating;
    changed[rating === analysis[row].cells[column] ? "delete" : "add"](row + " " + column);
    drawCell(row, column);
    draw();
  }

  function toggle(row) {
    items[row].out = !items[row].out;
    moved[items[row].out === analysis[row].out ? "delete" : "add"](row);
    draw();
  }

  // The panel of one cell.
  let at = [0, 0];
  let back = null;
  const buttons = [...words.keys()].map((rating) => {
    const button = make("button", { type: "button", value: rating, onclick: () => { set(...at, rating); look(); } });
    const chip = make("span", { className: "chip", textContent: rating || "blank" });
    chip.dataset.was = rating;
    button.append(chip, make("span", { className: "away", textContent: " " + words.get(rating) + ": " }), make("small"));
    return button;
  });
  $("#w-rate").replaceChildren(...buttons);

  function look() {
    const item = items[at[0]];
    const kept = item.cells[at[1]];
    for (const button of buttons) {
      item.cells[at[1]] = button.value;
      const found = leaders(items);
      button.lastChild.textContent = found.length === 1 ? hypotheses[found[0]].short + " leads"
        : found.length ? found.length + " level" : "nobody leads";
      button.setAttribute("aria-pressed", button.value === kept);
    }
    item.cells[at[1]] = kept;
    $("#w-out").textContent = item.out ? "Count the item again" : "Leave the whole item out";
  }

  function open(row, column, from) {
    at = [row, column];
    back = from;
    const why = document.getElementById("n-" + items[row].id + "." + hypotheses[column].id)?.querySelector(".why");
    $("#w-title").textContent = "Item " + $(".no", rows[row]).textContent + ", " + hypotheses[column].name;
    $("#w-text").textContent = $(".t", rows[row]).textContent;
    $("#w-note").textContent = why ? "Why: " + why.textContent : "No note to this rating.";
    $("#w-why").value = reasons.get(at.join(" ")) || "";
    look();
    panel.hidden = false;
    buttons.find((button) => button.value === items[row].cells[column]).focus({ preventScroll: true });
  }

  function close() {
    panel.hidden = true;
    back?.focus({ preventScroll: true });
  }

  // One tab stop: arrows move through the grid.
  let stop = cells[0][0];
  function go(row, column) {
    const cell = cells[row]?.[column];
    if (!cell) return;
    stop.tabIndex = -1;
    stop = cell;
    cell.tabIndex = 0;
    cell.focus();
  }
  const place = (cell) => {
    const row = rows.indexOf(cell.parentNode);
    return [row, cells[row].indexOf(cell)];
  };
  grid.onclick = ({ target }) => {
    const cell = target.closest("td[data-was]");
    if (target.matches("button.out")) toggle(rows.indexOf(target.closest("tr")));
    if (!cell) return;
    go(...place(cell));
    open(...place(cell), cell);
  };
  grid.onkeydown = (event) => {
    const cell = event.target.closest("td[data-was]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const [row, column] = place(cell);
    const to = { ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1], Home: [row, 0], End: [row, feet.length - 1] }[key];
    if (to) go(...to);
    else if (key === "Delete") toggle(row);
    else if (key in KEYS && $("#w-keys").checked) set(row, column, KEYS[key]);
    else if (key === "Enter" || key === " ") open(row, column, cell);
    else return;
    event.preventDefault();
  };
  panel.onkeydown = ({ key }) => { if (key === "Escape") close(); };
  $("#w-close").onclick = close;
  $("#w-out").onclick = () => { toggle(at[0]); look(); };
  $("#w-why").oninput = ({ target }) => { reasons.set(at.join(" "), target.value); draw(); };
  picker.onchange = () => { method = picker.value; draw(); };
  $("#w-back").onclick = () => {
    items = copied();
    changed.forEach((key) => drawCell(...key.split(" ")));
    [changed, moved, reasons].forEach((kept) => kept.clear());
    method = picker.value = own;
    if (!panel.hidden) close();
    draw();
  };
  $("#w-copy").onclick = ({ target }) => {
    const byHand = () => {
      $("#w-details").open = true;
      $("#w-lines").select();
      target.textContent = "Press Ctrl-C to copy";
    };
    if (!navigator.clipboard) byHand();
    else navigator.clipboard.writeText($("#w-lines").value).then(() => { target.textContent = "Copied"; }, byHand);
  };
  all("button.try").forEach((button) => {
    const { i, h, to } = button.dataset;
    const [row, column] = [items.findIndex(({ id }) => id === i), hypotheses.findIndex(({ id }) => id === h)];
    if (row < 0) return;
    button.hidden = false;
    button.onclick = () => { set(row, column, to); open(row, column, button); };
  });
  addEventListener("beforeprint", () => { if (changed.size + moved.size) $("#w-details").open = true; });

  all("td[data-r]", grid).forEach((cell) => drawCell(...place(cell)));
  rows.forEach((row) => {
    all("button.out", row).forEach((button) => button.remove());
    const name = "Leave item " + $(".no", row).textContent + " out";
    const button = make("button", { type: "button", className: "out", tabIndex: -1, title: name, textContent: "\u00d7" });
    button.setAttribute("aria-label", name);
    row.firstChild.append(button);
  });
  grid.setAttribute("role", "grid");
  cells.flat().forEach((cell) => { cell.tabIndex = -1; });
  stop.tabIndex = 0;
  $(".frame").removeAttribute("tabindex");
  $(".tools").hidden = false;
  panel.hidden = true;
  picker.value = own;
  document.documentElement.classList.add("live");
  draw();
})();
