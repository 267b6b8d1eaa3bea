/** Where the practice ground keeps its runs: whoever opens its database without the rest of it looks here. */
export const PRACTICE_TABLE = {
  name: 'lifeboat-practice',
  region: 'us-west-2',
  credentials: { accessKeyId: 'practice', secretAccessKey: 'practice' },
} as const
