// The service worker: questions that were read can be read again without a
// connection. With one, pages always come from the network. The server puts two
// constants before this text: version, another one for every other program, and
// shell, the addresses of what has to be there before the first page is kept.

const pages = "pages"; // of questions, those read last at the end
const files = "files"; // their scripts and fonts, those used last at the end
const theme = "theme"; // the schemes of the one that the reader chose, by theme.js
const own = "own " + version; // the shell

// These bound what is kept, besides what the reader saved.
const mostPages = 200;
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
  if (mode == "navigate") event.respondWith(inTheme(fromNetwork(event, pathname)));
  else if (questionPath.test(pathname)) event.respondWith(fromNetwork(event, pathname));
  else if (filePath.test(pathname)) event.respondWith(fromCache(event.request));
});

// fromNetwork answers with what was kept only where the network does not answer, and
// forgets pages that are there no more.
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

// inTheme writes the theme that the reader chose into a page as it passes, so that the
// page is in it before its script is there. No text of a page is taken for the
// tag: what is written between quotes there is escaped. Where two chunks part the tag, the
// script alone sets the theme.
async function inTheme(page) {
  const [response, chosen] = await Promise.all([page, kept("/theme").catch(() => null)]); // a page needs no theme
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

// fromCache answers with a file whose address changes with its content.
async function fromCache(request) {
  return (await kept(request)) ?? fetch(request);
}

function kept(request) {
  return caches.match(request, { ignoreVary: true });
}

async function forgetIfGone(path, { status }) {
  if (status == 404 || status == 410) await caches.open(pages).then((cache) => cache.delete(path));
}

// A page tells which questions to keep, the one that is read and those that are
// added to the saved ones, and which are saved.
addEventListener("message", (event) => event.waitUntil(keep(event.data)));

async function keep({ questions, saved }) {
  for (const question of questions) await keepPage(question).catch(() => {}); // there is no connection
  await trim(pages, mostPages, saved);
  await trim(files, mostFiles, []);
}

async function keepPage(question) {
  const { path } = question;
  const response = await fetch(path);
  await forgetIfGone(path, response);
  if (!response.ok || response.redirected) return;
  const html = await response.text();
  const headers = new Headers(response.headers);
  headers.set("Question", encodeURIComponent(JSON.stringify(question))); // for the list of what is kept
  // The page comes last: where it is kept, its files are, as far as the server has them.
  for (const [file] of html.matchAll(filesIn)) {
    const content = (await kept(file)) ?? (await fetch(file));
    if (content.ok) await putLast(files, file, content);
  }
  await putLast(pages, path, new Response(html, { headers }));
}

// putLast keeps a response behind all others. One that was kept for its address stays
// until then.
async function putLast(name, path, response) {
  const cache = await caches.open(name);
  await cache.put(path, response);
}

// trim deletes the oldest but those that stay.
async function trim(name, most, stay) {
  const cache = await caches.open(name);
  const requests = (await cache.keys()).filter(({ url }) => !stay.includes(new URL(url).pathname));
  for (const request of requests.slice(0, Math.max(0, requests.length - most))) await cache.delete(request);
}
