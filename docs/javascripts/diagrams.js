// Draws the ```mermaid fences of a page, in its colours. Mermaid itself is beside this file and loaded by
// pages that have a diagram only; nothing comes from another host, and it works from disk.
const here = document.currentScript.src;

function draw(blocks) {
  const dark = document.body.getAttribute("data-md-color-scheme") === "slate";
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    theme: dark ? "dark" : "default",
    fontFamily: "inherit",
    // text in HTML is measured before styles of the site apply, and then cut off
    flowchart: { htmlLabels: false },
  });
  blocks.forEach((block, number) => {
    mermaid
      .render(`diagram-${number}`, block.source)
      .then(({ svg }) => {
        block.place.innerHTML = svg;
        block.place.setAttribute("data-drawn", dark ? "dark" : "light");
      })
      .catch((error) => block.place.setAttribute("data-failed", String(error)));
  });
}

document.addEventListener("DOMContentLoaded", () => {
  const blocks = [...document.querySelectorAll("pre.diagram")].map((pre) => {
    const place = document.createElement("div");
    place.className = "diagram";
    pre.after(place);
    pre.hidden = true; // stays for those who copy, and for readers without this script
    return { place, source: pre.textContent };
  });
  if (blocks.length === 0) return;
  const script = document.createElement("script");
  script.src = new URL("mermaid.min.js", here).href;
  script.onload = () => {
    draw(blocks);
    new MutationObserver(() => draw(blocks)).observe(document.body, {
      attributeFilter: ["data-md-color-scheme"],
    });
  };
  document.head.append(script);
});
