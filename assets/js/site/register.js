// Reading offline: asks the service worker to keep the questions that are read.

const workers = navigator.serviceWorker;
const read = []; // the question of this page, if it has one: save.js adds it

// keepOffline asks for questions to be kept, and says which are saved and so must stay.
async function keepOffline(questions) {
  const { active } = await workers.ready;
  active.postMessage({ questions, saved: saved().map(({ path }) => path) });
}

async function startOffline() {
  const policy = window.trustedTypes?.createPolicy("worker", { createScriptURL: () => "/sw.js" });
  await workers.register(policy ? policy.createScriptURL("") : "/sw.js");
  if (read.length) await keepOffline(read);
}

if (workers) {
  const start = () => startOffline().catch(() => {}); // if this is not allowed, everything is read online
  // A prerendered page has not been read yet.
  if (document.prerendering) document.addEventListener("prerenderingchange", start);
  else if (document.readyState == "complete") setTimeout(start); // files after this one have yet to run
  else addEventListener("load", start);
}
