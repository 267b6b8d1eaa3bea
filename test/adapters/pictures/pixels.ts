import { inflateSync } from 'node:zlib'

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue and opacity. */
  at(x: number, y: number): readonly number[]
}

const SIGNATURE = '89504e470d0a1a0a'
const RGBA = 4

export function sizeOf(png: Uint8Array): { readonly width: number; readonly height: number } {
  const file = Buffer.from(png)
  if (file.toString('hex', 0, 8) !== SIGNATURE) throw new Error('This is no PNG.')
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

/** Reads a PNG of 8 bits a channel with opacity, not interlaced. */
export function pixelsOf(png: Uint8Array): Pixels {
  const file = Buffer.from(png)
  const { width, height } = sizeOf(png)
  if (file.toString('hex', 24, 29) !== '0806000000')
    throw new Error(`It is another kind of PNG: ${file.toString('hex', 24, 29)}`)
  const parts: Buffer[] = []
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
  }
  const packed = inflateSync(Buffer.concat(parts))
  const stride = width * RGBA
  const raw = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const left = x < RGBA ? 0 : (raw[y * stride + x - RGBA] ?? 0)
      const up = y === 0 ? 0 : (raw[(y - 1) * stride + x] ?? 0)
      const corner = x < RGBA || y === 0 ? 0 : (raw[(y - 1) * stride + x - RGBA] ?? 0)
      const guess = guessed(filter, left, up, corner)
      raw[y * stride + x] = ((packed[y * (stride + 1) + 1 + x] ?? 0) + guess) & 0xff
    }
  }
  return {
    width,
    height,
    at: (x, y) => [...raw.subarray(y * stride + x * RGBA, y * stride + x * RGBA + RGBA)],
  }
}

function guessed(filter: number, left: number, up: number, corner: number): number {
  if (filter < 2) return filter * left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
