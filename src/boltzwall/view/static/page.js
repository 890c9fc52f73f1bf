"use strict";
/* The page: which results are seen, the tabs, the slider, play, colours, what goes on. */

const TABS = ["Wall", "Torque", "Currents and T", "Energies", "Drive", "Balances", "Computation"];
const LASTS = 10; // seconds that a whole run plays
const ASK_AGAIN = 2000; // ms between two questions for news

/* The time that all runs on the page show. */
class Clock {
  constructor() {
    Object.assign(this, { times: [], index: 0, runs: [], playing: false });
    this.slider = document.getElementById("slider");
    this.button = document.getElementById("play");
    this.speed = document.getElementById("speed");
    this.readout = document.getElementById("readout");
    this.near = document.getElementById("near");
    this.near.addEventListener("change", () => this.runs.forEach((run) => run.again()));
    this.slider.addEventListener("input", () => { this.stop(); this.go(Number(this.slider.value)); });
    this.button.addEventListener("click", () => (this.playing ? this.stop() : this.play()));
  }

  take(runs, follow = false) {
    const seconds = this.seconds;
    if (runs.length && !this.runs.length) this.near.checked = runs.every((run) => run.long);
    this.runs = runs;
    const timed = runs.filter((run) => run.times);
    const all = timed.flatMap((run) => Array.from(run.times, (t) => t * run.data.time.size)).sort((a, b) => a - b);
    const least = 1e-9 * (all.at(-1) - all[0]);
    this.times = all.filter((t, k) => k === 0 || t - all[k - 1] > least);
    for (const part of document.querySelectorAll("#controls > :not(.near)")) part.hidden = this.times.length < 2;
    document.getElementById("controls").hidden = !runs.length;
    this.slider.max = Math.max(this.times.length - 1, 0);
    if (!this.times.length) { runs.forEach((run) => run.at(0)); return; }
    this.go(follow ? this.times.length - 1 : nearest(this.times, seconds ?? this.times[0]));
  }

  get seconds() { return this.times[this.index]; }

  get atEnd() { return this.index >= this.times.length - 1; }

  go(index) {
    this.index = Math.min(Math.max(index, 0), this.times.length - 1);
    this.slider.value = this.index;
    const first = this.runs.find((run) => run.times);
    if (first) {
      const { size, unit } = first.data.time;
      const text = `t = ${(this.seconds / size).toFixed(4)} ${unit}`;
      this.readout.textContent = text;
      this.slider.setAttribute("aria-valuetext", `${text}, state ${first.frame + 1} of ${first.times.length}`);
    }
    this.runs.forEach((run) => run.at(this.seconds));
  }

  goTo(seconds) { this.stop(); this.go(nearest(this.times, seconds)); }

  play() {
    if (this.atEnd) this.go(0);
    this.playing = true;
    this.name();
    let before = performance.now();
    let reached = this.seconds;
    const whole = this.times.at(-1) - this.times[0];
    const step = (now) => {
      if (!this.playing) return;
      reached += (now - before) / 1000 / LASTS * Number(this.speed.value) * whole;
      before = now;
      const next = nearest(this.times, reached);
      if (next !== this.index) this.go(next);
      if (this.atEnd) { this.stop(); return; }
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  stop() { this.playing = false; this.name(); }

  name() {
    this.button.textContent = this.playing ? "❚❚ Pause" : "▶ Play";
    this.button.setAttribute("aria-pressed", String(this.playing));
  }
}

class Page {
  constructor(content) {
    this.clock = new Clock();
    this.tab = null;
    this.runs = [];
    this.sweeps = [];
    this.content = content;
  }

  get results() { return this.content.views.filter((view) => view.kind === "run"); }

  async build() {
    const { content, results } = this;
    looks.given = content.look;
    document.title = content.title;
    this.choose = results.length > 2 ? this.chooser() : null;
    for (const [number, view] of content.views.entries()) {
      if (view.kind !== "sweep") continue;
      const host = element("section", { class: "sweep-view" });
      const below = element("section", { class: "run-view", "aria-label": "the chosen point" });
      document.getElementById("sweeps").append(host, below);
      const sweep = new SweepView(view, host, (point) => this.openPoint(number, point, below));
      this.sweeps.push(sweep);
      await sweep.draw();
    }
    if (results.length) await this.showRuns(results.slice(0, 2));
    document.body.dataset.ready = "yes";
  }

  chooser() {
    const names = this.results.map((run) => run.name);
    const bar = document.getElementById("chooser");
    bar.hidden = false;
    const sides = ["Left", "Right"].map((side, k) => {
      const select = options(element("select", {}), names, k);
      select.addEventListener("change", () => this.showRuns(sides.map((s) => this.results[Number(s.value)])));
      bar.append(element("label", {}, `${side} `, select));
      return select;
    });
    return sides;
  }

  async showRuns(chosen) {
    alike(chosen);
    const host = document.getElementById("runs");
    this.runs.forEach((run) => run.close());
    host.replaceChildren();
    host.classList.toggle("two", chosen.length > 1);
    this.runs = chosen.map((data) => {
      const place = element("section", { class: "run-view", "aria-label": data.name });
      host.append(place);
      return new RunView(data, place, this.clock);
    });
    await this.begin();
  }

  /* The tabs and the slider of the runs that are on the page. */
  async begin(follow = false) {
    const known = new Set(this.runs.flatMap((run) => run.data.tabs.map((tab) => tab.title)));
    const titles = TABS.filter((title) => known.has(title));
    const list = document.getElementById("tabs");
    list.hidden = titles.length === 0;
    list.replaceChildren(...titles.map((title) => element("button", { type: "button", role: "tab", id: `tab-${title}`, "aria-controls": "panels", onclick: () => this.show(title) }, title)));
    if (!titles.includes(this.tab)) this.tab = titles[0] ?? null;
    this.clock.take(this.runs, follow);
    if (this.tab) await this.show(this.tab);
  }

  async show(title) {
    this.tab = title;
    for (const button of document.querySelectorAll("#tabs [role=tab]")) {
      const chosen = button.textContent === title;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    document.getElementById("panels").setAttribute("aria-labelledby", `tab-${title}`);
    for (const run of this.runs) await run.show(title);
    if (this.clock.times.length) this.clock.go(this.clock.index);
  }

  async openPoint(number, point, host) {
    this.runs.filter((run) => run.host === host).forEach((run) => run.close());
    this.runs = this.runs.filter((run) => run.host !== host);
    host.replaceChildren();
    const data = point === null ? null : await this.pointOf(number, point);
    if (data) {
      const panels = document.getElementById("panels");
      panels.append(host);
      this.runs.push(new RunView(data, host, this.clock));
    }
    await this.begin();
  }

  async pointOf(number, point) {
    const view = this.content.views[number];
    if (view.points === "inside") return view.runs[point];
    return asked("point", { view: number, point });
  }

  async renew(content) {
    const follow = this.clock.atEnd;
    this.content = content;
    for (const [k, view] of content.views.filter((one) => one.kind === "sweep").entries()) {
      this.sweeps[k].take(view);
      this.sweeps[k].build();
      await this.sweeps[k].draw();
    }
    const shown = this.runs.map((run) => content.views.find((view) => view.kind === "run" && view.name === run.data.name));
    if (shown.some((data) => !data)) return;
    alike(shown);
    if (this.runs.every((run, k) => run.renew(shown[k]))) this.clock.take(this.runs, follow);
    else { await this.showRuns(shown); if (follow) this.clock.go(this.clock.times.length - 1); }
  }
}

/* Runs beside each other: the same axes wherever they show the same in the same unit. */
function alike(runs) {
  const joined = (ranges) => [Math.min(...ranges.map((r) => r[0])), Math.max(...ranges.map((r) => r[1]))];
  const timed = runs.filter((run) => run.time);
  if (new Set(timed.map((run) => run.time.unit)).size === 1) {
    const both = joined(timed.map((run) => run.time.span));
    timed.forEach((run) => { run.time.span = both; });
  }
  const groups = new Map();
  for (const panel of runs.flatMap((run) => run.tabs.flatMap((tab) => tab.panels))) {
    if (panel.kind !== "profile" && panel.kind !== "history") continue;
    const name = JSON.stringify([panel.kind, panel.title, panel.y_label, panel.logarithmic]);
    groups.set(name, [...(groups.get(name) ?? []), panel]);
  }
  for (const panels of groups.values()) {
    const both = joined(panels.map((panel) => panel.y_range));
    panels.forEach((panel) => { panel.y_range = both; });
  }
}

async function asked(path, parameters) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(parameters)) query.set(name, value);
  const answer = await fetch(`${path}?${query}`);
  return answer.ok ? answer.json() : null;
}

/* Ask the server whether a run or a sweep has gone on. */
function follow(page) {
  const state = document.getElementById("live");
  let version = page.content.version;
  const ask = async () => {
    if (!page.content.views.some((view) => view.running)) { state.textContent = ""; return; }
    try {
      const news = await asked("news", { since: version });
      if (news?.content) {
        version = news.version;
        await page.renew(news.content);
      }
      state.textContent = news ? `followed live; written ${news.age}` : "";
      state.classList.remove("lost");
    } catch {
      state.textContent = "the command has ended; the page shows what it had";
      state.classList.add("lost");
    }
    setTimeout(ask, ASK_AGAIN);
  };
  ask();
}

function chooseColours() {
  const select = document.getElementById("colours");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const wanted = select.value;
    if (wanted === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = wanted;
    looks.turn(wanted === "dark" || (wanted === "system" && system.matches));
  };
  const asks = new URLSearchParams(location.hash.slice(1)).get("colours");
  if (["light", "dark"].includes(asks)) select.value = asks;
  select.addEventListener("change", apply);
  system.addEventListener("change", apply);
  apply();
}

function keys(page) {
  document.getElementById("tabs").addEventListener("keydown", (event) => {
    const tabs = [...event.currentTarget.children];
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
  document.addEventListener("keydown", (event) => {
    const own = event.target.closest?.("button, input, select, summary, a");
    if (own || event.key !== " " || page.clock.times.length < 2) return;
    event.preventDefault();
    page.clock.button.click();
  });
}

(async () => {
  const content = await inflated(document.getElementById("data").textContent);
  looks.given = content.look;
  chooseColours();
  const page = new Page(content);
  window.boltzwall = page;
  keys(page);
  await page.build();
  if (content.version) follow(page);
})().catch((error) => {
  document.getElementById("trouble").textContent = `This browser could not draw the page: ${error.message}`;
  console.error(error);
});
