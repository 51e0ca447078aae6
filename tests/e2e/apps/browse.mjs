// node browse.mjs socketio URL | vite URL FOLDER: visits URL in Debian's headless Chromium, prints one JSON object.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const TIMEOUT_MS = process.env.TUNNEL_SANITIZER ? 240000 : 60000;
const EDIT_AGAIN_MS = 5000;
const [what, url, folder] = process.argv.slice(2);
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();
page.setDefaultTimeout(TIMEOUT_MS);
const seen = { webSockets: [], problems: [], navigations: 0 };
page.on("websocket", (socket) => seen.webSockets.push(socket.url()));
page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.problems.push(message.text()));
page.on("pageerror", (error) => seen.problems.push(String(error)));
page.on("framenavigated", () => { seen.navigations += 1; });

async function socketio() {
    await page.goto(url);
    const converse = (transports) => page.evaluate((list) => converse(list), transports);
    return {
        polling: await converse(["polling"]),
        websocket: await converse(["websocket"]),
        upgraded: await converse(["polling", "websocket"]),
    };
}

async function vite() {
    await page.goto(url, { waitUntil: "load" });
    const message = page.locator("#message");
    const shows = (text) => (options) =>
        page.waitForFunction((wanted) => document.getElementById("message").textContent === wanted, text, options);
    const recolored = (options) => page.waitForFunction(
        () => getComputedStyle(document.getElementById("message")).color === "rgb(4, 5, 6)", null, options);
    const color = () => message.evaluate((element) => getComputedStyle(element).color);
    await shows("first")();
    const before = await color();
    await page.waitForFunction(() => performance.getEntriesByType("resource").some((entry) => entry.name.includes("@vite/client")));
    await hmrConnected;
    await page.evaluate(() => { window.untouched = true; });
    await edit("message.js", 'export const message = "second";\n', shows("second"));
    await edit("style.css", "#message { color: rgb(4, 5, 6); }\n", recolored);
    return { before, after: await color(), untouched: await page.evaluate(() => window.untouched === true) };
}

// Saves a file until that is seen: on a busy machine Vite serves its page before it watches its folder, and does not say
// when it does.
async function edit(file, text, seen) {
    for (const end = Date.now() + TIMEOUT_MS; ;) {
        writeFileSync(join(folder, file), text);
        try {
            return await seen({ timeout: EDIT_AGAIN_MS });
        } catch (error) {
            if (Date.now() > end) throw error;
        }
    }
}

// Vite says so itself, once its socket is open; an edit before that would reach nobody.
const hmrConnected = new Promise((done) => {
    page.on("console", (message) => message.text().includes("[vite] connected.") && done());
});

try {
    const result = await { socketio, vite }[what]();
    console.log(JSON.stringify({ ...seen, result }));
} catch (error) {
    console.log(JSON.stringify({ ...seen, failure: String(error) }));
    process.exitCode = 1;
} finally {
    await browser.close();
}
