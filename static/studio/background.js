// What is worked out beside the server comes into the page by itself: without a script the page is fetched anew every few seconds.

const PAUSE_MS = 1500;
const GONE = Symbol("another page is there now");
/** Where a look shows this page: one that answers a form stands at the form's address. */
const OWN = new URL(document.body.dataset.address, location.href);

/** Read this very page anew; null where nobody answers. XHR makes a document of it, which no policy has to trust. */
function read() {
  return new Promise((resolve) => {
    const asking = new XMLHttpRequest();
    asking.responseType = "document";
    asking.open("GET", OWN);
    // told apart from a page without a script, which refreshes itself by its header
    asking.setRequestHeader("X-Wayfinder-Part", "1");
    asking.onloadend = () => {
      if (!asking.status) return resolve(null);
      const same = asking.status === 200 && new URL(asking.responseURL).pathname === OWN.pathname;
      resolve(same && asking.response ? asking.response : GONE);
    };
    asking.send();
  });
}

/** Fetch the parts that wait for something until none does; what is unfolded or typed elsewhere stays. */
async function follow() {
  while (document.querySelector("[data-background='waiting']")) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (document.hidden) continue;
    const fresh = await read();
    if (!fresh) continue; // the network is away: it is asked again
    if (fresh === GONE) return;
    for (const part of document.querySelectorAll("[data-background='waiting']")) {
      const made = fresh.getElementById(part.id);
      if (made) update(part, document.importNode(made, true));
    }
  }
}

/** Put what is new in the place of what waited; a bar that grows is not replaced, so that it is read once. */
function update(part, made) {
  const bar = part.querySelector("progress");
  const grown = made.querySelector("progress");
  if (bar && grown && made.dataset.background === "waiting") {
    bar.value = grown.value;
    const [step, said] = [part, made].map((one) => one.querySelector(".job .hint"));
    if (step && said && step.textContent !== said.textContent) step.textContent = said.textContent;
    return;
  }
  part.replaceWith(made);
}

follow();
