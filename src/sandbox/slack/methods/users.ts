import { z } from 'zod'
import { isRefused, refuse } from '../message-content.ts'
import { flag, type Method, method, ok, paged, pageOf } from './method.ts'
import { userGroupObject, userObject } from './shapes.ts'

const info = method({
  scopes: ['users:read'],
  tier: 'tier4',
  args: z.object({ user: z.string(), include_locale: flag }),
  run: ({ user, include_locale }, site) => {
    const person = site.state.person(user)
    return person ? ok({ user: userObject(site, person, include_locale) }) : refuse('user_not_found')
  },
})

const list = method({
  scopes: ['users:read'],
  tier: 'tier2',
  args: z.object({ include_locale: flag, ...paged }),
  run: ({ include_locale, ...asked }, site) => {
    const paging = pageOf(site.state.people(), asked)
    if (isRefused(paging)) return paging
    const { page, response_metadata } = paging
    return ok({ members: page.map((person) => userObject(site, person, include_locale)), response_metadata })
  },
})

const lookupByEmail = method({
  scopes: ['users:read.email'],
  tier: 'tier3',
  args: z.object({ email: z.string() }),
  run: ({ email }, site) => {
    const person = site.state
      .people()
      .find((one) => one.email !== '' && one.email.toLowerCase() === email.toLowerCase() && !one.deactivated)
    return person ? ok({ user: userObject(site, person) }) : refuse('users_not_found')
  },
})

const listGroups = method({
  scopes: ['usergroups:read'],
  tier: 'tier2',
  args: z.object({ include_users: flag }),
  run: ({ include_users }, site) => {
    const usergroups = site.state.userGroups().map((group) => ({
      ...userGroupObject(site, group),
      ...(include_users && { users: group.members }),
    }))
    return ok({ usergroups })
  },
})

const listGroupUsers = method({
  scopes: ['usergroups:read'],
  tier: 'tier2',
  args: z.object({ usergroup: z.string() }),
  run: ({ usergroup }, site) => {
    const group = site.state.userGroups().find(({ id }) => id === usergroup)
    return group ? ok({ users: group.members }) : refuse('no_such_subteam')
  },
})

export const users = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
  'usergroups.list': listGroups,
  'usergroups.users.list': listGroupUsers,
} as const satisfies Record<string, Method>
