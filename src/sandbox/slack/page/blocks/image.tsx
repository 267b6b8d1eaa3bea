import type { ImageBlock, ImageElement } from '@slack/types'
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
  const url = 'image_url' in image ? image.image_url : undefined
  // A file that was uploaded to Slack: the practice workspace keeps no files.
  if (url === undefined) return <span className="unsupported">{image.alt_text}</span>
  return <img src={url} alt={image.alt_text} />
}
