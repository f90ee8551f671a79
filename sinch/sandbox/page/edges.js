// Lines from options to the menus they lead to, drawn behind the boxes once these have their places.

const SVG = "http://www.w3.org/2000/svg";
const GUTTER = 18;

function svg(tag, props) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  return node;
}

export function drawEdges(home) {
  home.querySelector(":scope > svg")?.remove();
  const frame = home.getBoundingClientRect();
  if (frame.width === 0) return;
  const place = (node) => {
    const box = node.getBoundingClientRect();
    return { left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top,
      middle: (box.top + box.bottom) / 2 - frame.top, center: (box.left + box.right) / 2 - frame.left };
  };
  const menus = new Map([...home.querySelectorAll("[data-menu]")].map((node) => [node.dataset.menu, node]));
  const picture = svg("svg", { width: frame.width, height: frame.height, "aria-hidden": "true", focusable: "false" });
  for (const option of home.querySelectorAll("[data-to]")) {
    const target = menus.get(option.dataset.to);
    if (!target) continue;
    const own = option.closest("[data-menu]");
    const line = edge(place(option), place(own), place(target), own === target);
    const classes = "taken" in option.dataset ? "edge taken" : "edge";
    picture.append(svg("path", { class: classes, d: line.path }), svg("path", { class: `${classes} head`, d: line.head }));
  }
  home.prepend(picture);
}

// To a menu below: from the side it is on, and in from above; to one right below, round by the right; back, by the left.
function edge(from, own, to, itself) {
  if (itself || to.top <= own.top + 1) return around(from, own.left, to, to.left, -1);
  if (Math.abs(to.center - own.center) < 24) return around(from, own.right, to, to.right, 1);
  const [x, y] = [to.center, to.top - 2];
  const bend = Math.max(GUTTER, (y - from.middle) / 2);
  const [start, out] = x < own.center ? [own.left, own.left - GUTTER] : [own.right, own.right + GUTTER];
  return { path: `M${start} ${from.middle} C${out} ${from.middle + bend / 2} ${x} ${y - bend} ${x} ${y}`,
    head: `M${x - 4} ${y - 6} L${x} ${y} L${x + 4} ${y - 6}` };
}

function around(from, start, to, end, way) {
  const [x, y] = [end + way, to.top + 14];
  const out = Math.max(2, way < 0 ? Math.min(start, end) - GUTTER : Math.max(start, end) + 2 * GUTTER);
  return { path: `M${start} ${from.middle} C${out} ${from.middle} ${out} ${y} ${x} ${y}`,
    head: `M${x + 6 * way} ${y - 4} L${x} ${y} L${x + 6 * way} ${y + 4}` };
}
