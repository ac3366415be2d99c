// Reading offline: the service worker keeps the questions that are read.

const workers = navigator.serviceWorker;

// keepOffline has questions kept. Those that are saved stay.
async function keepOffline(questions) {
  const { active } = await workers.ready;
  active.postMessage({ questions, saved: saved().map(({ path }) => path) });
}

async function startOffline() {
  const policy = window.trustedTypes?.createPolicy("worker", { createScriptURL: () => "/sw.js" });
  await workers.register(policy ? policy.createScriptURL("") : "/sw.js");
  if (here) await keepOffline([here]);
}

if (workers) {
  const start = () => startOffline().catch(() => {}); // where it may not, all is read online
  // A page that is made in case the reader comes to it is not read yet.
  if (document.prerendering) document.addEventListener("prerenderingchange", start);
  else if (document.readyState == "complete") setTimeout(start); // files after this one are not done yet
  else addEventListener("load", start);
}
