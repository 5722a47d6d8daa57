// Opens report pages in headless Chromium and checks what only a browser can see.
//
//   node tests/browser/check.mjs PAGE.html…
//
// Prints a line a check and exits 1 if one fails. CHROMIUM names another browser than /usr/bin/chromium. The checks
// of printed pages read the PDF with pdftoppm and pdftotext (poppler-utils) and are left out, with a line, where
// these are missing.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const SIZES = [
  { width: 1280, height: 900 },
  { width: 360, height: 800 },
  { width: 500, height: 800 },
];
const PAPERS = ["A4", "Letter"];
// Numbers and actions on two pages, and that is all of a brief report; data and method on two, and between them two charts a page.
const mostPages = (brief, charts) => (brief ? 2 : 4 + Math.ceil(charts / 2));
const LEAST_INK = 0.01;
// How far down the page the last word above the margin stands; pages 1 and 2 are what the plan makes of them.
const LEAST_DEPTH = 0.45;
const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let failed = 0;

/** One line a check; `wrong` lists what is wrong. */
function told(page, what, wrong) {
  const bad = wrong.length > 0;
  failed += bad ? 1 : 0;
  console.log(`${bad ? "FAIL" : "ok  "} ${page}: ${what}`);
  for (const one of wrong.slice(0, 8)) console.log(`       ${one}`);
  if (wrong.length > 8) console.log(`       and ${wrong.length - 8} more`);
}

/** A page in a context of its own, with everything it says or asks for. */
async function open(browser, file, options, visit) {
  const context = await browser.newContext({ viewport: SIZES[0], ...options });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const noise = [];
  page.on("console", (line) => {
    if (["error", "warning"].includes(line.type())) noise.push(`console: ${line.text()}`);
  });
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== url) noise.push(`request: ${request.url().slice(0, 120)}`);
  });
  await page.goto(url);
  try {
    return await visit(page, noise);
  } finally {
    await context.close();
  }
}

const unfold = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));

/** Runs in the page: what is too wide, cut off, or drawn twice. */
function layout() {
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) wrong.push(`sideways scroll: ${root.scrollWidth} px in ${innerWidth}`);
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  for (const figure of document.querySelectorAll("figure")) {
    const drawn = [...figure.querySelectorAll(":scope > svg")].filter(shown);
    if (drawn.length !== 1) wrong.push(`${figure.id}: ${drawn.length} drawings shown`);
    for (const svg of drawn) {
      const box = svg.getBoundingClientRect();
      for (const text of svg.querySelectorAll("text")) {
        const own = text.getBoundingClientRect();
        const out = own.left < box.left - 3 || own.right > box.right + 3 || own.top < box.top - 3;
        if (out || own.bottom > box.bottom + 3) wrong.push(`${svg.id}: “${text.textContent}” leaves the drawing`);
      }
    }
  }
  for (const part of document.querySelectorAll(".card, .num, .cover, figure, .three, .filters")) {
    const box = part.getBoundingClientRect();
    const words = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const parent = words.currentNode.parentElement;
      if (parent.closest("svg, .sr, .scroll, script") || !words.currentNode.data.trim() || !shown(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      for (const own of range.getClientRects()) {
        const out = own.left < box.left - 1 || own.right > box.right + 1 || own.bottom > box.bottom + 2;
        if (out) wrong.push(`${part.className || part.id}: “${words.currentNode.data.slice(0, 50)}” is cut off`);
      }
    }
    for (const one of [part, ...part.querySelectorAll("*:not(svg *)")]) {
      const style = getComputedStyle(one);
      const hides = style.overflowX !== "visible" && !one.matches(".scroll, .sr, svg, input");
      if (hides && one.scrollWidth > one.clientWidth + 1) wrong.push(`${one.tagName}.${one.className} hides text`);
    }
  }
  return wrong;
}

async function looks(browser, file, name) {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of SIZES) {
      const what = `${viewport.width}x${viewport.height} ${colorScheme}`;
      await open(browser, file, { viewport, colorScheme }, async (page, noise) => {
        const wrong = await page.evaluate(layout);
        await unfold(page);
        wrong.push(...(await page.evaluate(layout)).map((one) => `unfolded: ${one}`));
        told(name, `${what}: quiet, no request, nothing too wide or cut off`, [...new Set([...noise, ...wrong])]);
      });
      // The policy rightly refuses a foreign script, so axe runs where the policy is off.
      await open(browser, file, { viewport, colorScheme, bypassCSP: true }, async (page) => {
        await unfold(page);
        await page.addScriptTag({ path: AXE });
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const wrong = violations.map((one) => {
          const node = one.nodes[0];
          const why = [...node.any, ...node.all, ...node.none].map((check) => check.message)[0] ?? "";
          return `${one.id} (${one.impact}, ${one.nodes.length}×): ${node.html.slice(0, 140)} — ${why}`;
        });
        told(name, `${what}: axe-core`, wrong);
      });
    }
  }
}

/** Runs in the page: the cards and headings of the deck that are shown; who is let rest has cards below it that no filter hides. */
function deck() {
  const shown = (one) => one !== null && one.checkVisibility();
  const groups = [...document.querySelectorAll(".deck .wk")].map((head) => {
    const cards = head.parentElement.matches(".deck") ? head.nextElementSibling : head.parentElement;
    const tally = [...head.querySelectorAll("span .some")].filter(shown).map((one) => one.textContent);
    return { head: shown(head), tally, cards: [...cards.querySelectorAll(".card")].filter(shown).length };
  });
  const none = [...document.querySelectorAll(".nomatch .some")].filter(shown).length;
  return { groups, none, cards: [...document.querySelectorAll(".deck .card")].filter(shown).length };
}

/** The filters work without script: so they are checked without it. */
async function withoutScript(browser, file, name) {
  await open(browser, file, { javaScriptEnabled: false }, async (page, noise) => {
    const wrong = [...noise, ...(await page.evaluate(layout))];
    const { rows, folded, seek } = await page.evaluate(() => ({
      rows: document.querySelectorAll(".people tbody tr").length,
      folded: document.querySelector("details.people") !== null,
      seek: document.querySelector(".seek")?.checkVisibility() ?? false,
    }));
    if (folded && rows === 0) wrong.push("no people in the table");
    if (seek) wrong.push("the text filter shows although it cannot work");
    if (folded) {
      await page.click("details.people > summary");
      const visible = await page.locator(".people tbody tr").last().isVisible();
      if (!visible) wrong.push("the table does not unfold");
    }
    told(name, "without script: everything is there", wrong);

    const ids = (group) => page.$$eval(`.filters input[name=${group}]`, (all) => all.map((one) => one.id));
    const [goals, minutes] = [await ids("g"), await ids("m")];
    if (minutes.length === 0) return;
    const off = [];
    const all = (await page.evaluate(deck)).cards;
    for (const goal of goals.length > 1 ? goals : [null]) {
      for (const minute of minutes) {
        if (goal) await page.click(`label[for=${goal}]`);
        await page.click(`label[for=${minute}]`);
        const choice = `${goal ?? "g0"}, ${minute}`;
        const { groups, none, cards } = await page.evaluate(deck);
        const want = await page.$$eval(
          ".deck .card",
          (own, [goal, minute]) =>
            own.filter(
              (card) =>
                (!goal || goal === "g0" || card.classList.contains(goal)) &&
                (minute === "m0" || card.matches(minute === "m10" ? ".m10" : ".m10, .m30")),
            ).length,
          [goal, minute],
        );
        if (cards !== want) off.push(`${choice}: ${cards} cards shown, ${want} fit`);
        if (choice === "g0, m0" && cards !== all) off.push("not every card shows at first");
        if ((cards === 0) !== (none === 1)) off.push(`${choice}: ${cards} cards, ${none} sentences of none`);
        for (const group of groups) {
          if (group.head !== group.cards > 0) off.push(`${choice}: a heading over ${group.cards} cards`);
          const count = group.tally.join().split(" ")[0].toLowerCase();
          const said = COUNTS.includes(count) ? COUNTS.indexOf(count) : Number(count);
          if (group.head && (group.tally.length !== 1 || said !== group.cards)) {
            off.push(`${choice}: “${group.tally.join("; ")}” over ${group.cards} cards`);
          }
        }
      }
    }
    await page.click("label[for=m0]");
    await page.focus("#m0");
    await page.keyboard.press("ArrowRight");
    if (!(await page.isChecked("#m10"))) off.push("arrow keys do not move the choice");
    told(name, `filters: ${Math.max(goals.length, 1) * minutes.length} choices agree with their counts`, off);
  });
}

/** Sorting and finding in the table of people. */
async function table(browser, file, name) {
  await open(browser, file, {}, async (page, noise) => {
    if ((await page.locator("details.people").count()) === 0) return;
    await page.click("details.people > summary");
    const wrong = [];
    const buttons = page.locator(".people thead th button");
    const state = (nth) =>
      page.evaluate((nth) => {
        const head = document.querySelectorAll(".people thead th")[nth];
        const cell = (row) => row.cells[nth].dataset.k ?? row.cells[nth].textContent;
        const keys = [...document.querySelectorAll(".people tbody tr")].map(cell);
        const known = keys.filter(Boolean);
        const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
        const runs = (sign) => known.every((key, at) => at === 0 || sign * order.compare(known[at - 1], key) <= 0);
        const last = keys.findIndex((key) => !key);
        const end = last < 0 || keys.slice(last).every((key) => !key);
        const marked = document.querySelectorAll(".people th[aria-sort]").length;
        return { sort: head.getAttribute("aria-sort"), up: runs(1), down: runs(-1), end, marked, rows: keys.length };
      }, nth);
    const expect = async (nth, sort, how) => {
      const now = await state(nth);
      const sorted = sort === "ascending" ? now.up : now.down;
      if (now.sort !== sort || !sorted || !now.end || now.marked !== 1) {
        wrong.push(`column ${nth + 1} by ${how}: not ${sort}: ${JSON.stringify(now)}`);
      }
    };
    const columns = await buttons.count();
    if (columns !== 5) wrong.push(`${columns} columns can be sorted`);
    await expect(3, "descending", "itself");
    for (let nth = 0; nth < columns; nth += 1) {
      if (nth === 3) continue;
      await buttons.nth(nth).click();
      await expect(nth, "ascending", "mouse");
      await buttons.nth(nth).focus();
      await page.keyboard.press(nth % 2 ? "Enter" : "Space");
      await expect(nth, "descending", "keyboard");
    }
    await buttons.nth(3).click();
    await expect(3, "descending", "mouse");
    told(name, "table: sorts by mouse and keyboard", [...wrong, ...noise]);

    const off = [];
    const first = (await page.locator(".people tbody tr th").first().textContent()).trim();
    const word = first.split(/\s+/)[0];
    await page.getByLabel("Find in this table").fill(word);
    const { shown, miss, said, rows } = await page.evaluate((word) => {
      const rows = [...document.querySelectorAll(".people tbody tr")];
      const has = (row) => row.textContent.toLowerCase().includes(word.toLowerCase());
      return {
        shown: rows.filter((row) => row.checkVisibility()).length,
        miss: rows.filter((row) => row.checkVisibility() !== has(row)).length,
        said: document.querySelector(".seek output").textContent,
        rows: rows.length,
      };
    }, word);
    if (shown === 0 || miss > 0) off.push(`“${word}”: ${shown} shown, ${miss} wrong`);
    if (said !== `${shown} of ${rows}`) off.push(`says “${said}”, shows ${shown} of ${rows}`);
    await page.getByLabel("Find in this table").fill("no such person anywhere");
    if ((await page.locator(".people tbody tr:visible").count()) > 0) off.push("shows people who do not match");
    await page.getByLabel("Find in this table").fill("");
    if ((await page.locator(".people tbody tr:visible").count()) !== rows) off.push("does not show all again");
    told(name, "table: finds by text", off);
  });
}

/** Whether a tool of poppler-utils is here. */
function has(tool) {
  return (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, tool)));
}

/** Share of pixels that are not white, and how far down the last of them stands above the margin, by page. */
function ink(pdf, folder) {
  execFileSync("pdftoppm", ["-r", "50", "-gray", pdf, join(folder, "page")]);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".pgm"))
    .sort((a, b) => Number(a.match(/\d+/)[0]) - Number(b.match(/\d+/)[0]))
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      const [header, width] = bytes.toString("latin1", 0, 40).match(/^P5\s(\d+)\s\d+\s\d+\s/);
      const pixels = bytes.subarray(header.length);
      const share = pixels.reduce((sum, grey) => sum + (grey < 245 ? 1 : 0), 0) / pixels.length;
      const last = pixels.subarray(0, Math.floor(pixels.length * 0.92)).findLastIndex((grey) => grey < 200);
      return { share, depth: Math.floor(last / Number(width)) / (pixels.length / Number(width)) };
    });
}

/** Runs in the page: a tiny mark at both ends of what must stay whole. */
function mark() {
  document.querySelectorAll("figure, .card, .tile, .pair").forEach((part, nth) => {
    part.style.position = "relative";
    for (const [end, side] of [["a", "top"], ["z", "bottom"]]) {
      const tag = document.createElement("span");
      tag.textContent = `§${nth}${end}§`;
      tag.style.cssText = `position:absolute;left:0;${side}:0;font:4px/4px sans-serif;color:#ddd`;
      part.append(tag);
    }
  });
}

async function print(browser, file, name) {
  for (const format of PAPERS) {
    const folder = mkdtempSync(join(tmpdir(), "weaktie-print-"));
    await open(browser, file, {}, async (page, noise) => {
      const [title, charts] = await page.evaluate(() => [
        document.querySelector("h1").textContent,
        document.querySelector("section.charts:has(figure) h2")?.textContent ?? null,
      ]);
      const plain = join(folder, "plain.pdf");
      await page.pdf({ path: plain, format, printBackground: true, preferCSSPageSize: true });
      await page.evaluate(mark);
      const marked = join(folder, "marked.pdf");
      await page.pdf({ path: marked, format, printBackground: true, preferCSSPageSize: true });
      if (!has("pdftoppm") || !has("pdftotext")) {
        console.log(`skip ${name}: print on ${format}: poppler-utils is not installed`);
        return;
      }
      const wrong = [...noise];
      const size = execFileSync("pdfinfo", [plain], { encoding: "utf8" }).match(/Page size:\s+([\d.]+) x ([\d.]+)/);
      const wide = format === "A4" ? 595 : 612;
      if (Math.abs(Number(size[1]) - wide) > 2) wrong.push(`the paper is ${size[1]} pt wide`);
      const pages = (pdf) =>
        execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8", maxBuffer: 1 << 26 })
          .split("\f")
          .slice(0, -1)
          .map((text) => text.replace(/\s+/g, " "));
      const texts = pages(plain);
      const brief = (await page.locator(".page.brief").count()) > 0;
      const most = mostPages(brief, await page.locator("figure").count());
      if (texts.length > most) wrong.push(`${texts.length} pages, ${most} at most`);
      const on = (words) => texts.findIndex((text) => text.includes(words.replace(/\s+/g, " ").slice(0, 30))) + 1;
      if (on(title) !== 1) wrong.push("the finding is not on page 1");
      if (charts && (on(charts) < 1 || on(charts) > 3)) wrong.push(`charts start on page ${on(charts)}`);
      if (charts && on(charts) !== 3 && (await page.locator(".later .card:nth-child(4)").count()) > 0) {
        wrong.push(`cover, numbers and actions take ${on(charts) - 1} pages, not two`);
      }
      ink(plain, folder).forEach(({ share, depth }, nth, all) => {
        if (nth === all.length - 1) return;
        if (share < LEAST_INK) wrong.push(`page ${nth + 1} is ${(share * 100).toFixed(1)}% ink`);
        if (nth > 1 && depth < LEAST_DEPTH) wrong.push(`page ${nth + 1} is filled to ${(depth * 100).toFixed(0)}% only`);
      });
      const ends = new Map();
      pages(marked).forEach((text, nth) => {
        for (const [, id, end] of text.matchAll(/§(\d+)([az])§/g)) {
          ends.set(id, { ...ends.get(id), [end]: nth + 1 });
        }
      });
      for (const [id, { a, z }] of ends) {
        if (a !== z) wrong.push(`part ${id} runs from page ${a} to ${z}`);
      }
      told(name, `print on ${format}: ${texts.length} pages, ${ends.size} parts whole`, wrong);
    });
    rmSync(folder, { recursive: true, force: true });
  }
}

const files = process.argv.slice(2).map((file) => resolve(file));
const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
if (files.length === 0 || !existsSync(executablePath)) {
  console.error(files.length === 0 ? "usage: node check.mjs PAGE.html…" : `no browser at ${executablePath}`);
  process.exit(2);
}
/** Every check of one page. */
async function check(file) {
  // Reports are all called report.html: their folder tells them apart.
  const name = basename(file) === "report.html" ? basename(dirname(file)) : basename(file, ".html");
  // A browser a page: one that dies takes no other page's checks with it.
  const browser = await chromium.launch({ executablePath, args: ARGS });
  try {
    await looks(browser, file, name);
    await withoutScript(browser, file, name);
    await table(browser, file, name);
    await print(browser, file, name);
  } catch (error) {
    told(name, "the checks ran to their end", [String(error.message ?? error).split("\n")[0]]);
  } finally {
    await browser.close();
  }
}

// Two pages at a time: a page waits for its browser more than it computes.
const queue = [...files];
const work = async () => {
  for (let file = queue.shift(); file; file = queue.shift()) await check(file);
};
await Promise.all([work(), work()]);
console.log(failed === 0 ? "all passed" : `${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
