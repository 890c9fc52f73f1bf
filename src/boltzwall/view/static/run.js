"use strict";
/* A run or a state: its panels, at the time of the slider. */

class PanelView {
  constructor(run, panel, host) {
    Object.assign(this, { run, panel, host, frame: -1, visible: false, drawn: null });
  }

  get arrays() { return this.run.arrays; }

  /* Drawn when it comes into sight: what nobody sees costs nothing. */
  watch() {
    new IntersectionObserver((seen) => {
      this.visible = seen.at(-1).isIntersecting;
      if (this.visible) this.draw();
    }, { rootMargin: "80px" }).observe(this.host);
  }

  draw() {
    this.drawing ??= this.make().then(() => this.drawn.show()).then(() => {
      window.boltzwall.firstPicture ??= performance.now();
    });
    return this.drawing.then(() => this.update());
  }

  update() {
    if (!this.drawn?.view || !this.visible) return;
    if (this.frame !== this.run.frame) {
      this.frame = this.run.frame;
      this.step(this.frame);
    }
    this.present?.();
  }

  /* What hovering reads, once the slider rests. */
  later(work) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(work, 200);
  }

  refresh(panel) {
    this.panel = panel;
    this.frame = -1;
    if (this.drawn?.view) this.renew?.();
    this.update();
  }

  close() { this.drawn?.close(); }
}

class Profile extends PanelView {
  async make() {
    const { panel } = this;
    const [below, above] = panel.y_range;
    this.drawn = new Drawn(this.host, { x_range: span(...this.run.place(this.run.frame).range), y_range: span(below, above) });
    this.drawn.labels(this.run.xLabel(panel), panel.y_label);
    this.source = new Bokeh.ColumnDataSource({ data: this.columns(this.run.frame) });
    const lines = panel.curves.map((c, k) => {
      const line = this.drawn.figure.line({ field: "x" }, { field: `c${k}` }, { source: this.source, line_alpha: 0 });
      return line; // unseen: it is what hovering finds
    });
    const rows = panel.curves.map((c, k) => [c.label, format(`c${k}`, panel.unit)]);
    this.drawn.hover([lines[0]], [["x", format("place", this.run.data.place.unit)], ...rows]);
    this.seen = this.run.place(this.run.frame).range;
  }

  row(curve, frame) {
    const { shape: [, states, cells], values } = this.arrays.get(curve.array);
    const begin = (curve.row * states + (states > 1 ? frame : 0)) * cells;
    return values.subarray(begin, begin + cells);
  }

  columns(frame) {
    const x = this.arrays.get("x").values;
    const { origin, shift } = this.run.place(frame);
    const data = { x: x.map((v) => v + shift - origin), place: x.map((v) => v + shift) };
    this.panel.curves.forEach((curve, k) => { data[`c${k}`] = this.row(curve, frame); });
    return data;
  }

  step(frame) {
    const { range, origin, shift } = this.run.place(frame);
    if (range[0] !== this.seen[0] || range[1] !== this.seen[1]) {
      this.seen = range;
      this.drawn.range("x", ...range);
      this.drawn.labels(this.run.xLabel(this.panel), this.panel.y_label);
    }
    const x = this.arrays.get("x").values;
    const rows = this.panel.curves.map((curve) => [curve.style, this.row(curve, frame)]);
    this.drawn.paint((context, xs, ys) => {
      for (const [style, values] of rows) {
        stroke(context, style, (path) => {
          let pen = false;
          for (let k = 0; k < x.length; k += 1) {
            const value = values[k];
            if (!Number.isFinite(value)) { pen = false; continue; }
            const at = [xs(x[k] + shift - origin), ys(value)];
            if (pen) path.lineTo(...at); else path.moveTo(...at);
            pen = true;
          }
        });
      }
    });
    this.later(() => { this.source.data = this.columns(frame); });
  }

  renew() { this.drawn.range("y", ...this.panel.y_range); }
}

class History extends PanelView {
  async make() {
    const { panel } = this;
    const [below, above] = panel.y_range;
    this.drawn = new Drawn(this.host, {
      x_range: span(...this.run.data.time.span), y_range: span(below, above),
      y_axis_type: panel.logarithmic ? "log" : "linear",
    });
    this.drawn.labels(panel.x_label, panel.y_label);
    this.source = new Bokeh.ColumnDataSource({ data: this.columns() });
    this.lines();
    this.drawn.figure.on_event("tap", (event) => this.run.jump(event.x));
    this.host.classList.add("jumps");
  }

  lines() {
    const { panel } = this;
    const lines = panel.curves.map((c, k) => this.drawn.line(this.source, `c${k}`, c.style));
    const rows = panel.curves.map((c, k) => [c.label || panel.y_label, format(`c${k}`, panel.unit)]);
    if (lines.length) this.drawn.hover([lines[0]], [["t", format("x", this.run.data.time.unit)], ...rows]);
  }

  columns() {
    const data = { x: this.arrays.get("history_times").values };
    this.panel.curves.forEach((curve, k) => {
      const { shape: [, states], values } = this.arrays.get(curve.array);
      data[`c${k}`] = values.subarray(curve.row * states, (curve.row + 1) * states);
    });
    return data;
  }

  step() {}

  present() { this.drawn.now(this.run.time); }

  renew() {
    this.source.data = this.columns();
    this.drawn.range("x", ...this.run.data.time.span);
    this.drawn.range("y", ...this.panel.y_range);
  }
}

class SpaceTime extends History {
  async make() {
    await super.make();
    this.drawn.figure.height = HEIGHTS.map;
    this.dressMap();
  }

  lines() {
    const { panel, drawn } = this;
    this.image = new Bokeh.ColumnDataSource({ data: this.picture() });
    const mapper = new Bokeh.LinearColorMapper({
      palette: Bokeh.Palettes.cividis(256), low: -1, high: 1, nan_color: "rgba(128,128,128,0.25)",
    });
    const map = drawn.figure.image({
      image: { field: "image" }, x: { field: "x" }, y: { field: "y" }, dw: { field: "w" }, dh: { field: "h" },
      source: this.image, color_mapper: mapper,
    });
    const bar = new Bokeh.ColorBar({
      color_mapper: mapper, width: 10, padding: 4, background_fill_color: null, margin: 0,
      ticker: new Bokeh.FixedTicker({ ticks: [-1, 0, 1] }), title: plainText(panel.extra.component),
    });
    drawn.figure.add_layout(bar, "right");
    this.bar = bar;
    const { unit } = this.run.data.time;
    drawn.figure.add_tools(new Bokeh.HoverTool({
      renderers: [map], mode: "mouse",
      tooltips: [["t", `$x{0.0000} ${escaped(unit)}`], ["x", `$y{0.00} ${escaped(panel.unit)}`], [panel.extra.component, "@image{0.000}"]],
    }));
    for (const [k] of panel.curves.entries()) {
      const track = drawn.figure.line({ field: "x" }, { field: `c${k}` }, {
        source: this.source, line_color: "#D55E00", line_width: 2.5, line_dash: [8, 4],
      });
      drawn.figure.line({ field: "x" }, { field: `c${k}` }, { source: this.source, line_color: "white", line_width: 2.5, line_dash: [4, 8], line_dash_offset: 4, line_alpha: 0.8 });
      track.level = "overlay";
    }
    drawn.figure.xgrid.grid_line_color = null;
  }

  dressMap() {
    this.drawn.dressed.push(() => {
      const { ink, soft } = looks.shade;
      this.bar.setv({ major_label_text_color: soft, title_text_color: ink, bar_line_color: null });
    });
  }

  picture() {
    const { shape: [places, times], values } = this.arrays.get(this.panel.extra.image);
    const { ndarray } = Bokeh.require("core/util/ndarray");
    const image = ndarray(values, { shape: [places, times], dtype: "float32" });
    const [first, last] = this.panel.extra.times;
    const [low, high] = this.panel.y_range;
    return { image: [image], x: [first], y: [low], w: [last - first], h: [high - low] };
  }

  renew() {
    super.renew();
    this.image.data = this.picture();
  }
}

class Arrows extends PanelView {
  async make() {
    const { extra, y_range: heights } = this.panel;
    const [left, right] = extra.across;
    this.drawn = new Drawn(this.host, {
      x_range: span(left, right), y_range: span(...heights), sizing_mode: "scale_width",
      width: 1000, height: Math.round(1000 * (heights[1] - heights[0]) / (right - left)), min_border: 0, min_border_right: 0,
    });
    this.drawn.zooms = false;
    const { figure } = this.drawn;
    for (const part of [figure.xaxis, figure.yaxis, figure.xgrid, figure.ygrid]) part.visible = false;
    this.box();
    this.sources = {};
    for (const [name, label] of [["magnetisation", "M"], ["spin", "m"]]) {
      const source = new Bokeh.ColumnDataSource({ data: { xs: [], ys: [], x: [], a: [], b: [], c: [] } });
      const patches = figure.patches({ field: "xs" }, { field: "ys" }, { source, line_color: null, fill_alpha: 0 });
      const rows = ["x", "y", "z"].map((c, k) => [`${label}${c}`, format("abc"[k], "")]);
      this.drawn.hover([patches], [["x", format("x", this.panel.unit)], ...rows], "mouse");
      this.sources[name] = source;
    }
  }

  project([x, y, z]) {
    const { depth } = this.panel.extra;
    return [x + y * depth[0], z + y * depth[1]];
  }

  box() {
    const { figure } = this.drawn;
    const { reach: r, length } = this.panel.extra;
    const floor = [[0, -r, -r], [length, -r, -r], [length, r, -r], [0, r, -r]];
    const back = [[0, r, -r], [length, r, -r], [length, r, r], [0, r, r]];
    for (const corners of [floor, back]) {
      const at = corners.map((c) => this.project(c));
      const side = figure.patch(at.map((p) => p[0]), at.map((p) => p[1]), { line_width: 1 });
      this.drawn.dressed.push(() => { side.glyph.fill_color = looks.shade.box; side.glyph.line_color = looks.shade.edge; });
    }
    const wire = figure.line([0, length], [0, 0], { line_width: 1 });
    this.drawn.dressed.push(() => { wire.glyph.line_color = looks.given.guide; });
    const marks = [["z", [-0.35, -r, 0]], ["y", [length + 0.5, 0, -r]]];
    for (const [text, place] of marks) {
      const [x, y] = this.project(place);
      const letters = figure.text([x], [y], [text], { text_align: "center", text_baseline: "middle", text_font_size: "13px" });
      this.drawn.dressed.push(() => { letters.glyph.text_color = looks.shade.ink; });
    }
  }

  step(frame) {
    const { shape: [, count, columns], values } = this.arrays.get("arrows");
    const [low, high] = this.arrays.get("arrow_spans").values.subarray(2 * frame, 2 * frame + 2);
    const { length, spin, reach } = this.panel.extra;
    const found = { magnetisation: this.empty(), spin: this.empty() };
    for (let k = 0; k < count; k += 1) {
      const at = (frame * count + k) * columns;
      const x = values[at];
      if (!Number.isFinite(x)) continue;
      const tail = [length * (x - low) / (high - low), 0, 0];
      this.add(found.magnetisation, tail, x, values.subarray(at + 1, at + 4), 1, 0.085);
      if (columns > 4) this.add(found.spin, tail, x, values.subarray(at + 4, at + 7), spin, 0.036);
    }
    const marks = [[0, "left"], [0.5, "center"], [1, "right"]].map(([share, side]) => [
      ...this.project([length * share, -reach, -reach - 0.1]), side, `${numberText(low + share * (high - low))} ${this.panel.unit}`,
    ]);
    this.drawn.paint((context, xs, ys) => {
      for (const name of ["magnetisation", "spin"]) {
        context.fillStyle = looks.colour(looks.given[name]);
        found[name].xs.forEach((across, k) => {
          context.beginPath();
          across.forEach((x, n) => context[n ? "lineTo" : "moveTo"](xs(x), ys(found[name].ys[k][n])));
          context.fill();
        });
      }
      context.fillStyle = looks.shade.ink;
      context.font = "13px system-ui, sans-serif";
      context.textBaseline = "top";
      for (const [x, y, side, text] of marks) {
        context.textAlign = side;
        context.fillText(text, xs(x), ys(y));
      }
    });
    this.later(() => {
      this.sources.magnetisation.data = found.magnetisation;
      this.sources.spin.data = found.spin;
    });
  }

  empty() { return { xs: [], ys: [], x: [], a: [], b: [], c: [] }; }

  add(into, tail, x, vector, scale, width) {
    const start = this.project(tail);
    const tip = this.project([tail[0] + scale * vector[0], scale * vector[1], scale * vector[2]]);
    if (!Number.isFinite(tip[0] + tip[1])) return;
    const outline = arrowOutline(start, tip, width);
    into.xs.push(outline.map((p) => p[0]));
    into.ys.push(outline.map((p) => p[1]));
    into.x.push(x);
    ["a", "b", "c"].forEach((name, k) => into[name].push(vector[k]));
  }
}

/* As plot.arrows.projection draws them. */
function arrowOutline([x0, y0], [x1, y1], width) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy) || 1e-12;
  const [ux, uy] = [dx / length, dy / length];
  const head = Math.min(3.8 * width, 0.6 * length);
  const half = 0.5 * width * Math.min(1, head / (3.8 * width));
  const wide = 0.42 * head;
  const at = (along, across) => [x0 + along * ux - across * uy, y0 + along * uy + across * ux];
  const neck = length - head;
  return [at(0, half), at(neck, half), at(neck, wide), [x1, y1], at(neck, -wide), at(neck, -half), at(0, -half)];
}

const HEIGHTS = { profile: 230, history: 230, map: 280, arrows: 90 }; // pixels
const KINDS = { profile: Profile, history: History, map: SpaceTime, arrows: Arrows };

class RunView {
  constructor(data, host, clock) {
    Object.assign(this, { host, clock, frame: 0, time: 0, tabs: new Map(), current: null });
    this.take(data);
    this.head = element("header", { class: "run-head" });
    this.body = element("div");
    host.replaceChildren(this.head, this.body);
    this.introduce();
  }

  take(data) {
    this.data = data;
    this.arrays = new Arrays(data.arrays);
    this.times = data.time ? this.arrays.get("times").values : null;
  }

  introduce() {
    const { title, name, numbers, status, notes, settings } = this.data;
    const keys = settings.map(({ title: section, keys: rows }) => element("section", {},
      element("h4", {}, `[${section}]`),
      element("dl", {}, ...rows.flatMap(([key, value]) => [element("dt", {}, key), element("dd", {}, value)]))));
    this.head.replaceChildren(
      element("h2", {}, title),
      element("p", { class: "file" }, name),
      element("p", {}, numbers),
      ...(status ? [element("p", { class: "status" }, status)] : []),
      ...notes.filter(Boolean).map((note) => element("p", { class: "note" }, note)),
      ...(keys.length ? [element("details", {}, element("summary", {}, "Configuration"), element("div", { class: "settings" }, ...keys))] : []),
    );
  }

  offset(frame) { return this.arrays.has("offsets") ? this.arrays.get("offsets").values[frame] : 0; }

  /* What is seen along the wire: all of it, or where the walls are. A window that moves, or what is
     near the walls, is drawn from its middle, so that the axis stands still. */
  place(frame) {
    const shift = this.offset(frame);
    const edges = this.arrays.get("edges").values;
    const near = this.clock.near.checked && this.arrays.has("arrow_spans");
    if (!near && !this.arrays.has("offsets")) return { origin: 0, shift, range: [edges[0], edges[1]] };
    const [low, high] = near
      ? this.arrays.get("arrow_spans").values.subarray(2 * frame, 2 * frame + 2)
      : edges.map((edge) => edge + shift);
    const half = Number((0.5 * (high - low)).toPrecision(6));
    return { origin: 0.5 * (low + high), shift, range: [-half, half] };
  }

  xLabel(panel) {
    const { origin } = this.place(this.frame);
    return origin === 0 ? panel.x_label : panel.x_label.replace("x", "x from the middle of what is shown");
  }

  /* Whether the walls are but a small part of the wire. */
  get long() {
    const [low, high] = this.arrays.get("edges").values;
    const [from, to] = this.arrays.get("arrow_spans").values;
    return to - from < 0.3 * (high - low);
  }

  again() { this.panels.forEach((panel) => { panel.frame = -1; panel.update(); }); }

  get panels() { return this.tabs.get(this.current) ?? []; }

  async show(title) {
    this.current = title;
    for (const child of this.body.children) child.hidden = child.dataset.tab !== title;
    if (this.tabs.has(title)) { this.again(); return; }
    const tab = this.data.tabs.find((one) => one.title === title);
    const grid = element("div", { class: "panels", "data-tab": title });
    this.body.append(grid);
    this.tabs.set(title, []);
    if (!tab) { grid.append(element("p", { class: "note" }, "This result holds nothing of that.")); return; }
    for (const panel of tab.panels) {
      const place = element("div", { class: "plot", role: "img", "aria-label": this.words(panel) });
      grid.append(element("figure", { class: panel.kind }, element("figcaption", {}, element("span", { class: "title" }, panel.title), legend(panel)), place));
      place.style.minHeight = `${HEIGHTS[panel.kind]}px`;
      const view = new KINDS[panel.kind](this, panel, place);
      this.tabs.get(title).push(view);
      view.watch();
    }
    const [first] = this.tabs.get(title);
    first.visible = true;
    await first.draw();
  }

  /* What a picture shows, for those who do not see it: names, and from where to where it goes. */
  words(panel) {
    const names = panel.curves.map((c) => c.label).filter(Boolean).join(", ");
    const against = panel.kind === "history" || panel.kind === "map" ? "against time" : "along the wire at the time of the slider";
    const range = panel.kind === "arrows" ? "" : ` ${panel.y_label} between ${numberText(panel.y_range[0])} and ${numberText(panel.y_range[1])}.`;
    return `${panel.title}, ${against}${names ? `: ${names}` : ""}.${range}`;
  }

  /* The state nearest to a time in seconds. */
  at(seconds) {
    if (!this.times) return;
    this.time = seconds / this.data.time.size;
    this.frame = nearest(this.times, this.time);
    this.panels.forEach((panel) => panel.update());
  }

  jump(time) { this.clock.goTo(time * this.data.time.size); }

  /* The same run, further on; false if it has become something else. */
  renew(data) {
    const shape = (d) => JSON.stringify([d.tabs.map((t) => [t.title, t.panels.map((p) => [p.kind, p.title, p.x_label, p.y_label, p.curves])]), d.time?.unit, d.place.unit]);
    if (shape(data) !== shape(this.data)) return false;
    this.take(data);
    this.introduce();
    for (const [title, views] of this.tabs) {
      const tab = data.tabs.find((one) => one.title === title);
      views.forEach((view, k) => view.refresh(tab.panels[k]));
    }
    return true;
  }

  close() { for (const views of this.tabs.values()) views.forEach((view) => view.close()); this.host.replaceChildren(); }
}

/* Names of the curves beside a sample of each line. */
function legend(panel) {
  if (panel.kind === "map" && panel.curves.length === 0) return "";
  if (panel.kind === "arrows") {
    const names = [["magnetisation", "M"], ...(panel.extra.longest ? [["spin", `m, longest ${panel.extra.longest}`]] : [])];
    return element("span", { class: "legend" }, ...names.map(([colour, text]) => {
      const swatch = element("span", { class: "swatch", "aria-hidden": "true" });
      looks.also(() => { swatch.style.background = looks.colour(looks.given[colour]); });
      return element("span", {}, swatch, text);
    }));
  }
  if (panel.curves.length < 2 && panel.kind !== "map") return "";
  const entries = panel.kind === "map" ? [{ label: panel.curves.length > 1 ? "the walls" : "the wall", track: true }] : panel.curves;
  return element("span", { class: "legend" }, ...entries.map((entry) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "30");
    svg.setAttribute("height", "8");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [name, value] of Object.entries({ x1: 0, x2: 30, y1: 4, y2: 4, "stroke-width": 2 })) line.setAttribute(name, value);
    const { line_dash: dash } = entry.track ? { line_dash: [8, 4] } : looks.curve(entry.style);
    const paint = () => line.setAttribute("stroke", entry.track ? "#D55E00" : looks.curve(entry.style).line_color);
    const patterns = { solid: "", dashed: "6", dotted: "2 4", dashdot: "2 4 6 4" };
    const pattern = Array.isArray(dash) ? dash.join(" ") : patterns[dash];
    if (pattern) line.setAttribute("stroke-dasharray", pattern);
    looks.also(paint);
    svg.append(line);
    return element("span", {}, svg, entry.label);
  }));
}
