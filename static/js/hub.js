// Small conveniences; every page works without them.
//
// A form marked data-once is sent once: its buttons rest until the next page is there. A
// form with a file says that it is being read, because that may take a while.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-once")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const pressed = event.submitter;
  if (pressed) pressed.classList.add("is-pressed");
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  const reading = form.querySelector("[data-reading]");
  if (reading) reading.hidden = false;
});

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) {
    button.removeAttribute("aria-disabled");
    button.classList.remove("is-pressed");
  }
  const reading = form.querySelector("[data-reading]");
  if (reading) reading.hidden = true;
}

// A form that was answered in its own page can be sent again.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target;
  const isLeaving = event.detail.xhr && event.detail.xhr.getResponseHeader("HX-Redirect");
  if (form.matches("form[data-sent]") && !isLeaving) release(form);
});

// A large file goes the plain way: its answer is a page that grows while the file is read.
const LARGE_BYTES = 3 << 20;
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target;
  const file = form.matches("form") && form.querySelector("input[type=file]")?.files[0];
  if (!file || file.size <= LARGE_BYTES) return;
  event.preventDefault();
  const pressed = event.detail.requestConfig.triggeringEvent?.submitter;
  if (pressed?.name) {
    const step = Object.assign(document.createElement("input"), { type: "hidden" });
    step.name = pressed.name;
    step.value = pressed.value;
    form.append(step);
  }
  form.submit();
});

// A page taken from the browser's memory on "back" can be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

// A board that looks again leaves open what a person opened.
if (window.Idiomorph) {
  window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
    !(name === "open" && node.localName === "details");
}
