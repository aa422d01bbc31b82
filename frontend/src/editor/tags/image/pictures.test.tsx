// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { MemoryJournal } from '../../core/journal'
import { EditorShell } from '../../shell/EditorShell'
import { loadCanvas, loadTags } from '../registry'
import { preloadPicture, rememberPicture, sizeOfPicture } from './pictures'

globalThis.ResizeObserver = class implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
const CONFIG =
  '<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels></View>'
await loadTags(CONFIG)
await loadCanvas(['rectangle'])
afterEach(cleanup)

/** Gives a picture the size that a browser finds. */
function arrive(picture: HTMLImageElement, width: number, height: number): void {
  Object.defineProperties(picture, { naturalWidth: { value: width }, naturalHeight: { value: height } })
  fireEvent.load(picture)
}

const open = (image: string) => {
  const never = async () => Promise.reject(new Error('not asked for'))
  return render(
    <EditorShell
      config={CONFIG}
      task={{ id: 7, data: { image } }}
      annotations={[]}
      predictions={[]}
      user={{ id: 1, displayName: 'Ann' }}
      host={{ saveDraft: async () => ({ id: 1 }), submit: never, update: never }}
      journal={new MemoryJournal()}
    />,
  ).container
}
const canvas = () => screen.queryByTestId('image-image')

it('a picture that was loaded beforehand has its canvas in the first moment', () => {
  arrive(preloadPicture('/known.png'), 400, 200)
  expect(sizeOfPicture('/known.png')).toEqual({ width: 400, height: 200 })
  open('/known.png')
  expect(canvas()?.style.aspectRatio).toBe('400 / 200')
})

it('one that is not known waits until it is here, and is known then', async () => {
  const page = open('/new.png')
  expect([canvas(), sizeOfPicture('/new.png')]).toEqual([null, undefined])
  arrive(page.querySelector('img') as HTMLImageElement, 30, 10)
  await waitFor(() => expect(canvas()?.style.aspectRatio).toBe('30 / 10'))
  expect(sizeOfPicture('/new.png')).toEqual({ width: 30, height: 10 })
})

it('one that was changed since is shown with its size of now', async () => {
  rememberPicture('/old.png', { width: 10, height: 10 })
  const page = open('/old.png')
  arrive(page.querySelector('img') as HTMLImageElement, 20, 10)
  await waitFor(() => expect(canvas()?.style.aspectRatio).toBe('20 / 10'))
})

it('one that is gone by now says so', async () => {
  rememberPicture('/gone.png', { width: 10, height: 10 })
  fireEvent.error(open('/gone.png').querySelector('img') as HTMLImageElement)
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
})

it('only the latest sizes are kept', () => {
  for (let at = 0; at < 501; at += 1) rememberPicture(`/many/${at}.png`, { width: 1, height: 1 })
  expect([sizeOfPicture('/many/0.png'), sizeOfPicture('/many/500.png')]).toEqual([undefined, { width: 1, height: 1 }])
})
