import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** The server's end of a WebSocket, with as much of RFC 6455 as Socket Mode uses: whole text frames, pings and closing. */
export interface WebSocketConnection {
  send(text: string): void
  ping(): void
  close(): void
  /** As if the network failed: no goodbye. */
  cut(): void
}

export interface WebSocketListener {
  text(text: string): void
  /** Told once, however the connection ends. */
  gone(): void
}

const CONTINUATION = 0x0
const TEXT = 0x1
const BINARY = 0x2
const CLOSE = 0x8
const PING = 0x9
const PONG = 0xa
const NORMAL_CLOSURE = Buffer.from([0x03, 0xe8])
/** Acknowledgements are small. */
const FRAME_BYTES = 1_000_000

export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  listener: WebSocketListener,
): WebSocketConnection {
  const write = (opcode: number, payload: Buffer) => {
    if (socket.writable) socket.write(frame(opcode, payload))
  }
  let received = Buffer.alloc(0)
  const read = (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (let next = takeFrame(received); next !== 'incomplete'; next = takeFrame(received)) {
      if (next === 'unacceptable') return socket.destroy()
      received = received.subarray(next.bytes)
      const { opcode, payload } = next
      if (opcode === TEXT) listener.text(payload.toString('utf8'))
      if (opcode === PING) write(PONG, payload)
      if (opcode === CLOSE) return socket.end(frame(CLOSE, payload))
    }
  }

  socket.write(handshake(String(request.headers['sec-websocket-key'])))
  socket.on('data', read)
  socket.on('error', () => socket.destroy())
  socket.once('close', () => listener.gone())
  if (head.length > 0) read(head)
  return {
    send: (text) => write(TEXT, Buffer.from(text)),
    ping: () => write(PING, Buffer.alloc(0)),
    close: () => write(CLOSE, NORMAL_CLOSURE),
    cut: () => socket.destroy(),
  }
}

function handshake(key: string): string {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  const headers = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`]
  return `HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n`
}

function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  const first = 0x80 | opcode
  if (length < 126) return Buffer.concat([Buffer.from([first, length]), payload])
  const header = Buffer.alloc(length < 65_536 ? 4 : 10)
  header[0] = first
  header[1] = length < 65_536 ? 126 : 127
  if (length < 65_536) header.writeUInt16BE(length, 2)
  else header.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([header, payload])
}

interface Frame {
  opcode: number
  payload: Buffer
  /** How long the whole frame was. */
  bytes: number
}

function takeFrame(from: Buffer): Frame | 'incomplete' | 'unacceptable' {
  if (from.length < 2) return 'incomplete'
  const [first = 0, second = 0] = from
  const opcode = first & 0x0f
  const isWhole = (first & 0x80) !== 0
  const isMasked = (second & 0x80) !== 0
  // A client masks everything it sends, and Slack's sends no parts and nothing binary.
  if (!isWhole || !isMasked || opcode === CONTINUATION || opcode === BINARY) return 'unacceptable'
  const short = second & 0x7f
  const maskAt = short < 126 ? 2 : short === 126 ? 4 : 10
  if (from.length < maskAt + 4) return 'incomplete'
  const length = short < 126 ? short : short === 126 ? from.readUInt16BE(2) : Number(from.readBigUInt64BE(2))
  if (length > FRAME_BYTES) return 'unacceptable'
  const bytes = maskAt + 4 + length
  if (from.length < bytes) return 'incomplete'
  const mask = from.subarray(maskAt, maskAt + 4)
  const payload = Buffer.from(from.subarray(maskAt + 4, bytes))
  for (const [at, byte] of payload.entries()) payload[at] = byte ^ (mask[at % 4] ?? 0)
  return { opcode, payload, bytes }
}
