// The service worker lets questions that were read be read again offline. Online, pages
// always come from the network. The server puts three constants before this file: version,
// which differs for each build of the program; shell, the addresses to cache before any
// question is; and mostPages, how many questions to keep besides the saved ones.

const pages = "pages"; // question pages, the last read at the end
const files = "files"; // their scripts and fonts, the last used at the end
const theme = "theme"; // the color-scheme that the reader chose, stored by theme.js
const own = "own " + version; // the shell

const mostFiles = 20;

const questionPath = /^\/learn\/[^/]+\/questions\/[^/.]+$/;
const filePath = /^\/assets\/(fonts\/|\w+\.\w+\.js$)/;
const filesIn = /\/assets\/(?:fonts\/[\w.-]+|\w+\.\w+\.js)/g;

addEventListener("install", (event) => {
  skipWaiting();
  const requests = shell.map((url) => new Request(url, { cache: "no-cache" }));
  event.waitUntil(caches.open(own).then((cache) => cache.addAll(requests)));
});

addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  await registration.navigationPreload?.enable();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => ![pages, files, theme, own].includes(name)).map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method != "GET" || origin != location.origin) return;
  if (mode == "navigate") {
    accept = event.request.headers.get("Accept") ?? accept;
    event.respondWith(inTheme(fromNetwork(event, pathname)));
  } else if (questionPath.test(pathname)) event.respondWith(fromNetwork(event, pathname));
  else if (filePath.test(pathname)) event.respondWith(fromCache(event.request));
});

// fromNetwork answers from the cache only if the network does not respond, and removes
// pages from the cache that no longer exist.
async function fromNetwork(event, path) {
  try {
    const response = (await event.preloadResponse) ?? (await fetch(event.request));
    if (response.type == "error") throw new Error("no connection"); // in Firefox, where the preload failed
    await forgetIfGone(path, response);
    return response;
  } catch {
    return (await kept(path)) ?? (event.request.mode == "navigate" ? kept("/offline") : Response.error());
  }
}

// inTheme writes the theme that the reader chose into a page as it streams past, so that
// the page has it before its script runs. It cannot match the text of a page, where
// quotation marks are escaped. If the tag is split between two chunks, the page gets its
// theme from the script alone.
async function inTheme(page) {
  const [response, chosen] = await Promise.all([page, kept("/theme").catch(() => null)]); // the page works without a theme
  if (!chosen || !response?.body || !response.headers.get("Content-Type")?.startsWith("text/html")) return response;
  const schemes = await chosen.text();
  const write = new TransformStream({
    transform(text, controller) {
      controller.enqueue(text.replace('<meta name="color-scheme" content="light dark"', `<meta name="color-scheme" content="${schemes}"`));
    },
  });
  const body = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(write).pipeThrough(new TextEncoderStream());
  return new Response(body, response);
}

// fromCache answers from the cache with a file whose address changes with its content.
async function fromCache(request) {
  return (await kept(request)) ?? fetch(request);
}

function kept(request) {
  return caches.match(request, { ignoreVary: true });
}

async function forgetIfGone(path, { status }) {
  if (status == 404 || status == 410) await caches.open(pages).then((cache) => cache.delete(path));
}

// Pages send which questions to keep, namely the one being read and any newly added to
// the saved ones, and which questions are saved.
addEventListener("message", (event) => event.waitUntil(keep(event.data)));

async function keep({ questions, saved }) {
  for (const question of questions) await keepPage(question).catch(() => {}); // there is no connection
  await trim(pages, mostPages, saved);
  await trim(files, mostFiles, []);
}

// accept is the header that pages are read with. The browser's own cache then has the page
// that was just read, since questions vary with this header.
let accept = "*/*";

async function keepPage(question) {
  const { path } = question;
  const response = await fetch(path, { headers: { Accept: accept } });
  await forgetIfGone(path, response);
  if (!response.ok || response.redirected) return;
  const html = await response.text();
  const headers = new Headers(response.headers);
  headers.set("Question", encodeURIComponent(JSON.stringify(question))); // for the list of kept questions
  // The page goes last, so that a kept page has all the files that the server had for it.
  for (const [file] of html.matchAll(filesIn)) {
    const content = (await kept(file)) ?? (await fetch(file));
    if (content.ok) await putLast(files, file, content);
  }
  await putLast(pages, path, new Response(html, { headers }));
}

// putLast stores a response as the newest of a cache. An older one for the same address
// stays until it is replaced.
async function putLast(name, path, response) {
  const cache = await caches.open(name);
  await cache.put(path, response);
}

// trim deletes the oldest entries above most, not counting the paths in stay.
async function trim(name, most, stay) {
  const cache = await caches.open(name);
  const requests = (await cache.keys()).filter(({ url }) => !stay.includes(new URL(url).pathname));
  for (const request of requests.slice(0, Math.max(0, requests.length - most))) await cache.delete(request);
}
