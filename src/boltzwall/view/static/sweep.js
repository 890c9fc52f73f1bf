"use strict";
/* A sweep: every point on a map or a line; a point opens its run. */

const STATUS = ["done", "failed", "missing"];
const MARKS = { failed: "x", missing: "circle_dot" };

class SweepView {
  constructor(data, host, open) {
    Object.assign(this, { host, open, point: null, drawn: null });
    this.take(data);
    this.axesShown = [0, data.axes.findIndex((axis, k) => k > 0 && axis.dimension !== data.axes[0].dimension)];
    if (this.axesShown[1] < 0) this.axesShown[1] = data.axes[0].sampled && data.axes.length > 1 ? 1 : -1;
    this.fixed = data.shape.map(() => 0);
    this.quantity = 0;
    this.build();
  }

  take(data) {
    this.data = data;
    this.arrays = new Arrays(data.arrays);
    this.size = data.shape.reduce((a, b) => a * b, 1);
  }

  build() {
    const { data } = this;
    const choice = (label, texts, chosen, change) => {
      const select = options(element("select", {}), texts, chosen);
      select.addEventListener("change", () => { change(Number(select.value)); this.draw(); });
      return element("label", {}, `${label} `, select);
    };
    const titles = data.axes.map((axis) => axis.title);
    this.choices = element("div", { class: "choices" });
    if (data.quantities.length) {
      this.choices.append(choice("Show", data.quantities.map((q) => q.title), this.quantity, (k) => { this.quantity = k; }));
    }
    this.choices.append(choice("against", titles, this.axesShown[0], (k) => { this.axesShown[0] = k; }));
    if (titles.length > 1) {
      this.choices.append(choice("and", ["nothing else", ...titles], this.axesShown[1] + 1, (k) => { this.axesShown[1] = k - 1; }));
    }
    data.shape.forEach((count, dimension) => {
      const axis = data.axes.find((one) => one.dimension === dimension);
      if (!axis || axis.sampled || count < 2) return;
      const label = choice("at", axis.places, this.fixed[dimension], (k) => { this.fixed[dimension] = k; });
      label.dataset.dimension = dimension;
      this.choices.append(label);
    });
    this.plot = element("div", { class: "plot jumps", role: "img" });
    this.caption = element("span", { class: "title" });
    this.marks = element("span", { class: "legend" });
    const number = element("input", { type: "number", min: 1, max: this.size, value: 1, "aria-label": "number of the point" });
    number.addEventListener("change", () => this.choose(Math.min(Math.max(Number(number.value), 1), this.size) - 1));
    this.number = number;
    this.told = element("div", { class: "point", "aria-live": "polite" });
    this.host.replaceChildren(
      element("header", { class: "run-head" }, element("h2", {}, data.title), element("p", { class: "file" }, data.name), element("p", {}, data.numbers)),
      this.choices,
      element("figure", { class: "sweep" }, element("figcaption", {}, this.caption, this.marks), this.plot),
      element("p", { class: "choose" }, "Click a point, or choose it: ", element("label", {}, "point ", number), ` of ${this.size} `,
        element("button", { type: "button", onclick: () => this.choose(((this.point ?? 0) + this.size - 1) % this.size) }, "previous"), " ",
        element("button", { type: "button", onclick: () => this.choose(this.point === null ? 0 : (this.point + 1) % this.size) }, "next")),
      this.told,
    );
  }

  index(point) {
    const found = [];
    for (let d = this.data.shape.length - 1; d >= 0; d -= 1) {
      found[d] = point % this.data.shape[d];
      point = Math.floor(point / this.data.shape[d]);
    }
    return found;
  }

  /* Points that agree with what is fixed: all keys but those on the axes. */
  points() {
    const { data, axesShown, fixed } = this;
    const free = new Set(axesShown.filter((k) => k >= 0).map((k) => data.axes[k].dimension));
    data.axes.forEach((axis) => { if (axis.sampled) free.add(axis.dimension); });
    for (const label of this.choices.querySelectorAll("[data-dimension]")) label.hidden = free.has(Number(label.dataset.dimension));
    const chosen = [];
    for (let point = 0; point < this.size; point += 1) {
      if (this.index(point).every((place, d) => free.has(d) || place === fixed[d])) chosen.push(point);
    }
    return chosen;
  }

  async draw() {
    const turn = this.turn = (this.turn ?? 0) + 1;
    this.drawn?.close();
    const { data } = this;
    const [first, second] = this.axesShown;
    const quantity = data.quantities[this.quantity];
    const x = data.axes[first];
    const y = second >= 0 && second !== first ? data.axes[second] : null;
    const title = quantity ? quantity.title : "Status of every point";
    const label = quantity ? `${quantity.title}${quantity.unit ? ` (${quantity.unit})` : ""}` : "";
    this.caption.textContent = y && label ? label : title;
    this.columns(this.points(), x, y, quantity);
    const drawn = new Drawn(this.plot, {
      height: 420, ...this.ranges(x, y),
      x_axis_type: logScale(x) ? "log" : "linear", y_axis_type: y && logScale(y) ? "log" : "linear",
    });
    drawn.labels(x.label, y ? y.label : label);
    this.drawn = drawn;
    this.dressAxis(drawn.figure.xaxis, x);
    if (y) this.dressAxis(drawn.figure.yaxis, y);
    const source = this.source = new Bokeh.ColumnDataSource({ data: this.told_columns });
    const renderers = y ? this.map(source, x, y, quantity) : this.curve(source, x);
    this.markLost(source);
    const rows = data.axes.map((axis, k) => [axis.title, `@{k${k}}`]);
    if (quantity) rows.push([quantity.title, format("value", quantity.unit)]);
    drawn.hover(renderers, [["point", "@{number}"], ...rows, ["", "@{word}"]], "mouse");
    drawn.figure.on_event("tap", (event) => this.tapped(event));
    await drawn.show();
    if (turn !== this.turn) { drawn.close(); return; }
    const range = quantity ? this.valueRange() : null;
    const words = range ? ` Values from ${numberText(range[0])} to ${numberText(range[1])} ${quantity.unit}.` : "";
    this.plot.setAttribute("aria-label", `${title} against ${x.title}${y ? ` and ${y.title}` : ""}, ${this.told_columns.point.length} points.${words}`);
    this.legend();
  }

  columns(points, x, y, quantity) {
    const { data, arrays } = this;
    const status = arrays.get("status").values;
    const values = quantity ? arrays.get(quantity.array).values : null;
    const place = (axis, index) => (axis.names.length ? index[axis.dimension] : arrays.get(axis.array).values[index[axis.dimension]]);
    const edge = (axis, index, side) => {
      const edges = axis.sampled || axis.names.length ? null : arrays.get(axis.edges).values;
      return edges ? edges[index[axis.dimension] + side] : place(axis, index) - 0.5 + side;
    };
    const columns = { point: points, number: points.map((p) => p + 1), x: [], y: [], left: [], right: [], bottom: [], top: [], value: [], word: [], lost: [] };
    data.axes.forEach((_, k) => { columns[`k${k}`] = []; });
    for (const point of points) {
      const index = this.index(point);
      const value = values ? values[point] : NaN;
      columns.x.push(place(x, index));
      columns.left.push(edge(x, index, 0));
      columns.right.push(edge(x, index, 1));
      columns.y.push(y ? place(y, index) : value);
      columns.bottom.push(y ? edge(y, index, 0) : value);
      columns.top.push(y ? edge(y, index, 1) : value);
      columns.value.push(value);
      columns.lost.push(STATUS[status[point]]);
      const words = [STATUS[status[point]], data.regimes[point], data.reasons[point]].filter(Boolean);
      columns.word.push(words.join(", "));
      data.axes.forEach((axis, k) => columns[`k${k}`].push(axis.places[index[axis.dimension]]));
    }
    this.told_columns = columns;
  }

  valueRange() {
    const finite = this.told_columns.value.filter(Number.isFinite);
    return finite.length ? [Math.min(...finite), Math.max(...finite)] : null;
  }

  ranges(x, y) {
    const { left, right, bottom, top, x: xs, y: ys } = this.told_columns;
    const cells = y && !x.sampled && !y.sampled;
    const along = (low, high, axis) => {
      const finite = [...low, ...high].filter(Number.isFinite);
      if (!finite.length) return span(-1, 1);
      const [a, b] = [Math.min(...finite), Math.max(...finite)];
      if (axis && logScale(axis)) return cells ? span(a, b) : span(a / 1.2, b * 1.2);
      const room = cells ? 0 : 0.06 * (b - a) || 0.06 * Math.abs(b) || 1;
      return span(a - room, b + room);
    };
    return cells
      ? { x_range: along(left, right, x), y_range: along(bottom, top, y) }
      : { x_range: along(xs, xs, x), y_range: along(ys, ys, y) };
  }

  dressAxis(axis, swept) {
    if (logScale(swept)) {
      axis.ticker = new Bokeh.FixedTicker({ ticks: logTicks(this.arrays.get(swept.array).values) });
      axis.formatter = new Bokeh.BasicTickFormatter();
    }
    if (!swept.names.length) return;
    axis.ticker = new Bokeh.FixedTicker({ ticks: swept.names.map((_, k) => k) });
    axis.major_label_overrides = new Map(swept.names.map((name, k) => [k, plainText(name)]));
  }

  map(source, x, y, quantity) {
    const { figure } = this.drawn;
    const range = this.valueRange() ?? [0, 1];
    const diverging = range[0] < 0 && range[1] > 0;
    const most = Math.max(Math.abs(range[0]), Math.abs(range[1]));
    const mapper = new Bokeh.LinearColorMapper({
      palette: diverging ? [...Bokeh.Palettes.RdBu11] : Bokeh.Palettes.viridis(256),
      low: diverging ? -most : range[0], high: diverging ? most : (range[1] > range[0] ? range[1] : range[0] + 1),
      nan_color: "rgba(128,128,128,0.25)",
    });
    const colour = { field: "value", transform: mapper };
    const sampled = x.sampled || y.sampled;
    const cells = sampled
      ? figure.scatter({ field: "x" }, { field: "y" }, { source, size: 11, fill_color: colour, line_color: "#808080", line_width: 0.5 })
      : figure.quad({ field: "left" }, { field: "right" }, { field: "bottom" }, { field: "top" }, { source, fill_color: colour, line_color: colour, line_width: 0.8 });
    if (quantity) {
      const bar = new Bokeh.ColorBar({ color_mapper: mapper, width: 12, padding: 4, background_fill_color: null, bar_line_color: null });
      figure.add_layout(bar, "right");
      this.drawn.dressed.push(() => bar.setv({ major_label_text_color: looks.shade.soft }));
    }
    return [cells];
  }

  curve(source, x) {
    const { figure } = this.drawn;
    const style = looks.curve(0);
    if (!x.sampled) this.drawn.line(source, "y", 0);
    const dots = figure.scatter({ field: "x" }, { field: "y" }, { source, size: 9, fill_color: style.line_color, line_color: null });
    this.drawn.dressed.push(() => { dots.glyph.fill_color = looks.curve(0).line_color; });
    return [dots];
  }

  /* Crosses where a point failed, rings where it is missing; a frame around the chosen one. */
  markLost(source) {
    const { figure } = this.drawn;
    const [, second] = this.axesShown;
    for (const [word, marker] of Object.entries(MARKS)) {
      const at = source.data.lost.map((l, k) => (l === word ? k : -1)).filter((k) => k >= 0);
      if (!at.length) continue;
      const lowest = this.drawn.figure.y_range.start;
      const marks = figure.scatter(at.map((k) => source.data.x[k]), at.map((k) => (second >= 0 ? source.data.y[k] : lowest)), { marker, size: 9, fill_color: null, line_width: 1.5 });
      this.drawn.dressed.push(() => { marks.glyph.line_color = looks.shade.ink; });
    }
    this.frame = new Bokeh.ColumnDataSource({ data: { x: [], y: [] } });
    const ring = figure.scatter({ field: "x" }, { field: "y" }, { source: this.frame, marker: "square", size: 16, fill_color: null, line_width: 3 });
    figure.scatter({ field: "x" }, { field: "y" }, { source: this.frame, marker: "square", size: 20, fill_color: null, line_width: 1.5, line_color: "white" });
    this.drawn.dressed.push(() => { ring.glyph.line_color = "#D55E00"; });
    this.showChosen();
  }

  showChosen() {
    const { x, y, point } = this.told_columns;
    const k = point.indexOf(this.point);
    this.frame.data = k < 0 ? { x: [], y: [] } : { x: [x[k]], y: [y[k]] };
  }

  legend() {
    const { lost } = this.told_columns;
    const words = { failed: "× failed", missing: "⊙ missing" };
    const entries = Object.keys(words).filter((word) => lost.includes(word)).map((word) => element("span", {}, words[word]));
    this.marks.replaceChildren(...entries);
  }

  /* The point nearest to a click, in pixels. */
  tapped({ x, y }) {
    const { x_scale: xs, y_scale: ys } = this.drawn.view.frame;
    const [a, b] = [xs.compute(x), ys.compute(y)];
    const columns = this.told_columns;
    let best = -1;
    let least = Infinity;
    columns.point.forEach((point, k) => {
      const far = Math.hypot(xs.compute(columns.x[k]) - a, Number.isFinite(columns.y[k]) ? ys.compute(columns.y[k]) - b : 0);
      if (far < least) { least = far; best = point; }
    });
    if (best >= 0) this.choose(best);
  }

  async choose(point) {
    const { data, arrays } = this;
    this.point = point;
    this.number.value = point + 1;
    this.showChosen();
    const index = this.index(point);
    const where = data.axes.map((axis) => axis.places[index[axis.dimension]]).join(", ");
    const status = STATUS[arrays.get("status").values[point]];
    const rows = data.quantities.map((q) => [q.title, arrays.get(q.array).values[point], q.unit]).filter(([, value]) => Number.isFinite(value));
    const table = element("table", {}, element("caption", {}, "What is kept of this point"),
      element("tbody", {}, ...rows.map(([title, value, unit]) => element("tr", {}, element("th", { scope: "row" }, title), element("td", {}, `${numberText(value)} ${unit}`)))));
    const words = [status, data.regimes[point], data.reasons[point]].filter(Boolean).join(", ");
    const few = data.points === "none" ? "Of its run only numbers were kept. With keep = \"final\" or \"all\" in [sweep] its M(x) is shown here." : "";
    this.told.replaceChildren(
      element("h3", {}, `Point ${point + 1}: ${where}`), element("p", {}, words),
      ...(few ? [element("p", { class: "note" }, few)] : []),
      element("details", { open: data.points === "none" }, element("summary", {}, `${rows.length} numbers`), table),
    );
    await this.open(status === "done" && data.points !== "none" ? point : null);
  }

  close() { this.drawn?.close(); this.host.replaceChildren(); }
}

/* 1, 2 and 5 of every decade, or the decades alone where there are many. */
function logTicks(values) {
  const [low, high] = [Math.min(...values) / 1.3, Math.max(...values) * 1.3];
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const parts = last - first > 5 ? [1] : [1, 2, 5];
  const ticks = [];
  for (let power = first; power <= last; power += 1) parts.forEach((part) => ticks.push(Number(`${part}e${power}`)));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

const logScale = (axis) => axis.logarithmic && !axis.negative && !axis.names.length;
