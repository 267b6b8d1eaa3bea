import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findCommand } from './find-command.ts'

const LIMIT_MILLISECONDS = 15_000
// A table's stream is trimmed when it is longer than this, and then keeps its newest records for readers that
// resume from a checkpoint.
const TRIMMED_ABOVE = 5_000
const KEPT = 2_000

const SQL = `
PRAGMA busy_timeout = 5000;
CREATE INDEX IF NOT EXISTS lifeboat_stream_order
  ON _stream_records(table_name, CAST(sequence_number AS INTEGER));
CREATE INDEX IF NOT EXISTS lifeboat_stream_shard
  ON _stream_records(table_name, shard_id, CAST(sequence_number AS INTEGER));
DELETE FROM _stream_records WHERE id IN (
  SELECT id FROM (
    SELECT id,
      row_number() OVER (PARTITION BY table_name ORDER BY id DESC) AS age,
      count(*) OVER (PARTITION BY table_name) AS total
    FROM _stream_records
  ) WHERE total > ${TRIMMED_ABOVE} AND age > ${KEPT}
);
`

/**
 * Keeps the embedded DynamoDB fast: it looks through all stream records, which it never drops, at every write. Only the
 * sqlite3 command can mend that from outside, so without it, or if it fails, the server is as right, and slower.
 */
export async function tidyStreamRecords(database: string, path: string): Promise<void> {
  const sqlite3 = findCommand('sqlite3', path)
  if (sqlite3 === undefined) return
  try {
    await promisify(execFile)(sqlite3, ['-batch', '-bail', database, SQL], {
      env: { LC_ALL: 'C' },
      timeout: LIMIT_MILLISECONDS,
    })
  } catch {
    // Best effort: see above.
  }
}
