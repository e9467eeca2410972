// Opens an HTML report in Chromium and fails on a console message, a network request, a figure that is not the JSON's,
// an accessibility problem, or a page wider than its screen.
//
//     npm ci && node check.js REPORT.html REPORT.json

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const [html, json] = process.argv.slice(2);
const report = JSON.parse(readFileSync(json, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = pathToFileURL(html).href;
const problems = [];

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"],
});
for (const [width, height] of [[1200, 900], [360, 740]]) {
  for (const scheme of ["light", "dark"]) {
    await look(width, height, scheme);
  }
}
await browser.close();
problems.forEach((problem) => console.error(problem));
console.log(problems.length ? `${problems.length} problems` : "the page is fine");
process.exit(problems.length ? 1 : 0);

async function look(width, height, scheme) {
  const where = `${width} px, ${scheme}`;
  const page = await browser.newPage();
  page.on("console", (message) => problems.push(`${where}: console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`${where}: ${error}`));
  page.on("dialog", (dialog) => {
    problems.push(`${where}: asks: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) problems.push(`${where}: asks for ${request.url()}`);
  });
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  // The page forbids scripts; the check itself needs one.
  await page.setBypassCSP(true);
  await page.goto(address);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) problems.push(`${where}: ${wide} px wider than the screen`);
  await figures(page, where);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  for (const problem of found.violations) {
    problems.push(`${where}: ${problem.id}: ${problem.help}: ${problem.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
  }
  await page.close();
}

async function figures(page, where) {
  const language = await page.evaluate(() => document.documentElement.lang);
  const rows = await page.$$eval("#groups tbody tr", (rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
  const number = (text) => Number(text.replace("−", "-").replace(...(language === "id" ? [",", "."] : ["", ""])));
  report.groups.forEach((group, place) => {
    if (!group.figures) return;
    const { net, pro } = group.figures;
    const shown = rows[place][7].match(/[+−]?\d[.,]\d+/g).map(number);
    const expected = [net.value, net.low, net.high];
    const close = expected.every((value, index) => Math.abs(value - shown[index]) <= 0.005 + 1e-9);
    const share = number(rows[place][4].match(/\d+[.,]\d/)[0]) / 100;
    if (!close || Math.abs(share - pro.value) > 0.0005 + 1e-9) problems.push(`${where}: ${group.name}: ${rows[place]}`);
  });
}
