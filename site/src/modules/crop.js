/**
 * The arithmetic of a crop to 3:4, and the drawing of it. A crop is a plain value: each change gives a new one
 * that never leaves the picture.
 */

/**
 * @typedef {object} Crop
 * @property {number} width of the picture as it came
 * @property {number} height
 * @property {number} turns quarters of a turn to the right, 0 to 3
 * @property {number} zoom 1 where the frame is as large as the picture allows
 * @property {number} x the middle of the frame, in the turned picture
 * @property {number} y
 */

/** @typedef {{ x: number, y: number, width: number, height: number }} Frame */

/** Across, for each pixel down. */
const SHAPE = 3 / 4;
const MOST_ZOOM = 6;
/** The longest side of what is sent. */
const LONGEST = 1600;
const QUALITY = 0.85;
/** Faces are above the middle of a picture that is taller than 3:4. */
const FACE = 0.42;

/**
 * The crop to begin with.
 * @param {number} width
 * @param {number} height
 * @returns {Crop}
 */
export function whole(width, height) {
  return inside({ width, height, turns: 0, zoom: 1, x: width / 2, y: height * FACE });
}

/** @param {Crop} crop @returns {{ width: number, height: number }} the size of the turned picture */
function turnedSize({ width, height, turns }) {
  return turns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/**
 * The part that is kept, in the turned picture.
 * @param {Crop} crop
 * @returns {Frame}
 */
export function frame(crop) {
  const size = turnedSize(crop);
  const width = Math.min(size.width, size.height * SHAPE) / crop.zoom;
  const height = width / SHAPE;
  return { x: crop.x - width / 2, y: crop.y - height / 2, width, height };
}

/** @param {Crop} crop @returns {Crop} */
function inside(crop) {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, crop.zoom));
  const size = turnedSize(crop);
  const { width, height } = frame({ ...crop, zoom });
  const between = (/** @type {number} */ value, /** @type {number} */ margin, /** @type {number} */ end) => Math.min(end - margin, Math.max(margin, value));
  return { ...crop, zoom, x: between(crop.x, width / 2, size.width), y: between(crop.y, height / 2, size.height) };
}

/**
 * Moves the frame by parts of its own size: 1 is a whole frame to the right or down.
 * @param {Crop} crop
 * @param {number} right
 * @param {number} down
 */
export function moved(crop, right, down) {
  const { width, height } = frame(crop);
  return inside({ ...crop, x: crop.x + right * width, y: crop.y + down * height });
}

/**
 * @param {Crop} crop
 * @param {number} factor more than 1 to come nearer
 */
export function zoomed(crop, factor) {
  return inside({ ...crop, zoom: crop.zoom * factor });
}

/**
 * Turns the picture by quarters to the right; what was in the middle stays there.
 * @param {Crop} crop
 * @param {number} quarters
 * @returns {Crop}
 */
export function turned(crop, quarters) {
  let now = crop;
  for (let left = ((quarters % 4) + 4) % 4; left > 0; left -= 1) {
    const { height } = turnedSize(now);
    now = { ...now, turns: (now.turns + 1) % 4, x: height - now.y, y: now.x };
  }
  return inside(now);
}

/**
 * How many pixels across are sent: no more than there are, and none is invented.
 * @param {Crop} crop
 */
export function sentWidth(crop) {
  return Math.max(1, Math.round(Math.min(frame(crop).width, LONGEST * SHAPE)));
}

/**
 * Draws the kept part over a whole canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasImageSource} picture
 * @param {Crop} crop
 */
export function draw(canvas, picture, crop) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const part = frame(crop);
  const scale = canvas.width / part.width;
  const size = turnedSize(crop);
  context.imageSmoothingQuality = 'high';
  context.setTransform(1, 0, 0, 1, 0, 0);
  // What is transparent becomes white, as on paper, and not black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, -part.x * scale, -part.y * scale);
  context.translate(size.width / 2, size.height / 2);
  context.rotate((crop.turns * Math.PI) / 2);
  context.drawImage(picture, -crop.width / 2, -crop.height / 2);
}

/**
 * What is sent: a JPEG without anything of the file that it came from but pixels.
 * @param {CanvasImageSource} picture
 * @param {Crop} crop
 * @returns {Promise<Blob | null>}
 */
export function encoded(picture, crop) {
  const canvas = document.createElement('canvas');
  canvas.width = sentWidth(crop);
  canvas.height = Math.round(canvas.width / SHAPE);
  draw(canvas, picture, crop);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY);
  });
}
