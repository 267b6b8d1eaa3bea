/** The first fault that fits, and those that are left: one that happens a number of times is counted down. */
export function takeFault<Fault extends { times?: number }>(
  faults: readonly Fault[],
  fits: (fault: Fault) => boolean,
): { found: Fault | undefined; left: Fault[] } {
  const found = faults.find(fits)
  const left = faults.flatMap((fault) => {
    if (fault !== found || fault.times === undefined) return [fault]
    return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : []
  })
  return { found, left }
}
