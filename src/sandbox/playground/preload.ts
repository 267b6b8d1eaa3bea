/**
 * What Node runs before the tool, as CommonJS text: a copy lies in the folder, because nothing but TypeScript is built.
 * - The tool listens on all addresses, and would call Microsoft. Here nobody gets in from outside, and nothing out.
 * - It takes another port when its own is taken: ended with these words, it is started again on one that is free.
 * - What it finds wrong it tells only a terminal.
 */
export const preload = `'use strict'
const { Server, Socket } = require('node:net')
process.chdir(__dirname)
process.stdout.isTTY = true

const listen = Server.prototype.listen
Server.prototype.listen = function (port, ...rest) {
  if (port === 0) {
    process.stderr.write('The port is already in use.\\n')
    process.exit(1)
  }
  const whenListening = rest.filter((word) => typeof word === 'function')
  return listen.call(this, port, '127.0.0.1', ...whenListening)
}

const here = ['127.0.0.1', '::1', 'localhost']
const connect = Socket.prototype.connect
Socket.prototype.connect = function (...words) {
  // Node itself hands everything over in one array.
  const [first, second] = words.flat()
  const host = typeof first === 'object' ? first.host : second
  if (typeof host !== 'string' || here.includes(host)) return connect.apply(this, words)
  return this.destroy(new Error('The Playground talks to nobody outside of this machine, and so not to ' + host + '.'))
}
`

/**
 * What the tool finds in its environment. It has no option against opening a browser, and --disable-telemetry does not
 * keep it from calling App Insights, and the address at which machines in Azure ask who they are.
 */
export const environment = `TEAMSAPPTESTER_BROWSER=none
APPLICATIONINSIGHTS_CONFIGURATION_CONTENT='{"disableAppInsights":true,"disableStatsbeat":true}'
`
