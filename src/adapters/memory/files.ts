import { randomBytes } from 'node:crypto'
import type { FileStore, KeptFile } from '../../ports/file-store.ts'

export function memoryFiles(): FileStore {
  const files = new Map<string, KeptFile>()
  return {
    async keep(file) {
      const id = randomBytes(24).toString('base64url')
      files.set(id, file)
      return id
    },
    get: async (id) => files.get(id),
  }
}
