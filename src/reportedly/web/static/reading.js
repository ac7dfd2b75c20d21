// Pointing at a statement, in the text or beside it, shows its parts in both places. Keys work while a statement has the focus.

export function reading(page) {
  if (!page) return;
  const parts = new Map();
  const put = (id, node) => parts.set(id, [...(parts.get(id) ?? []), node]);
  for (const node of page.querySelectorAll("[data-of]")) for (const id of node.dataset.of.split(" ")) put(id, node);
  for (const node of page.querySelectorAll("[data-statement]")) put(node.dataset.statement, node);
  const lit = new Set();
  const light = (ids) => {
    for (const node of lit) node.classList.remove("lit");
    lit.clear();
    for (const id of ids) for (const node of parts.get(id) ?? []) if (!node.matches("li")) { node.classList.add("lit"); lit.add(node); }
    for (const li of page.querySelectorAll("li[data-statement]")) li.classList.toggle("at", ids.includes(li.dataset.statement));
  };
  const of = (target) => {
    const node = target.closest?.("[data-of], [data-statement]");
    return node ? (node.dataset.of ?? node.dataset.statement).split(" ") : [];
  };
  for (const kind of ["pointerover", "focusin"]) page.addEventListener(kind, (event) => light(of(event.target)));
  page.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("li[data-statement]");
    if (!here || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const all = [...page.querySelectorAll("li[data-statement]")];
    const step = { j: 1, k: -1 }[event.key];
    if (step) all[all.indexOf(here) + step]?.querySelector("a, button, input[type=checkbox]")?.focus();
    else here.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}
