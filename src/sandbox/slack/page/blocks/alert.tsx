import type { AlertBlock } from '@slack/types'
import { Icon } from '../icon.tsx'
import { Text } from '../text/text.tsx'

export function AlertView({ block }: { block: AlertBlock }) {
  const level = block.level ?? 'default'
  const { icon, word } = LEVELS[level]
  return (
    <div className={`block-alert block-alert-${level}`} role="note" aria-label={word}>
      <Icon name={icon} />
      <Text text={block.text} />
    </div>
  )
}

const LEVELS = {
  default: { icon: 'info', word: 'Note' },
  info: { icon: 'info', word: 'Information' },
  success: { icon: 'check', word: 'Success' },
  warning: { icon: 'warning', word: 'Warning' },
  error: { icon: 'warning', word: 'Error' },
} as const
