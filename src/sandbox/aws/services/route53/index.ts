import type { GetHostedZoneResponse, ListResourceRecordSetsResponse } from '@aws-sdk/client-route-53'
import { z } from 'zod'
import { idOf } from '../../identity.ts'
import { type Context, operation } from '../../operation.ts'
import { restXml } from '../../protocols/rest-xml.ts'
import { type AwsRefusal, isRefusal } from '../../refusal.ts'
import type { AwsApi } from '../api.ts'
import { changeResourceRecordSets, getChangeOperation } from './change.ts'
import { concerning, fullName, NAME_SERVERS, placeOf, recordSetSchema, zoneOf } from './zone.ts'

/** The query string's names, as REST-XML has them. */
const listInput = z.strictObject({
  Id: z.string(),
  name: z.string().optional(),
  type: recordSetSchema.shape.Type.optional(),
  identifier: z.string().optional(),
  maxitems: z.coerce.number().int().min(1).max(300).default(300),
})

function list(
  wanted: z.output<typeof listInput>,
  context: Context,
): ListResourceRecordSetsResponse | AwsRefusal {
  const zone = zoneOf(wanted.Id, context)
  if (isRefusal(zone)) return zone
  const { name, type, identifier, maxitems } = wanted
  const start = name === undefined ? '' : startOf(fullName(name), type, identifier)
  const rest = zone.records.filter((record) => placeOf(record) >= start)
  const next = rest[maxitems]
  return {
    ResourceRecordSets: rest.slice(0, maxitems),
    IsTruncated: next !== undefined,
    NextRecordName: next?.Name,
    NextRecordType: next?.Type,
    NextRecordIdentifier: next?.SetIdentifier,
    MaxItems: maxitems,
  }
}

/** Where a list begins that was asked to begin at this name, or at this very record. */
const startOf = (
  Name: string,
  Type: z.output<typeof listInput>['type'],
  SetIdentifier: string | undefined,
): string =>
  Type ? placeOf({ Name, Type, SetIdentifier }) : placeOf({ Name, Type: 'A' }).slice(0, -'A '.length)

function getZone(wanted: { Id: string }, context: Context): GetHostedZoneResponse | AwsRefusal {
  const zone = zoneOf(wanted.Id, context)
  if (isRefusal(zone)) return zone
  return {
    HostedZone: {
      Id: `/hostedzone/${zone.id}`,
      Name: zone.name,
      CallerReference: idOf(zone.id, 32),
      Config: { PrivateZone: false },
      ResourceRecordSetCount: zone.records.length,
    },
    DelegationSet: { NameServers: NAME_SERVERS.map((server) => server.slice(0, -1)) },
  }
}

export const route53: AwsApi = {
  name: 'route53',
  protocol: restXml({
    namespace: 'https://route53.amazonaws.com/doc/2013-04-01/',
    routes: [
      {
        method: 'POST',
        path: /^\/2013-04-01\/hostedzone\/(?<Id>[^/]+)\/rrset\/?$/,
        operation: 'ChangeResourceRecordSets',
      },
      {
        method: 'GET',
        path: /^\/2013-04-01\/hostedzone\/(?<Id>[^/]+)\/rrset$/,
        operation: 'ListResourceRecordSets',
      },
      { method: 'GET', path: /^\/2013-04-01\/hostedzone\/(?<Id>[^/]+)$/, operation: 'GetHostedZone' },
      { method: 'GET', path: /^\/2013-04-01\/change\/(?<Id>[^/]+)$/, operation: 'GetChange' },
    ],
    lists: {
      Changes: 'Change',
      ResourceRecords: 'ResourceRecord',
      ResourceRecordSets: 'ResourceRecordSet',
      NameServers: 'NameServer',
    },
  }),
  codes: { invalidInput: 'InvalidInput', throttled: 'Throttling', throttledStatus: 400 },
  operations: {
    ChangeResourceRecordSets: changeResourceRecordSets,
    GetChange: getChangeOperation,
    ListResourceRecordSets: operation({ input: listInput, concerns: concerning, run: list }),
    GetHostedZone: operation({
      input: z.strictObject({ Id: z.string() }),
      concerns: concerning,
      run: getZone,
    }),
  },
}
