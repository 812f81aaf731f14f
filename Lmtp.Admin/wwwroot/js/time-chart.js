// Draws <time-chart data-chart="…json…">: bars on each other, or lines, over time. Colours are names of design tokens, so
// that a change of theme is a redraw. The numbers stand in a table beside the chart; what is drawn here is for the eye.
const library = new URL("../lib/uplot/1.6.32/uPlot.esm.js", import.meta.url).href;
const byteSteps = Array.from({ length: 60 }, (_, i) => 2 ** i);
const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const day = 24 * 60 * 60;

const numbers = (digits) => new Intl.NumberFormat(undefined, { maximumSignificantDigits: digits });

function withUnit(value, unit, digits) {
  if (unit === "Bytes") {
    const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(value) / 10));
    return `${numbers(digits).format(value / 1024 ** power)}\u00a0${byteUnits[power]}`;
  }

  if (unit === "Milliseconds") {
    return value < 1000 ? `${numbers(digits).format(value)}\u00a0ms` : `${numbers(digits).format(value / 1000)}\u00a0s`;
  }

  return numbers(digits).format(value);
}

// Layers of a stack are drawn from the back: each covers the ones behind it up to its own height.
function toLayers(chart) {
  const sums = new Array(chart.times.length).fill(0);
  return chart.series.map((series) => series.values.map((value, i) => (sums[i] += value ?? 0))).reverse();
}

function toTicks(_, splits) {
  const isLong = splits.length > 1 && splits[1] - splits[0] >= day / 2;
  const format = new Intl.DateTimeFormat(undefined, isLong ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit" });
  return splits.map((time) => format.format(new Date(time * 1000)));
}

class TimeChart extends HTMLElement {
  static observedAttributes = ["data-chart"];

  #plot = null;
  #shape = "";
  #tooltip = null;
  #ended = null;

  async connectedCallback() {
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    this.library = (await import(library)).default;
    if (signal.aborted) {
      return;
    }

    const redraw = () => this.#draw(true);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw, { signal });
    const themes = new MutationObserver(redraw);
    themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const sizes = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
    sizes.observe(this);
    signal.addEventListener("abort", () => {
      themes.disconnect();
      sizes.disconnect();
    });
    this.#draw(true);
  }

  disconnectedCallback() {
    this.#ended?.abort();
    this.#plot?.destroy();
    this.#plot = null;
  }

  attributeChangedCallback() {
    this.#draw(false);
  }

  #draw(anew) {
    if (!this.library || !this.isConnected) {
      return;
    }

    const chart = JSON.parse(this.dataset.chart);
    const shape = JSON.stringify([chart.unit, chart.stacked, chart.series.map((series) => [series.name, series.color])]);
    const data = [chart.times, ...(chart.stacked ? toLayers(chart) : chart.series.map((series) => series.values))];
    this.chart = chart;
    if (!anew && shape === this.#shape && this.#plot) {
      this.#plot.setData(data);
      return;
    }

    this.#shape = shape;
    this.#plot?.destroy();
    this.#plot = new this.library(this.#options(chart), data, this);
    this.#tooltip = document.createElement("div");
    this.#tooltip.className = "plot-tooltip";
    this.#tooltip.hidden = true;
    this.#plot.over.append(this.#tooltip);
  }

  #size() {
    return { width: Math.max(this.clientWidth, 120), height: Math.max(this.clientHeight, 80) };
  }

  #step() {
    const { times } = this.chart;
    return times.length > 1 ? times[1] - times[0] : 60;
  }

  #color(name) {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    this.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  #options(chart) {
    const uPlot = this.library;
    const [line, ink] = [this.#color("--line"), this.#color("--ink-2")];
    const font = `12px ${getComputedStyle(this).fontFamily}`;
    const drawn = chart.stacked ? [...chart.series].reverse() : chart.series;
    return {
      ...this.#size(),
      // The label of the last tick is half outside.
      padding: [8, 28, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: !chart.stacked } },
      scales: {
        x: { range: (_, from, to) => [from - this.#step() / 2, to + this.#step() / 2] },
        y: { range: (_, min, max) => [0, max > 0 ? max * 1.1 : 1] },
      },
      axes: [
        { stroke: ink, font, size: 30, gap: 6, space: 84, grid: { show: false }, ticks: { stroke: line, width: 1, size: 4 }, values: toTicks },
        {
          stroke: ink, font, gap: 6, size: (_, texts) => 14 + Math.max(18, ...(texts ?? []).map((text) => text.length * 7)),
          grid: { stroke: line, width: 1 }, ticks: { show: false }, space: 36,
          incrs: chart.unit === "Bytes" ? byteSteps : undefined,
          values: (_, splits) => splits.map((value) => withUnit(value, chart.unit, 3)),
        },
      ],
      series: [{}, ...drawn.map((series) => this.#series(uPlot, chart, series))],
      hooks: { setCursor: [(plot) => this.#point(plot)] },
    };
  }

  #series(uPlot, chart, series) {
    const color = this.#color(series.color);
    if (chart.stacked) {
      return { stroke: color, width: 0, fill: color, paths: uPlot.paths.bars({ size: [0.78, 28], radius: 0.15 }), points: { show: false } };
    }

    // A value between two gaps has no line: a point stands for it.
    const isAlone = (values, i) => values[i] != null && values[i - 1] == null && values[i + 1] == null;
    return {
      stroke: color, width: 2, spanGaps: chart.spanGaps, fill: chart.series.length === 1 ? `color-mix(in srgb, ${color} 14%, transparent)` : undefined,
      points: { show: true, size: 5, fill: color, filter: (plot, index) => plot.data[index].flatMap((_, i, values) => (isAlone(values, i) ? [i] : [])) },
    };
  }

  #point(plot) {
    const { idx: at, left } = plot.cursor;
    this.#tooltip.hidden = at == null || left < 0;
    if (this.#tooltip.hidden) {
      return;
    }

    const time = new Date(this.chart.times[at] * 1000).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
    const rows = this.chart.series.map((series) => {
      const value = series.values[at];
      return `${series.name}: ${value == null ? "–" : withUnit(value, this.chart.unit, 3)}${this.chart.unit === "PerSecond" ? "/s" : ""}`;
    });
    this.#tooltip.replaceChildren(...[time, ...rows].map((text) => Object.assign(document.createElement("div"), { textContent: text })));
    const width = plot.over.clientWidth;
    const x = Math.min(Math.max(left, this.#tooltip.offsetWidth / 2), width - this.#tooltip.offsetWidth / 2);
    this.#tooltip.style.transform = `translate(calc(${x}px - 50%), 0)`;
  }
}

customElements.define("time-chart", TimeChart);
