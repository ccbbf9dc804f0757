/** A QR code as a picture that grows with the letters: drawn from path data, since no markup may come from text. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {{ side: number, path: string }} code path data in a square of this side
 * @param {string} words what it is, for those who cannot see it
 */
export function qr({ side, path }, words) {
  const picture = document.createElementNS(SVG, 'svg');
  const dark = document.createElementNS(SVG, 'path');
  picture.setAttribute('viewBox', `0 0 ${side} ${side}`);
  picture.setAttribute('shape-rendering', 'crispEdges');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', words);
  dark.setAttribute('d', path);
  picture.append(dark);
  return picture;
}
