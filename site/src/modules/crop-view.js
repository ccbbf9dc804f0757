/** The crop on the page: buttons and keys for everything, and dragging besides. */

import { draw, encoded, moved, turned, whole, zoomed } from './crop.js';
import { find, show } from './dom.js';

/** @typedef {import('./crop.js').Crop} Crop */

const STEP = 0.04;
const NEARER = 1.12;

/**
 * What moves is the picture, as under a finger: to the left means that the frame goes to the right over it.
 * @type {Record<string, (crop: Crop) => Crop>}
 */
const ACTIONS = {
  left: (crop) => moved(crop, STEP, 0),
  right: (crop) => moved(crop, -STEP, 0),
  up: (crop) => moved(crop, 0, STEP),
  down: (crop) => moved(crop, 0, -STEP),
  nearer: (crop) => zoomed(crop, NEARER),
  farther: (crop) => zoomed(crop, 1 / NEARER),
  'turn-left': (crop) => turned(crop, -1),
  'turn-right': (crop) => turned(crop, 1),
};
/** @type {Record<string, string>} */
const KEYS = {
  ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
  '+': 'nearer', '=': 'nearer', '-': 'farther', '[': 'turn-left', ']': 'turn-right',
};

/**
 * Takes over the crop in `root`.
 * @param {HTMLElement} root
 * @param {() => void} changed called whenever what would be sent is another
 */
export function cropView(root, changed) {
  const stage = find(root, '[data-part="stage"]', HTMLElement);
  const canvas = find(stage, 'canvas', HTMLCanvasElement);
  /** @type {ImageBitmap | null} */
  let picture = null;
  /** @type {Crop | null} */
  let crop = null;

  const turnTo = (/** @type {Crop} */ next) => {
    crop = next;
    if (picture) draw(canvas, picture, crop);
    changed();
  };
  const act = (/** @type {string} */ name) => {
    const action = ACTIONS[name];
    if (crop && action) turnTo(action(crop));
    else if (picture && name === 'again') turnTo(whole(picture.width, picture.height));
  };

  for (const button of root.querySelectorAll('button[data-act]')) {
    button.addEventListener('click', () => act(button.getAttribute('data-act') ?? ''));
  }
  stage.addEventListener('keydown', (event) => {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(name);
  });
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!crop || !canvas.hasPointerCapture(event.pointerId)) return;
    turnTo(moved(crop, -event.movementX / canvas.clientWidth, -event.movementY / canvas.clientHeight));
  });

  return {
    /** @param {ImageBitmap} next */
    open(next) {
      picture?.close();
      picture = next;
      show(root);
      turnTo(whole(next.width, next.height));
      stage.focus();
    },
    close() {
      picture?.close();
      picture = null;
      crop = null;
      show(root, false);
    },
    /** Whether a picture is open. */
    isOpen: () => picture !== null,
    /** What would be sent. */
    encoded: () => (picture && crop ? encoded(picture, crop) : Promise.resolve(null)),
  };
}
