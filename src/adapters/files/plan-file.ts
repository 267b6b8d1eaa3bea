import { type DataFile, readDataFile } from './data-file.ts'

/** The document of a plan file, for `readPlan`. */
export const readPlanFile = (text: string | Buffer, name: string): DataFile => readDataFile(text, name)
