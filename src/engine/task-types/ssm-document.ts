import { z } from 'zod'

/** What an Automation document and a Command document are ordered with alike. */
export const documentInputs = {
  document_version: z
    .string()
    .regex(/^(\$DEFAULT|\$LATEST|[1-9]\d{0,8})$/, 'expected $DEFAULT, $LATEST or a number in quotes')
    .optional(),
  parameters: z
    .record(z.string().min(1).max(50), z.array(z.string()).or(z.string().transform((value) => [value])))
    .default({}),
}
