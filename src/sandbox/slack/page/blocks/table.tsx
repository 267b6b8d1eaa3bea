import type { TableBlock } from '@slack/types'
import { inOrder } from '../in-order.ts'
import { plain } from '../text/mrkdwn.ts'
import { RichText } from '../text/rich-text.tsx'

type Cell = TableBlock['rows'][number][number]

/** The first row is the head, as in Slack. A wide table scrolls within itself. */
export function TableView({ block }: { block: TableBlock }) {
  const [head = [], ...body] = block.rows
  const look = (column: number) => {
    const { align = 'left', is_wrapped = false } = block.column_settings?.[column] ?? {}
    return { className: is_wrapped ? 'wrapped' : '', style: { textAlign: align } }
  }
  return (
    <section className="block-table" aria-label="Table">
      <table>
        <thead>
          <tr>
            {inOrder(head, (cell, column) => (
              <th scope="col" {...look(column)}>
                <CellView cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(body, (row) => (
            <tr>
              {inOrder(row, (cell, column) => (
                <td {...look(column)}>
                  <CellView cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function CellView({ cell }: { cell: Cell }) {
  return cell.type === 'rich_text' ? <RichText block={cell} /> : plain(cell.text)
}
