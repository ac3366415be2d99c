// The contents list marks the section that is being read.

const contents = document.querySelector(".contents");
if (contents) {
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash).slice(1)));
  // Where the page stood when the reader had gone to a section: that is marked while it
  // stands there, even if it is too short or too near the end to reach the top.
  let arrived;
  const mark = () => {
    const chosen = scrollY == arrived ? links.findIndex((link) => link.hash == location.hash) : -1;
    const current = chosen >= 0 ? chosen : headings.findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight / 8);
    links.forEach((link, i) => link.ariaCurrent = i == current ? "location" : null);
  };
  const arrive = () => {
    arrived = scrollY;
    mark();
  };
  requestAnimationFrame(arrive); // with the next frame, for which the page is laid out anyway
  addEventListener("scroll", mark, { passive: true });
  contents.addEventListener("click", () => setTimeout(arrive));
  // In the margin of a wide screen the list is always shown: say so.
  const wide = matchMedia("(min-width: 48rem)");
  const open = () => contents.firstElementChild.open = wide.matches;
  open();
  wide.onchange = open;
}
