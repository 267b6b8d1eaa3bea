import type { ImageBlock, ImageElement } from '@slack/types'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'
import { plain } from '../text/mrkdwn.ts'

export function ImageView({ block }: { block: ImageBlock }) {
  return (
    <figure className="block-image">
      {block.title && <figcaption>{plain(block.title.text)}</figcaption>}
      <Picture image={block} />
    </figure>
  )
}

export function Picture({ image }: { image: ImageElement | ImageBlock }) {
  const { me } = useReader()
  if ('image_url' in image) return <img src={image.image_url} alt={image.alt_text} />
  const { slack_file: file } = image
  const id = 'id' in file ? file.id : /-(F\w+)\//.exec(file.url)?.[1]
  return <img src={server.fileUrl(me.id, id ?? '')} alt={image.alt_text} />
}
