// Functions that the other files use.

// whenParsed calls act once the whole page has been parsed.
function whenParsed(act) {
  if (document.readyState == "loading") addEventListener("DOMContentLoaded", act);
  else act();
}

// afterParsed calls start soon after that, in a task of its own, so that it does not delay
// the layout of the page.
function afterParsed(start) {
  whenParsed(() => window.scheduler?.postTask?.(start, { priority: "user-blocking" }) ?? setTimeout(start));
}

// element creates an element with children. What is not a property of it, such as ARIA in
// older Firefox, becomes an attribute.
function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// count returns a number with its noun, such as "2 cards".
function count(number, noun) {
  return number + " " + noun + (number == 1 ? "" : "s");
}

// remember stores a text in this browser and returns true if it could. recall returns the
// text, or null if there is none or the browser does not let sites store anything.
function remember(name, text) {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    announce("Your browser won’t let this site remember that");
  }
}
function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// announce shows a short message for a moment, and screen readers read it out. An open
// dialog hides everything outside it, so the message goes into the dialog.
function announce(text) {
  const place = document.querySelector("dialog[open]") ?? document.body;
  if (status.parentNode != place) place.append(status);
  status.textContent = "";
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    status.textContent = text; // a change is announced, a new element may not be
    announcing = setTimeout(() => status.textContent = "", Math.max(4000, 60 * text.length)); // long enough to read it
  }, 50);
}
const status = element("p", { className: "status", role: "status" });
let announcing;
afterParsed(() => document.body.append(status));
