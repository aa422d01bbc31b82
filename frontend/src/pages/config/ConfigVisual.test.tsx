// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { startTexts } from '@/app/i18n'
import { installDom } from '@/testing/installDom'
import { ConfigVisual } from './ConfigVisual'

beforeAll(() => {
  installDom()
  startTexts()
})
afterEach(cleanup)

const CONFIG = `<View>
  <Labels name="ner" toName="t">
    <Label value="Person" background="#ff0000"/>
    <Label value="Place" hotkey="p"/>
  </Labels>
  <Text name="t" value="$text"/>
</View>`

let config = ''
const Form = ({ start }: { start: string }) => {
  const [value, setValue] = useState(start)
  config = value
  return <ConfigVisual value={value} onChange={setValue} />
}
const open = (start: string) =>
  render(
    <MantineProvider>
      <Form start={start} />
    </MantineProvider>,
  )
const words = () => screen.getAllByRole<HTMLInputElement>('textbox', { name: 'Word' }).map((input) => input.value)
const fill = (name: string | RegExp, value: string) =>
  fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } })

it('words, colors and keys are changed in their places', () => {
  open(CONFIG)
  fireEvent.change(screen.getAllByRole('textbox', { name: 'Word' })[0] as HTMLElement, { target: { value: 'Human' } })
  fireEvent.change(screen.getByLabelText('Color of Human'), { target: { value: '#00ff00' } })
  fill('Hotkey of Place', '')
  expect(config).toBe(
    CONFIG.replace('value="Person" background="#ff0000"', 'value="Human" background="#00ff00"').replace(
      ' hotkey="p"',
      '',
    ),
  )
})

it('words are added by Enter, as a list, moved and removed', () => {
  open(CONFIG)
  fill('New word', 'Time')
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'New word' }), { key: 'Enter' })
  expect(words()).toEqual(['Person', 'Place', 'Time'])
  fireEvent.click(screen.getByRole('button', { name: 'Paste a list' }))
  fill(/Words, one a line/, 'Event; #0000ff\nTime\nWork')
  fireEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(words()).toEqual(['Person', 'Place', 'Time', 'Event', 'Work'])
  fireEvent.click(screen.getByRole('button', { name: 'Move Place up' }))
  fireEvent.click(screen.getByRole('button', { name: 'Remove Person' }))
  expect(words()).toEqual(['Place', 'Time', 'Event', 'Work'])
  expect(config).toContain('    <Label value="Event" background="#0000ff"/>\n    <Label value="Work"/>\n  </Labels>')
})

it('a pasted text of several lines becomes a list', () => {
  open(CONFIG)
  const input = screen.getByRole('textbox', { name: 'New word' })
  fireEvent.paste(input, { clipboardData: { getData: () => 'One\nTwo' } })
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Words, one a line/ }).value).toBe('One\nTwo')
})

it('tells when there is nothing to list', () => {
  open('<View><Text')
  expect(screen.getByText(/mend it in the code/)).toBeTruthy()
  cleanup()
  open('<View><Text name="t" value="$t"/></View>')
  expect(screen.getByText(/no labels or choices/)).toBeTruthy()
})
