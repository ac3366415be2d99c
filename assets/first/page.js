// What the other files build on.

// whenWhole calls act once all of the page has been read.
function whenWhole(act) {
  if (document.readyState == "loading") addEventListener("DOMContentLoaded", act);
  else act();
}

// whenThere calls start soon after that, in a task of its own: laying the page out does not
// wait for it.
function whenThere(start) {
  whenWhole(() => window.scheduler?.postTask?.(start, { priority: "user-blocking" }) ?? setTimeout(start));
}

// element makes an element with properties, with attributes for what is no property of it,
// such as ARIA's in older Firefox, and with children.
function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// remember keeps a text in this browser, which it reports, and recall gives it back:
// null if there is none, or if the reader lets sites keep nothing.
function remember(name, text) {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    tell("Your browser does not let this site remember that");
  }
}
function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// tell shows a short message for a moment, and has it read out. While a dialog is open
// nothing outside it is seen or read: the message goes there.
function tell(text) {
  const place = document.querySelector("dialog[open]") ?? document.body;
  if (status.parentNode != place) place.append(status);
  status.textContent = "";
  clearTimeout(told);
  told = setTimeout(() => {
    status.textContent = text; // what changes is read out, what comes with its place may not be
    told = setTimeout(() => status.textContent = "", Math.max(4000, 60 * text.length)); // as long as reading it takes
  }, 50);
}
const status = element("p", { className: "status", role: "status" });
let told;
whenThere(() => document.body.append(status));
