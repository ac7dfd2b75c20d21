// What pages do beyond links and forms; each works without this.
import { reading } from "./reading.js";
import { editing } from "./editing.js";

const job = document.getElementById("job");
if (job && job.dataset.state !== "done") {
  const again = async () => {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (answer.redirected) return void (location.href = answer.url);
    if (!answer.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
    job.replaceChildren(...now.childNodes);
    if (now.dataset.state !== "done") setTimeout(again, 800);
  };
  setTimeout(again, 500);
}

const drop = document.querySelector(".drop");
if (drop) {
  const form = document.getElementById("add");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop") drop.querySelector("input").files = event.dataTransfer.files;
    });
  }
}

reading(document.getElementById("reading") ?? document.getElementById("review"));
editing(document.getElementById("edit"), document.getElementById("text"));
