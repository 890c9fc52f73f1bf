"use strict";
/* Figures of BokehJS: how they look by day and by night, hovering, clicking, the line of the present. */

const SHADES = {
  light: { ink: "#1f2328", soft: "#59636e", grid: "#e6e8eb", box: "#f1f2f4", edge: "#c4c8cd" },
  dark: { ink: "#e8eaed", soft: "#a9b1ba", grid: "#2e343b", box: "#20252b", edge: "#4a525b" },
};
const LIGHTER = { "#000000": "#f0f0f0", "#A51C0C": "#ff8066", "#0072B2": "#3f9fe0" }; // by night
const COARSE = matchMedia("(pointer: coarse)").matches;

const looks = {
  shade: SHADES.light,
  night: false,
  figures: new Set(),
  given: null,
  colour(name) { return this.night ? LIGHTER[name] ?? name : name; },
  curve(style) {
    const { colours, dashes } = this.given;
    const kind = style % colours.length;
    return { line_color: this.colour(colours[kind]), line_dash: dashes[kind], line_width: 2 };
  },
  also(dress) {
    dress();
    this.figures.add({ dress });
  },
  turn(night) {
    this.night = night;
    this.shade = night ? SHADES.dark : SHADES.light;
    for (const one of this.figures) one.dress();
  },
};

const plainText = (text) => new Bokeh.PlainText({ text });
const format = (column, unit) => `@{${column}}{%.5g}${unit ? ` ${escaped(unit)}` : ""}`;

/* One figure in its place on the page. */
class Drawn {
  constructor(host, settings) {
    this.host = host;
    this.dressed = []; // functions that colour what is in the figure
    this.figure = Bokeh.Plotting.figure({
      height: HEIGHTS.profile, sizing_mode: "stretch_width", tools: "", toolbar_location: null,
      background_fill_color: null, border_fill_color: null, outline_line_color: null,
      min_border_right: 12, lod_threshold: null, match_aspect: false, ...settings,
    });
    this.home = null;
    this.visible = false;
    this.cursor = null;
  }

  async show() {
    const { figure } = this;
    if (!COARSE && this.zooms !== false) {
      const zoom = new Bokeh.BoxZoomTool();
      figure.add_tools(zoom);
      figure.toolbar.active_drag = zoom;
    }
    this.remember();
    figure.on_event?.("doubletap", () => this.goHome());
    this.dress();
    this.view = await Bokeh.Plotting.show(figure, this.host);
    looks.figures.add(this);
  }

  close() {
    looks.figures.delete(this);
    this.view?.remove?.();
    this.host.replaceChildren();
  }

  remember() {
    const { x_range: x, y_range: y } = this.figure;
    this.home = [x.start, x.end, y.start, y.end];
  }

  get zoomed() {
    const { x_range: x } = this.figure;
    return Math.abs(x.start - this.home[0]) + Math.abs(x.end - this.home[1]) > 1e-9 * Math.abs(this.home[1] - this.home[0]);
  }

  goHome() {
    const { x_range: x, y_range: y } = this.figure;
    x.setv({ start: this.home[0], end: this.home[1] });
    y.setv({ start: this.home[2], end: this.home[3] });
  }

  range(axis, low, high) {
    this.figure[`${axis}_range`].setv({ start: low, end: high });
    this.remember();
  }

  labels(x, y) {
    const { figure } = this;
    figure.xaxis.axis_label = plainText(x);
    figure.yaxis.axis_label = plainText(y);
  }

  dress() {
    const { ink, soft, grid } = looks.shade;
    const { figure } = this;
    for (const axis of [figure.xaxis, figure.yaxis]) {
      axis.axis_line_color = soft;
      axis.major_tick_line_color = soft;
      axis.minor_tick_line_color = null;
      axis.major_label_text_color = soft;
      axis.axis_label_text_color = ink;
      axis.axis_label_text_font_style = "normal";
      axis.axis_label_text_font_size = "13px";
      axis.major_label_text_font_size = "12px";
    }
    for (const lines of [figure.xgrid, figure.ygrid]) lines.grid_line_color = grid;
    for (const one of this.dressed) one();
  }

  line(source, column, style) {
    const renderer = this.figure.line({ field: "x" }, { field: column }, { source, ...looks.curve(style) });
    this.dressed.push(() => { renderer.glyph.line_color = looks.curve(style).line_color; });
    return renderer;
  }

  hover(renderers, rows, mode = "vline") {
    const columns = rows.map(([, text]) => /@\{([^}]*)\}\{%/.exec(text)?.[1]).filter(Boolean);
    const formatters = Object.fromEntries(columns.map((c) => [`@{${c}}`, "printf"]));
    const tooltips = rows.map(([label, text]) => [escaped(label), text]);
    this.figure.add_tools(new Bokeh.HoverTool({
      renderers, tooltips, formatters, mode, line_policy: "nearest", attachment: "horizontal",
    }));
  }

  /* What changes with the slider is drawn on a canvas of its own: BokehJS would measure and paint
     axes and labels again with every frame. `paint` is called with the context and two functions
     from values to pixels. */
  paint(paint) {
    if (!this.view?.frame) return;
    if (!this.canvas) {
      this.canvas = element("canvas", { class: "front", "aria-hidden": "true" });
      this.host.append(this.canvas);
      const again = () => requestAnimationFrame(() => requestAnimationFrame(() => this.paint(this.painting)));
      new ResizeObserver(again).observe(this.host);
      for (const range of [this.figure.x_range, this.figure.y_range]) {
        for (const side of ["start", "end"]) range.properties[side].change.connect(again);
      }
      this.dressed.push(() => this.paint(this.painting));
    }
    this.painting = paint;
    const { canvas } = this;
    const { frame } = this.view;
    const { left, top, right, bottom } = frame.bbox;
    const [ratio, wide, high] = [window.devicePixelRatio || 1, this.host.clientWidth, this.host.clientHeight];
    if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) {
      canvas.width = Math.round(wide * ratio);
      canvas.height = Math.round(high * ratio);
      canvas.style.cssText = `width:${wide}px;height:${high}px`;
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, wide, high);
    context.save();
    context.beginPath();
    context.rect(left, top - 1, right - left, bottom - top + 2);
    context.clip();
    paint(context, along(frame.x_scale, this.figure.x_range), along(frame.y_scale, this.figure.y_range));
    context.restore();
  }

  /* A line at the time of the slider, beside the canvas so that nothing is painted again. */
  now(x) {
    if (!this.view?.frame) return;
    if (!this.cursor) {
      this.cursor = element("div", { class: "now", "aria-hidden": "true" });
      this.host.append(this.cursor);
      const again = () => requestAnimationFrame(() => this.now(this.present));
      new ResizeObserver(again).observe(this.host);
      for (const side of ["start", "end"]) this.figure.x_range.properties[side].change.connect(again);
    }
    this.present = x;
    const { frame } = this.view;
    const { left, right, top, bottom } = frame.bbox;
    const place = frame.x_scale.compute(x);
    const seen = place >= left - 1 && place <= right + 1;
    this.cursor.style.cssText = seen
      ? `display:block;left:${place}px;top:${top}px;height:${bottom - top}px` : "display:none";
  }
}

/* From values to pixels of a linear axis. */
function along(scale, { start, end }) {
  const [a, b] = [scale.compute(start), scale.compute(end)];
  const slope = (b - a) / (end - start);
  return (value) => a + slope * (value - start);
}

const DOTS = { solid: [], dashed: [6], dotted: [2, 4], dashdot: [2, 4, 6, 4] };

function stroke(context, style, points) {
  const { line_color: colour, line_dash: dash, line_width: width } = looks.curve(style);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(Array.isArray(dash) ? dash : DOTS[dash]);
  context.beginPath();
  points(context);
  context.stroke();
}

const span = (low, high) => new Bokeh.Range1d({ start: low, end: high });
