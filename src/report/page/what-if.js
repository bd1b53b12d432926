// What if: a reader changes ratings and leaves items out. The analysis stands in attributes that are never written
// (`data-was`), so that a page that was saved after a change opens with the analysis again.
(() => {
  const $ = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const grid = $("#grid");
  const WORDS = {
    CC: "very consistent", C: "consistent", N: "neutral", I: "inconsistent", II: "very inconsistent",
    NA: "not applicable", "": "not rated yet",
  };
  const KEYS = { 1: "CC", 2: "C", 3: "N", 4: "I", 5: "II", x: "NA", X: "NA", " ": "" };
  const METHODS = {
    inconsistency: "inconsistency", weighted: "weighted inconsistency", net: "net score",
    bayes: "posterior probability",
  };
  const number = (node, name) => Number(node.dataset[name] || 0);
  const heads = all("thead th[data-h]", grid);
  const rows = all("tbody tr", grid);
  const cells = rows.map((row) => all("td", row));
  const feet = all("tfoot td", grid);
  const hypotheses = heads.map((head) => ({
    id: head.dataset.h,
    name: head.dataset.name,
    prior: head.dataset.prior === undefined ? null : Number(head.dataset.prior),
    family: head.dataset.family === undefined ? null : head.dataset.family,
    rejected: "rejected" in head.dataset,
    residual: "residual" in head.dataset,
  }));
  const items = rows.map((row, at) => ({
    id: row.id.slice(2),
    cells: cells[at].map((cell) => cell.dataset.was),
    cred: number(row, "c"),
    rel: number(row, "v"),
    group: row.dataset.g,
    premises: row.dataset.b ? row.dataset.b.split(" ") : [],
    out: "w" in row.dataset,
    unsearched: "u" in row.dataset,
  }));
  const { file, title, version, day } = grid.dataset;
  const beta = Number(grid.dataset.beta);
  const own = grid.dataset.method;
  let method = own;
  const changed = new Map();
  const moved = new Set();
  const reasons = new Map();

  const names = (list) => {
    if (list.length === 0) return "nobody";
    const shown = list.map((at) => hypotheses[at].name);
    return list.length === 1 ? shown[0] : shown.slice(0, -1).join(", ") + " and " + shown.at(-1);
  };
  const leaders = (standing) => standing.flatMap((found, at) => (found.rank === 1 ? [at] : []));
  const of = (row, column) => {
    const key = row + " " + column;
    return changed.has(key) ? changed.get(key) : cells[row][column].dataset.was;
  };
  const now = () => rank(method, hypotheses, items, beta);
  const analysis = () => {
    const before = items.map((item, row) => ({
      ...item,
      cells: cells[row].map((cell) => cell.dataset.was),
      out: "w" in rows[row].dataset,
    }));
    return rank(method, hypotheses, before, beta);
  };
  const shown = (score) => {
    if (score === null) return "-";
    if (method === "bayes") {
      const whole = Math.round(100 * score);
      return whole === 0 ? "<1%" : whole === 100 ? ">99%" : whole + "%";
    }
    const text = (method === "net" ? score : -score).toFixed(2);
    return text === "-0.00" ? "0.00" : text;
  };
  const outcome = (before, after) => {
    const [was, is] = [names(before), names(after)];
    const alone = after.length === 1;
    if (was === is) return alone ? is + " would still lead" : is + " would still share the lead";
    if (after.length === 0) return "nobody would lead";
    if (alone && before.includes(after[0])) return is + " would lead alone, no longer level with others";
    if (alone) return is + " would lead, not " + was;
    return is + " would share the lead, not " + was + (before.length === 1 ? " alone" : "");
  };

  // The words of a shell: quoted where needed, on one line.
  const word = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\\''") + "'");
  const line = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  const target = () => (file.startsWith("-") ? "-- " + word(file) : word(file));
  const why = (key) => (reasons.get(key) ? " Why: " + line(reasons.get(key)) : "");

  function answer(before, after) {
    const lines = ["# Answer to \"" + line(title) + "\"" + (day ? ", as of " + day : "") + ", version " + version];
    if (changed.size + moved.size === 0) {
      return [...lines, "# Looked at it, changed nothing."];
    }
    lines.push("# By " + METHODS[method] + " " + line(outcome(before, after)));
    for (const [key, rating] of changed) {
      const [row, column] = key.split(" ").map(Number);
      const was = cells[row][column].dataset.was || "blank";
      lines.push(["ach set", target(), word(items[row].id), word(hypotheses[column].id), rating || "blank",
        "  # was " + was + "." + why(key)].join(" "));
    }
    for (const row of moved) {
      const takes = resting(row);
      const also = takes.length ? " Takes along " + takes.join(", ") + "." : "";
      const [status, was] = items[row].out ? ["withdrawn", "active"] : ["active", "withdrawn"];
      lines.push(["ach set", target(), "evidence:" + items[row].id + ".status", status,
        "  # was " + was + "." + also + why(row + " out")].join(" "));
    }
    return lines;
  }

  // The items that count only with this one.
  function resting(row) {
    if (!items[row].out) return [];
    const counted = new Set(counting(items));
    const without = items.map((item) => ({ ...item, out: item === items[row] ? false : item.out }));
    return counting(without).filter((item) => item.id !== items[row].id && ![...counted].some((c) => c.id === item.id))
      .map((item) => item.id);
  }

  function drawCell(row, column) {
    const cell = cells[row][column];
    const rating = of(row, column);
    const was = cell.dataset.was;
    if (rating === was) delete cell.dataset.r;
    else cell.dataset.r = rating;
    const text = rating || "\u00b7";
    if (cell.textContent !== text) cell.textContent = text;
    const label = cell.getAttribute("aria-label").replace(/ \(changed from .*\)$/, "");
    const named = items[row].id + ", " + hypotheses[column].name + ": ";
    const rest = label.slice(label.indexOf(WORDS[was], named.length) + WORDS[was].length);
    const words = (rating ? rating + ", " : "") + WORDS[rating];
    if (rating !== was) cell.setAttribute("aria-label", named + words + rest + " (changed from " + (was || "blank") + ")");
    else cell.setAttribute("aria-label", named + (was ? was + ", " : "") + WORDS[was] + rest);
  }

  function draw() {
    const [before, after] = [analysis(), now()];
    feet.forEach((foot, at) => {
      const { score, rank: place } = after[at];
      const arrow = place === before[at].rank || place === null || before[at].rank === null ? ""
        : place < before[at].rank ? " \u25b2" : " \u25bc";
      foot.replaceChildren();
      if (place !== null) {
        const bold = document.createElement("b");
        bold.textContent = "#" + place + arrow;
        foot.append(bold, " ");
      }
      const text = document.createElement("span");
      text.textContent = shown(score);
      foot.append(text);
    });
    $("#w-score").textContent = { inconsistency: "Inconsistency", weighted: "Weighs against it",
      net: "For it less against it", bayes: "Posterior" }[method];
    const counted = new Set(counting(items));
    rows.forEach((row, at) => {
      if (row.classList.contains("off") === counted.has(items[at])) row.classList.toggle("off", !counted.has(items[at]));
    });
    const changes = changed.size + moved.size;
    const [was, is] = [leaders(before), leaders(after)];
    const band = $("#w-band");
    band.hidden = changes === 0;
    band.textContent = changes === 0 ? "" : " Changed by a reader, " + changed.size + (changed.size === 1 ? " cell, " : " cells, ")
      + moved.size + (moved.size === 1 ? " item" : " items") + " left out: not the analysis.";
    $("#w-bar").hidden = changes === 0 && method === own;
    const say = $("#w-say");
    const by = method === own ? "" : "By " + METHODS[method] + ": ";
    const told = changes === 0 ? by + "the analysis as it stands has " + names(was) + " in front."
      : "Your what-if, " + changes + (changes === 1 ? " change: " : " changes: ") + (by ? "by " + METHODS[method] + " " : "")
        + outcome(was, is) + ".";
    if (say.textContent !== told) say.textContent = told;
    $("#w-lines").value = answer(was, is).join("\n");
    $("#w-details").hidden = changes === 0;
    $("#w-copy").hidden = changes === 0;
  }

  function set(row, column, rating) {
    const key = row + " " + column;
    if (rating === cells[row][column].dataset.was) changed.delete(key);
    else changed.set(key, rating);
    items[row].cells[column] = rating;
    drawCell(row, column);
    draw();
  }

  function toggle(row) {
    items[row].out = !items[row].out;
    if (moved.has(row)) moved.delete(row);
    else moved.add(row);
    draw();
  }

  // The panel of one cell.
  const panel = $("#w-panel");
  let at = null;
  let back = null;
  const buttons = Object.keys(WORDS).map((rating) => {
    const button = document.createElement("button");
    button.type = "button";
    button.value = rating;
    const chip = document.createElement("span");
    chip.className = "chip";
    chip.dataset.was = rating;
    chip.textContent = rating || "blank";
    button.append(chip, document.createElement("small"));
    button.addEventListener("click", () => { set(...at, rating); look(); });
    return button;
  });
  $("#w-rate").replaceChildren(...buttons);

  function look() {
    const [row, column] = at;
    const item = items[row];
    const kept = item.cells[column];
    buttons.forEach((button) => {
      item.cells[column] = button.value;
      const found = leaders(now());
      button.lastChild.textContent = found.length === 1 ? hypotheses[found[0]].name + " leads"
        : found.length === 0 ? "nobody leads" : found.length + " level";
      button.setAttribute("aria-pressed", String(button.value === kept));
      button.setAttribute("aria-label", WORDS[button.value] + ": " + button.lastChild.textContent);
    });
    item.cells[column] = kept;
    $("#w-out").textContent = item.out ? "Count the item again" : "Leave the whole item out";
  }

  function open(row, column, from) {
    at = [row, column];
    back = from;
    const key = row + " " + column;
    $("#w-title").textContent = "Item " + $(".no", rows[row]).textContent + ", " + hypotheses[column].name;
    $("#w-text").textContent = $(".t", rows[row]).textContent;
    const note = document.getElementById("n-" + items[row].id + "." + hypotheses[column].id);
    const reason = note && $(".why", note);
    $("#w-note").textContent = reason ? "Why: " + reason.textContent : "No note to this rating.";
    $("#w-why").value = reasons.get(key) || "";
    look();
    panel.hidden = false;
    const pressed = buttons.find((button) => button.value === items[row].cells[column]);
    pressed.focus({ preventScroll: true });
  }

  function close() {
    panel.hidden = true;
    if (back) back.focus({ preventScroll: true });
  }

  // One tab stop: arrows move through the grid.
  let stop = null;
  function focus(row, column) {
    const cell = cells[row] && cells[row][column];
    if (!cell) return false;
    if (stop) stop.tabIndex = -1;
    stop = cell;
    cell.tabIndex = 0;
    cell.focus();
    return true;
  }
  const place = (cell) => {
    const row = rows.indexOf(cell.parentNode);
    return [row, cells[row].indexOf(cell)];
  };

  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-was]");
    const out = event.target.closest("button.out");
    if (out) toggle(rows.indexOf(out.closest("tr")));
    if (!cell) return;
    const [row, column] = place(cell);
    focus(row, column);
    open(row, column, cell);
  });
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-was]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = place(cell);
    const to = { ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1], Home: [row, 0], End: [row, hypotheses.length - 1] }[event.key];
    if (to ? focus(...to) : false) event.preventDefault();
    else if (event.key === "Enter") { event.preventDefault(); open(row, column, cell); }
    else if (event.key === "Delete") { event.preventDefault(); toggle(row); }
    else if (event.key in KEYS && $("#w-keys").checked) { event.preventDefault(); set(row, column, KEYS[event.key]); }
    else if (event.key === " ") { event.preventDefault(); open(row, column, cell); }
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  $("#w-close").addEventListener("click", close);
  $("#w-out").addEventListener("click", () => { toggle(at[0]); look(); });
  $("#w-why").addEventListener("input", (event) => { reasons.set(at.join(" "), event.target.value); draw(); });
  $("#w-method").addEventListener("change", (event) => { method = event.target.value; draw(); });
  $("#w-back").addEventListener("click", () => {
    const keys = [...changed.keys()];
    changed.clear();
    moved.clear();
    reasons.clear();
    items.forEach((item, row) => {
      item.out = "w" in rows[row].dataset;
      item.cells = cells[row].map((cell) => cell.dataset.was);
    });
    keys.forEach((key) => drawCell(...key.split(" ").map(Number)));
    method = own;
    $("#w-method").value = own;
    if (!panel.hidden) close();
    draw();
  });
  $("#w-copy").addEventListener("click", (event) => {
    const lines = $("#w-lines");
    const said = (text) => { event.target.textContent = text; };
    const byHand = () => { $("#w-details").open = true; lines.focus(); lines.select(); said("Press Ctrl-C to copy"); };
    if (!navigator.clipboard) byHand();
    else navigator.clipboard.writeText(lines.value).then(() => said("Copied"), byHand);
  });
  all("button.try").forEach((button) => {
    const row = items.findIndex((item) => item.id === button.dataset.i);
    const column = hypotheses.findIndex((hypothesis) => hypothesis.id === button.dataset.h);
    if (row < 0 || column < 0) return;
    button.hidden = false;
    button.addEventListener("click", () => { set(row, column, button.dataset.to); open(row, column, button); });
  });
  window.addEventListener("beforeprint", () => { if (changed.size + moved.size > 0) $("#w-details").open = true; });

  // Whatever a page that was saved holds of a reader's changes goes.
  all("[data-r]", grid).forEach((cell) => drawCell(...place(cell)));
  panel.hidden = true;
  rows.forEach((row) => {
    const head = $("th", row);
    all("button.out", head).forEach((button) => button.remove());
    const button = document.createElement("button");
    button.type = "button";
    button.className = "out";
    button.tabIndex = -1;
    button.title = "Leave this item out";
    button.setAttribute("aria-label", "Leave item " + $(".no", row).textContent + " out");
    button.textContent = "\u00d7";
    head.append(button);
  });
  grid.setAttribute("role", "grid");
  all("td[data-was]", grid).forEach((cell) => { cell.tabIndex = -1; });
  if (cells[0] && cells[0][0]) { stop = cells[0][0]; stop.tabIndex = 0; }
  $(".frame").removeAttribute("tabindex");
  $(".tools").hidden = false;
  $("#w-method").value = own;
  document.documentElement.classList.add("live");
  draw();
})();
