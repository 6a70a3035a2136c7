// What is shown beside the drawing: the network, the image that the plan was drawn from, the floor above or below.

import { button, fill, make } from "./dom.js";
import { nameLevel } from "./bar.js";
import { data } from "./page.js";
import { say } from "./words.js";

/** Images of plans as the canvas wants them: level id to a list. */
export function placeImages(images) {
  const found = {};
  for (const { level, address, width_px, height_px, corners_m: corners, placement } of images) {
    const [nw, ne, , sw] = corners;
    (found[level] ??= []).push({ url: address, width_px, height_px, corners: { nw, ne, sw }, opacity: placement.opacity });
  }
  return found;
}

async function askForImages() {
  const response = await fetch(`/studio/api/v/${data.slug}/images?draft=${data.draft.id}`, { credentials: "same-origin" }).catch(() => null);
  return response?.ok ? (await response.json()).images : [];
}

export function makeLayers(element, { plan, state, canvas, network }) {
  const box = make("div", { class: "ed-layers", id: "editor-layers", popover: "auto" });
  const open = button(say("editor.layers.title"), { icon: "eye", quiet: true, popovertarget: "editor-layers" });
  const isNetwork = make("input", { type: "checkbox", id: "layer-network" });
  const ghost = make("select", { id: "layer-ghost" });
  const opacity = make("input", { type: "range", id: "layer-opacity", min: "0", max: "100", step: "5", value: "60" });
  const faded = make("div", { class: "field-row", hidden: true }, make("label", { for: "layer-opacity" }, say("editor.layers.image")), opacity);

  isNetwork.addEventListener("change", () => network.set(isNetwork.checked));
  network.addEventListener("on", ({ detail }) => (isNetwork.checked = detail.isOn));
  ghost.addEventListener("change", () => canvas.setGhost(ghost.value || null));
  opacity.addEventListener("input", () => canvas.setUnderlayOpacity(Number(opacity.value) / 100));
  const showGhosts = () => {
    const chosen = ghost.value;
    const others = plan.levels().filter((level) => level.id !== state.level).reverse();
    fill(ghost, make("option", { value: "" }, say("editor.layers.no-ghost")), others.map((level) => make("option", { value: level.id, selected: level.id === chosen }, nameLevel(level))));
    canvas.setGhost(ghost.value || null);
  };
  const load = async () => {
    const images = await askForImages();
    faded.hidden = !images.length;
    canvas.setUnderlays(placeImages(images));
  };
  state.addEventListener("level", showGhosts);
  plan.addEventListener("change", ({ detail }) => {
    if ([...detail.ids].some((id) => plan.get(id)?.feature_type === "level")) showGhosts();
  });
  // whoever has placed an image in another window comes back to this one
  addEventListener("focus", load);
  showGhosts();
  load();
  const place = data.addresses.images ? make("a", { class: "button small", href: data.addresses.images }, say("editor.layers.images")) : null;
  fill(
    box,
    make("label", { class: "check", for: "layer-network" }, isNetwork, make("span", null, say("editor.network.show"))),
    make("div", { class: "field-row" }, make("label", { for: "layer-ghost" }, say("editor.layers.ghost")), ghost),
    faded,
    place,
  );
  fill(element, open, box, data.addresses.publish ? make("a", { class: "button small primary", href: data.addresses.publish }, say("editor.publish")) : null);
}
