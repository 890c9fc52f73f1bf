"use strict";
/* Data of the page: unpacking, and small helpers that make no HTML out of text. */

async function inflated(text) {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function bytesOf(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let k = 0; k < letters.length; k += 1) bytes[k] = letters.charCodeAt(k);
  return bytes;
}

/* Arrays of a view, each unpacked when it is first asked for. */
class Arrays {
  constructor(packed) {
    this.packed = packed;
    this.known = new Map();
  }

  get(name) {
    if (!this.known.has(name)) this.known.set(name, this.unpack(this.packed[name]));
    return this.known.get(name);
  }

  has(name) { return name in this.packed; }

  unpack({ type, shape, data }) {
    const { buffer } = bytesOf(data);
    if (type === "f8") return { shape, values: new Float64Array(buffer) };
    if (type === "f4") return { shape, values: new Float32Array(buffer) };
    const steps = new Int16Array(buffer);
    return { shape, values: Float32Array.from(steps, (s) => (s === -32768 ? NaN : s / 32767)) };
  }
}

/* An element with text, never with HTML from it. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

function options(select, texts, chosen = 0) {
  select.replaceChildren(...texts.map((text, k) => element("option", { value: k }, text)));
  select.value = chosen;
  return select;
}

function nearest(sorted, value) {
  let low = 0;
  let high = sorted.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle; else high = middle;
  }
  return Math.abs(sorted[high] - value) < Math.abs(value - sorted[low]) ? high : low;
}

/* Numbers as one writes them: 4 digits, a true minus sign, × 10ⁿ. */
function numberText(value, digits = 4) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-3 && size < 1e6);
  const text = plain ? String(Number(value.toPrecision(digits))) : value.toExponential(digits - 1);
  return text.replace(/e\+?(-?\d+)/, (_, power) => ` × 10${raised(power)}`).replace(/-/g, "−");
}

function raised(power) {
  return [...power].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
}

/* For BokehJS' hover texts, which are HTML. */
function escaped(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "@": "&#64;", $: "&#36;" };
  return String(text).replace(/[&<>"'@$]/g, (c) => names[c]);
}
