import { type Estate, estateSchema } from '../../../src/sandbox/aws/estate.ts'
import { sampleEstate } from '../../../src/sandbox/aws/sample-estate.ts'

/** A server of `warehouse`, by its number from 1. */
export const shelf = (number: number): string => `s-0d${String(number).padStart(15, '0')}`
export const shelves = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, place) => shelf(from + place))

/** The sample estate, and an application of so many servers that limits matter: warehouse-1, warehouse-2, … */
export const withWarehouse = (servers = 560, quotas: Estate['quotas'] = {}): Estate =>
  estateSchema.parse({
    ...sampleEstate,
    quotas,
    applications: [
      ...sampleEstate.applications,
      {
        name: 'warehouse',
        account: sampleEstate.homeAccount,
        servers: shelves(1, servers).map((id, place) => ({
          id,
          name: `warehouse-${place + 1}`,
          tier: 'app',
        })),
        database: {
          id: 'warehouse-db',
          members: ['us-east-1', 'us-west-2'].map((region) => ({
            id: `warehouse-db-${region}`,
            region,
            instances: [`warehouse-db-${region}-1`],
          })),
        },
        zone: { id: 'Z0SAMPLEWAREHOUSE', name: 'warehouse.example.com', records: [] },
      },
    ],
  })
