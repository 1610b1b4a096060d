/* Readings over the year, drawn from the table of rounds under them: what is drawn is what is read. */
const css = getComputedStyle(document.documentElement);
const colour = (name) => css.getPropertyValue(name).trim();
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function rounds(table) {
  return [...table.tBodies[0].rows].map((row) => row.dataset).reverse();
}

function point(round, name, least, most) {
  const value = round[name] === "" ? null : Number(round[name]);
  if (value === null) return null;
  const beyond = value < least || value > most;
  return {
    value: [round.day, value],
    symbol: round.fault ? "diamond" : "circle",
    symbolSize: round.fault ? 13 : beyond ? 9 : 7,
    itemStyle: { color: colour(round.fault ? "--bad" : beyond ? "--warn" : "--info") },
  };
}

function limit(at, year) {
  return {
    type: "line", silent: true, symbol: "none", data: [[`${year}-01-01`, at], [`${year}-12-31`, at]],
    lineStyle: { type: "dashed", width: 1.5, color: colour("--ok") },
    endLabel: { show: true, formatter: String(at), color: colour("--ok"), fontSize: 11 },
  };
}

function options(place, table) {
  const { climate, unit, year } = place.dataset;
  const least = Number(place.dataset.least);
  const most = Number(place.dataset.most);
  const read = rounds(table);
  const points = read.map((round) => point(round, climate, least, most)).filter(Boolean);
  const values = [...points.map((each) => each.value[1]), least, most];
  const about = new Map(read.map((round) => [round.day, round.fault]));
  const room = (Math.max(...values) - Math.min(...values)) * 0.15;
  return {
    animation: !calm, animationDuration: 250,
    aria: { enabled: true },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 40, right: 34, top: 14, bottom: 28 },
    tooltip: {
      trigger: "item", confine: true,
      formatter: ({ value }) => [`${value[0]}　${value[1]} ${unit}`, about.get(value[0])].filter(Boolean).join("\n").replace(/[<>&]/g, " "),
      extraCssText: "white-space: pre-line; max-width: 260px",
    },
    xAxis: {
      type: "time", min: `${year}-01-01`, max: `${year}-12-31`, axisLine: { lineStyle: { color: colour("--line") } }, axisTick: { show: false },
      splitNumber: 12, axisLabel: { color: colour("--ink-2"), fontSize: 11, formatter: (at) => String(new Date(at).getMonth() + 1), hideOverlap: true },
      splitLine: { show: false }, minInterval: 27 * 86400000,
    },
    yAxis: {
      type: "value", min: Math.floor(Math.min(...values) - room), max: Math.ceil(Math.max(...values) + room),
      splitLine: { lineStyle: { color: colour("--line-soft") } }, axisLabel: { color: colour("--ink-3"), fontSize: 11, showMinLabel: false, showMaxLabel: false },
    },
    series: [
      limit(least, year), limit(most, year),
      { type: "line", data: points, lineStyle: { color: colour("--info"), width: 1.5, opacity: 0.6 }, connectNulls: true },
    ],
  };
}

for (const place of document.querySelectorAll("[data-climate]")) {
  const table = document.getElementById(place.dataset.of);
  if (!window.echarts || !table) continue;
  place.hidden = false;
  place.closest(".card").querySelector(".climate-key").hidden = false;
  const chart = window.echarts.init(place);
  chart.setOption(options(place, table));
  addEventListener("resize", () => chart.resize());
}
