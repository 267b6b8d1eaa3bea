import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/bring.ts'],
    setupFiles: ['test/support/each-file.ts'],
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make real servers start slowly.
    maxWorkers: 2,
  },
})
