/**
 * Time in the practice ground. Moments are ISO strings on the product's clock. Only work is sped up: a task that takes
 * sixty AWS seconds takes one second at speed 60.
 */
export const later = (moment: string, awsSeconds: number, speed: number): string =>
  new Date(Date.parse(moment) + (awsSeconds * 1000) / speed).toISOString()

/** Whether this moment has come. What hangs has no moment, and never comes. */
export const isPast = (moment: string | null, now: Date): boolean =>
  moment !== null && Date.parse(moment) <= now.getTime()
