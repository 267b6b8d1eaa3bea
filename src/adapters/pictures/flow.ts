/** Things of these widths beside each other, in as many rows as they need. */
export function flow(
  widths: readonly number[],
  gap: number,
  most: number,
): readonly { readonly x: number; readonly row: number }[] {
  let [x, row] = [0, 0]
  return widths.map((width) => {
    if (x > 0 && x + width > most) [x, row] = [0, row + 1]
    const place = { x, row }
    x += width + gap
    return place
  })
}
