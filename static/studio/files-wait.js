// Waits until a file was read and what is made of it is there, and goes on then.

const card = document.querySelector("[data-wait]");
const PAUSE_MS = 1000;

async function look() {
  try {
    const answer = await fetch(card.dataset.wait, { headers: { Accept: "application/json" } });
    const found = answer.ok ? await answer.json() : { over: true };
    const bar = card.querySelector("progress");
    // what was read is worked on from now on, or the other way round: the page says so
    if (found.over || Boolean(bar) !== (found.state === "done")) {
      location.reload();
      return;
    }
    if (bar) {
      bar.value = found.share * 100;
      const step = card.querySelector(".job .hint");
      if (step.textContent !== found.step) step.textContent = found.step;
    }
  } catch {
    // the network may be back at the next look
  }
  setTimeout(look, PAUSE_MS);
}

if (card) setTimeout(look, PAUSE_MS);
