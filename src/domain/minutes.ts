/** Whole hundredths of a minute between two moments, each ISO or milliseconds since 1970; negative where the second is earlier. */
export const minutesBetween = (from: string | number, to: string | number): number =>
  inMinutes(moment(to) - moment(from))

export const inMinutes = (milliseconds: number): number => Math.round(milliseconds / 600) / 100

const moment = (at: string | number): number => (typeof at === 'string' ? Date.parse(at) : at)
