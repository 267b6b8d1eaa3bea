import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { declared } from './declared.ts'
import { BOT_TOKEN, practice, refusal } from './practice.ts'

const INCIDENTS = 'C0INCIDENTS'
/** One transparent dot. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const REPORT = '# Report\n\nAll went well – “really”.\n'

const ground = (own = {}) => practice({ manifest: declared(own) })

describe('a file', () => {
  it('is uploaded by the real client in one call, and everybody in the channel sees it', async () => {
    const { slack, client } = await ground()
    const { ts = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'root' })
    await client.filesUploadV2({
      channel_id: INCIDENTS,
      thread_ts: ts,
      initial_comment: 'The *map*',
      file_uploads: [
        { file: PICTURE, filename: 'map.png', title: 'Map' },
        { content: REPORT, filename: 'report.md' },
      ],
    })
    const val = slack.person('U0VIEWER')
    const [picture, report] = val.files(INCIDENTS)
    expect(val.messages(INCIDENTS).at(-1)).toMatchObject({ threadTs: ts, text: 'The *map*' })
    expect(picture).toMatchObject({ name: 'map.png', title: 'Map', mediaType: 'image/png', altText: '' })
    expect(report).toMatchObject({ title: 'report.md', size: Buffer.byteLength(REPORT) })
    expect(picture && val.openFile(picture)).toEqual(PICTURE)
    expect(report && val.openFile(report)?.toString()).toBe(REPORT)
  })

  it('is uploaded in three steps, with its alternative text, and its answer does not say yet where it is', async () => {
    const { slack, client } = await ground()
    const { id, done } = await uploaded(client, { filename: 'map.png', bytes: PICTURE, alt_txt: 'A map' })
    const answer = await done({ channel_id: INCIDENTS })
    expect(answer).toMatchObject({ files: [{ id, title: 'map.png', alt_txt: 'A map', shares: {} }] })
    const { file } = await client.files.info({ file: id })
    const ts = slack.person('U0VIEWER').messages(INCIDENTS).at(-1)?.ts
    expect(file).toMatchObject({
      mimetype: 'image/png',
      filetype: 'png',
      size: PICTURE.length,
      channels: [INCIDENTS],
      shares: { public: { [INCIDENTS]: [{ ts }] } },
    })
    const { messages } = await client.conversations.history({ channel: INCIDENTS })
    expect(messages).toMatchObject([{ text: '', files: [{ id, alt_txt: 'A map' }] }])
    await client.chat.update({ channel: INCIDENTS, ts: String(ts), text: 'with words' })
    expect(slack.person('U0VIEWER').messages(INCIDENTS)).toMatchObject([
      { text: 'with words', files: [{ id }] },
    ])
  })

  it('has no alternative text under the name that older clients give it, because Slack ignores that', async () => {
    const { slack, client } = await ground()
    const { done } = await uploaded(client, { filename: 'map.png', bytes: PICTURE, alt_text: 'A map' })
    await done({ channel_id: INCIDENTS })
    expect(slack.person('U0VIEWER').files(INCIDENTS)).toMatchObject([{ altText: '' }])
  })

  it('is read at its private address with the token, and without it the page answers instead', async () => {
    const { client, slack } = await practice({
      manifest: declared(),
      pageFiles: { html: 'the page', js: '', css: '' },
    })
    const { id, done } = await uploaded(client, { filename: 'map.png', bytes: PICTURE })
    await done({ channel_id: INCIDENTS })
    const { file } = await client.files.info({ file: id })
    const read = async (url: string, headers = {}) => {
      const response = await fetch(url, { headers })
      return { type: response.headers.get('content-type'), body: Buffer.from(await response.arrayBuffer()) }
    }
    const token = { authorization: `Bearer ${BOT_TOKEN}` }
    expect(await read(String(file?.url_private), token)).toEqual({ type: 'image/png', body: PICTURE })
    expect((await read(String(file?.url_private_download), token)).body).toEqual(PICTURE)
    expect((await read(String(file?.url_private))).body.toString()).toBe('the page')
    expect((await read(`${slack.url}/page/file?as=U0VIEWER&id=${id}`)).body).toEqual(PICTURE)
  })

  it('is there after a restart, in the message and on the shelf', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'files-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const options = { manifest: declared(), stateFile: join(folder, 'slack.json') }
    const before = await practice(options)
    const { id, done } = await uploaded(before.client, { filename: 'map.png', bytes: PICTURE })
    await done({ channel_id: INCIDENTS })
    await before.slack.close()
    const val = (await practice(options)).slack.person('U0VIEWER')
    expect(val.files(INCIDENTS)).toMatchObject([{ id, name: 'map.png' }])
    expect(val.openFile({ id })).toEqual(PICTURE)
  })

  it('that a browser would run is kept and not shown', async () => {
    const { client, slack } = await ground()
    const bytes = Buffer.from('<script>alert(1)</script>')
    const { id, done } = await uploaded(client, { filename: 'page.html', bytes })
    await done({ channel_id: INCIDENTS })
    const { headers } = await fetch(`${slack.url}/page/file?as=U0VIEWER&id=${id}`)
    expect(headers.get('content-disposition')).toContain('attachment')
    expect(headers.get('content-type')).toBe('application/octet-stream')
  })

  it('stands in an image block once it is a picture of this workspace', async () => {
    const { slack, client } = await ground()
    const { id, done } = await uploaded(client, { filename: 'map.png', bytes: PICTURE })
    const post = () =>
      client.chat.postMessage({
        channel: INCIDENTS,
        text: 'x',
        blocks: [{ type: 'image', alt_text: 'A map', slack_file: { id } }],
      })
    const invalid = {
      error: 'invalid_blocks',
      errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'],
    }
    expect(await refusal(post())).toMatchObject(invalid)
    await done({})
    await post()
    expect(slack.person('U0VIEWER').messages(INCIDENTS)).toMatchObject([
      { blocks: [{ type: 'image', slack_file: { id } }] },
    ])
    const report = await uploaded(client, { filename: 'report.md', bytes: Buffer.from(REPORT) })
    await report.done({})
    const wrong = [{ type: 'image', alt_text: 'x', slack_file: { id: report.id } }]
    const verdict = client.apiCall('blocks.validate', { blocks: wrong })
    expect(await refusal(verdict)).toMatchObject({ errors: [{ message: 'invalid slack file' }] })
  })

  it.each([
    ['missing_argument', { filename: 'x', length: 0 }],
    ['invalid_arguments', { filename: 'x', length: 'many' }],
    ['invalid_arguments', { length: 1 }],
    ['file_upload_size_restricted', { filename: 'x', length: 20_000_001 }],
    ['alt_txt_too_large', { filename: 'x', length: 1, alt_txt: 'x'.repeat(1001) }],
  ])('gets no address but %s for %j', async (error, args) => {
    const { client } = await ground()
    expect(await refusal(client.apiCall('files.getUploadURLExternal', args))).toMatchObject({ error })
  })

  it.each([
    ['channel_not_found', { channel_id: 'C0NOWHERE' }],
    ['not_in_channel', { channel_id: 'C0GENERAL' }],
    ['thread_not_found', { channel_id: INCIDENTS, thread_ts: '1.000001' }],
    ['invalid_blocks', { channel_id: INCIDENTS, blocks: [{ type: 'wish' }] }],
  ])('is not shared but refused with %s to %j, and may be shared elsewhere then', async (error, where) => {
    const { client } = await ground()
    const { done } = await uploaded(client, { filename: 'x.txt', bytes: Buffer.from('x') })
    expect(await refusal(done(where))).toMatchObject({ error })
    expect(await done({ channel_id: INCIDENTS })).toMatchObject({ ok: true })
    expect(await refusal(done({ channel_id: INCIDENTS }))).toMatchObject({ error: 'file_not_found' })
  })

  it('comes once, whole, and by who may write files', async () => {
    const { client } = await ground()
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
      filename: 'x.txt',
      length: 3,
    })
    const send = async (body: string) => (await fetch(upload_url, { method: 'POST', body })).status
    expect([await send('four'), await send('abc'), await send('abc')]).toEqual([400, 200, 404])
    expect(file_id).toMatch(/^F/)
    const { client: narrow } = await ground({ scopes: ['chat:write'] })
    const asked = narrow.files.getUploadURLExternal({ filename: 'x', length: 1 })
    expect(await refusal(asked)).toMatchObject({ error: 'missing_scope', needed: 'files:write' })
  })
})

async function uploaded(
  client: Awaited<ReturnType<typeof practice>>['client'],
  { bytes, ...asked }: { filename: string; bytes: Buffer; alt_txt?: string; alt_text?: string },
) {
  const begun = Object(await client.apiCall('files.getUploadURLExternal', { ...asked, length: bytes.length }))
  await fetch(String(begun.upload_url), { method: 'POST', body: new Uint8Array(bytes) })
  const id = String(begun.file_id)
  return {
    id,
    done: (where: object) => client.apiCall('files.completeUploadExternal', { files: [{ id }], ...where }),
  }
}
