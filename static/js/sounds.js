/* Sounds, loaded only where they are switched on: a tick for a tap, a chord for money, a low tone
   for what went wrong. They are made on the spot; a browser that allows none stays silent. */
(() => {
  "use strict";

  const VOLUME = 0.12;
  const TONES = {
    tap: [[880, 0, 0.05]],
    paid: [[659, 0, 0.12], [880, 0.1, 0.2]],
    error: [[196, 0, 0.25]],
  };
  let context = null;

  function play(name) {
    if (!window.AudioContext) return;
    context ??= new AudioContext();
    context.resume();
    for (const [hertz, after, seconds] of TONES[name]) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const start = context.currentTime + after;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(VOLUME, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + seconds);
    }
    document.documentElement.dataset.sounded = name;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest(".tile, #cart button, .keypad button")) play("tap");
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.elt.matches(".is-paid")) play("paid");
  });
  const watch = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE && node.matches("#message .message, #message [role=alert]")) play("error");
      }
    }
  });
  watch.observe(document.body, { childList: true, subtree: true });
  new MutationObserver(() => { if (!document.querySelector("#lost").hidden) play("error"); })
    .observe(document.querySelector("#lost"), { attributeFilter: ["hidden"] });
})();
