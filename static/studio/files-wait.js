// Waits until a file was read, and goes on then.

const card = document.querySelector("[data-wait]");
const PAUSE_MS = 1000;

async function look() {
  try {
    const answer = await fetch(card.dataset.wait, { headers: { Accept: "application/json" } });
    if (!answer.ok || (await answer.json()).over) {
      location.reload();
      return;
    }
  } catch {
    // the network may be back at the next look
  }
  setTimeout(look, PAUSE_MS);
}

if (card) setTimeout(look, PAUSE_MS);
