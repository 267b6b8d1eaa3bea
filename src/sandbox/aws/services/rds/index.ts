import { query } from '../../protocols/query.ts'
import type { AwsApi } from '../api.ts'
import { describeDBClusters, failoverDBCluster } from './cluster.ts'
import { describeGlobalClusters, failoverGlobalCluster, switchoverGlobalCluster } from './global.ts'

export const rds: AwsApi = {
  name: 'rds',
  protocol: query({
    namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
    lists: {
      GlobalClusters: 'GlobalClusterMember',
      GlobalClusterMembers: 'GlobalClusterMember',
      DBClusters: 'DBCluster',
      DBClusterMembers: 'DBClusterMember',
    },
  }),
  codes: { invalidInput: 'InvalidParameterValue', throttled: 'Throttling', throttledStatus: 400 },
  operations: {
    DescribeGlobalClusters: describeGlobalClusters,
    SwitchoverGlobalCluster: switchoverGlobalCluster,
    FailoverGlobalCluster: failoverGlobalCluster,
    DescribeDBClusters: describeDBClusters,
    FailoverDBCluster: failoverDBCluster,
  },
}
