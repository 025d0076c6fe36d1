// Which part of a picture a crop shows: the same sum as `articles.photos.crop_box`, and a test holds the two together.
// All in fractions of the picture, from its upper left.

// `ratio` is width by height; `keep` is [left, top, width, height] or null. Gives [left, top, width, height].
export function cropBox(width, height, ratio, [focusX, focusY], keep = null) {
  const wide = Math.min(1, (ratio * height) / width);
  const high = Math.min(1, width / (ratio * height));
  return [along(wide, focusX, keep && [keep[0], keep[2]]), along(high, focusY, keep && [keep[1], keep[3]]), wide, high];
}

function along(size, focus, keep) {
  let start = clamp(focus - size / 2, 0, 1 - size);
  if (keep) {
    const [from, length] = keep;
    start = length <= size ? clamp(start, from + length - size, from) : from + (length - size) / 2;
  }
  return clamp(start, 0, 1 - size);
}

const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

// Whether the crop shows the whole of the part to keep.
export function keeps([left, top, wide, high], keep) {
  const near = 0.0005;
  return !keep || (keep[0] >= left - near && keep[1] >= top - near
    && keep[0] + keep[2] <= left + wide + near && keep[1] + keep[3] <= top + high + near);
}
