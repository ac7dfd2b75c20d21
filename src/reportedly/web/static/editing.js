// Spans by mouse and by keyboard: what is selected in the text becomes one, and each end moves by a word.
// Offsets are code points, as everywhere; JavaScript counts UTF-16 units, so both are kept.

export function editing(form, text) {
  if (!form || !text) return;
  const lines = [...text.querySelectorAll("[data-at]")].map((node) => ({ node, at: Number(node.dataset.at), signs: [...node.textContent] }));
  const word = /[\p{L}\p{N}]/u;
  const slice = (start, end) => lines.flatMap((l) => l.signs.slice(Math.max(0, start - l.at), Math.max(0, end - l.at)).join("") || []).join(" ");
  const parse = (value) => value.split(",").map((part) => part.trim().match(/^(\d+)\s*[-–]\s*(\d+)$/)).filter(Boolean).map((m) => [Number(m[1]), Number(m[2])]);
  const write = (input, spans) => {
    input.value = spans.map(([a, b]) => `${a}-${b}`).join(", ");
    input.dispatchEvent(new Event("input"));
  };
  const move = (at, step, first) => {
    const line = lines.findLast((l) => l.at <= at && at <= l.at + l.signs.length) ?? lines[0];
    let k = at - line.at;
    const is = (n) => word.test(line.signs[n] ?? " ");
    if (step < 0) { do k -= 1; while (k > 0 && !(first ? is(k) && !is(k - 1) : is(k - 1) && !is(k))); }
    else { do k += 1; while (k < line.signs.length && !(first ? is(k) && !is(k - 1) : is(k - 1) && !is(k))); }
    return line.at + Math.max(0, Math.min(line.signs.length, k));
  };
  const selected = () => {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || range.collapsed || !text.contains(range.commonAncestorContainer)) return [];
    const out = [];
    for (const l of lines) {
      if (!range.intersectsNode(l.node)) continue;
      const inside = l.node.firstChild;
      const from = range.startContainer === inside ? [...l.node.textContent.slice(0, range.startOffset)].length : range.comparePoint(inside, 0) < 0 ? 0 : 0;
      const to = range.endContainer === inside ? [...l.node.textContent.slice(0, range.endOffset)].length : l.signs.length;
      if (to > from) out.push([l.at + from, l.at + to]);
    }
    return out;
  };
  // What a field holds is shown in the text while the field, or a button of it, has the focus.
  const point = (at) => {
    const line = lines.findLast((l) => l.at <= at && at <= l.at + l.signs.length);
    return line && [line.node.firstChild, line.signs.slice(0, at - line.at).join("").length];
  };
  const show = (input) => {
    if (!CSS.highlights) return;
    const ranges = parse(input.value).flatMap(([a, b]) => {
      const [from, to] = [point(a), point(b)];
      if (!from || !to) return [];
      const range = new Range();
      range.setStart(...from);
      range.setEnd(...to);
      return [range];
    });
    CSS.highlights.set("chosen", new Highlight(...ranges));
    const box = text.parentElement;
    const place = ranges[0]?.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    if (place && (place.top < frame.top || place.bottom > frame.bottom)) box.scrollTop += place.top - frame.top - frame.height / 3;
  };
  const boxes = form.querySelectorAll("[data-span]");
  for (const box of boxes) {
    const input = box.querySelector("input");
    const preview = box.querySelector("[data-preview]");
    const moves = document.createElement("div");
    moves.className = "moves";
    const name = box.querySelector("label").firstChild.textContent.trim();
    const add = (label, told, work) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.setAttribute("aria-label", `${name}: ${told}`);
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", work);
      moves.append(button);
    };
    const change = (edge, step) => () => {
      const spans = parse(input.value);
      const one = edge ? spans.at(-1) : spans[0];
      if (!one) return;
      const next = move(one[edge], step, !edge);
      if (edge ? next > one[0] : next < one[1]) { one[edge] = next; write(input, spans); }
    };
    add("Take the selection", "take the selected words", () => { const s = selected(); if (s.length) write(input, s); });
    add("and also", "add the selected words", () => { const s = selected(); if (s.length) write(input, [...parse(input.value), ...s].sort((a, b) => a[0] - b[0])); });
    add("◂ start", "begin one word earlier", change(0, -1));
    add("start ▸", "begin one word later", change(0, 1));
    add("◂ end", "end one word earlier", change(1, -1));
    add("end ▸", "end one word later", change(1, 1));
    add("none", "nothing", () => write(input, []));
    box.append(moves);
    box.addEventListener("focusin", () => show(input));
    input.addEventListener("input", () => { show(input); preview.textContent = parse(input.value).map(([a, b]) => slice(a, b)).join(" … "); });
  }
  if (boxes.length) show(boxes[0].querySelector("input"));
}
