import type { View } from '@slack/types'
import type { PageView } from '../../page-api.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { useForm } from '../controls/form.ts'
import { SurfaceContext, useSurfaceOn } from '../controls/surface.ts'
import { knownBlocks } from '../dialogs/views.tsx'
import { useReader } from '../model/reader.ts'

/** What the app published for the reader. */
export function Home({ home }: { home: PageView | undefined }) {
  const { state } = useReader()
  return (
    <section className="home" aria-label={`Home of ${state.app.name}`}>
      {home ? (
        <Published key={home.id} id={home.id} view={home.view} />
      ) : (
        <p className="home-empty">{state.app.name} has put nothing here yet.</p>
      )}
    </section>
  )
}

function Published({ id, view }: { id: string; view: View }) {
  const blocks = knownBlocks(view)
  const surface = useSurfaceOn({ kind: 'view', id }, useForm(blocks))
  return (
    <SurfaceContext value={surface}>
      <Blocks blocks={blocks} />
    </SurfaceContext>
  )
}
