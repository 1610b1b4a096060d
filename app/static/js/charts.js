/* Charts drawn from the tables that stand under them: what is drawn is what is read. Without this, the tables remain. */
const MOST = 15;
const css = getComputedStyle(document.documentElement);
const colour = (name) => css.getPropertyValue(name).trim();
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function numbers(table, heading) {
  const rows = [...table.tBodies[0].rows];
  const at = heading < 0 ? rows[0].cells.length - 1 : heading;
  return rows.map((row) => Number(row.cells[at].textContent.trim()) || 0);
}

function options(place, table) {
  const names = [...table.tBodies[0].rows].map((row) => row.cells[0].textContent.trim());
  const received = numbers(table, 1);
  const late = numbers(table, -1);
  const few = names.length > MOST && place.dataset.chart === "bar" ? MOST : names.length;
  const slanted = few > 8;
  const room = slanted ? 110 : Math.max(48, Math.floor((place.clientWidth || 640) / Math.max(few, 1)) - 10);
  const label = { show: few <= 24, position: "top", color: colour("--ink-2"), fontSize: 11, formatter: ({ value }) => value || "" };
  const line = { lineStyle: { color: colour("--line") } };
  return {
    animation: !calm, animationDuration: 250, animationDurationUpdate: 0,
    aria: { enabled: true },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    color: [colour("--info"), colour("--bad")],
    grid: { left: 36, right: 12, top: 20, bottom: slanted ? 64 : 44 },
    xAxis: {
      type: "category", data: names.slice(0, few), axisLine: line, axisTick: { show: false },
      axisLabel: { color: colour("--ink-2"), interval: 0, rotate: slanted ? 28 : 0, width: room, overflow: slanted ? "truncate" : "break", fontSize: 11 },
    },
    yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: colour("--line-soft") } }, axisLabel: { color: colour("--ink-3"), fontSize: 11 } },
    series: [
      { type: "bar", data: received.slice(0, few), barMaxWidth: 26, label, itemStyle: { borderRadius: [2, 2, 0, 0] } },
      place.dataset.chart === "line"
        ? { type: "line", data: late.slice(0, few), symbolSize: 5 }
        : { type: "bar", data: late.slice(0, few), barMaxWidth: 26, label },
    ],
  };
}

for (const place of document.querySelectorAll("[data-chart]")) {
  const table = document.getElementById(place.dataset.of);
  if (!window.echarts || !table || !table.tBodies[0].rows.length) continue;
  place.hidden = false;
  place.closest(".card").querySelector(".key").hidden = false;
  const chart = window.echarts.init(place);
  chart.setOption(options(place, table));
  addEventListener("resize", () => chart.resize());
}
