// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import type { Json, JsonObject } from '../core/json'
import type { AnnotationRecord, SavePayload } from '../host'
import { EditorShell } from './EditorShell'

// jsdom lays nothing out.
class NoObserver implements Pick<ResizeObserver, 'observe' | 'unobserve' | 'disconnect'> {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = NoObserver
globalThis.IntersectionObserver = NoObserver as unknown as typeof IntersectionObserver
for (const side of ['clientHeight', 'clientWidth'])
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 300 })
Range.prototype.getClientRects = () => [] as unknown as DOMRectList
Object.assign(document, { caretRangeFromPoint: () => null })
Element.prototype.scrollIntoView = () => {}
Element.prototype.scrollTo = () => {}
HTMLMediaElement.prototype.load = () => {}
window.HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
window.HTMLDialogElement.prototype.close = function close() {
  this.open = false
}

const browserFetch = globalThis.fetch
afterEach(() => {
  cleanup()
  globalThis.fetch = browserFetch
})

const DATA = { t: 'Alice met Bob', d: [{ author: 'Ann', text: 'Good day', start: 1, end: 2 }], audio: '/a.mp3' }
const SPAN: Json = {
  id: 'r1',
  from_name: 'l',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 5, text: 'Alice', labels: ['A'] },
}
const LABELS = '<Labels name="l" toName="t"><Label value="A"/></Labels>'

/** Opens what stands in the outermost View; `submit` returns the results that are sent. */
async function open(inside: string, { data = DATA, result = [] }: { data?: JsonObject; result?: Json[] } = {}) {
  const sent: SavePayload[] = []
  const keep = async (payload: SavePayload) => {
    sent.push(payload)
    return { id: 9, result: payload.result } as unknown as AnnotationRecord
  }
  const { container } = render(
    <EditorShell
      config={`<View>${inside}</View>`}
      task={{ id: 7, data }}
      annotations={[]}
      predictions={[]}
      drafts={result.length > 0 ? [{ id: 5, result, annotation: null }] : []}
      user={{ id: 1, displayName: 'Ann' }}
      host={{ saveDraft: async () => ({ id: 5 }), submit: keep, update: (_, payload) => keep(payload) }}
      journal={new MemoryJournal()}
    />,
  )
  await screen.findByTestId('postil-editor', {}, { timeout: 10_000 })
  await waitFor(() => expect(screen.queryAllByText('Loading…')).toEqual([]), { timeout: 10_000 })
  const area = container.querySelector('.lsf-main-view') as HTMLElement
  const find = (selector: string) => area.querySelector<HTMLElement>(selector)
  const submit = async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Submit' }))
    await waitFor(() => expect(sent.length).toBe(1))
    return sent[0]?.result.map(({ value }) => value)
  }
  return { area, find, all: (selector: string) => [...area.querySelectorAll<HTMLElement>(selector)], submit }
}

const TEXT = '<Text name="t" value="$t"/>'

describe('texts', () => {
  it('highlightColor is that of all spans, whatever their labels', async () => {
    const { find } = await open(`<Text name="t" value="$t" highlightColor="#123456"/>${LABELS}`, { result: [SPAN] })
    expect(find('.pe-span')?.style.getPropertyValue('--pe-span')).toBe('#123456')
  })

  it('showLabels puts number and label behind spans', async () => {
    const { find } = await open(`<Text name="t" value="$t" showLabels="true"/>${LABELS}`, { result: [SPAN] })
    expect(find('.pe-span')?.dataset.label).toBe('1 A')
  })

  it.each([
    ['true', 1],
    ['false', 0],
  ])('selectionEnabled="%s": a selection makes %i regions', async (isEnabled, count) => {
    const { find, submit } = await open(`<Text name="t" value="$t" selectionEnabled="${isEnabled}"/>${LABELS}`)
    fireEvent.click(find('.pe-label') as HTMLElement)
    const line = find('[data-line]') as HTMLElement
    fireEvent.pointerDown(line, { button: 0 })
    getSelection()?.setBaseAndExtent(line.firstChild as Text, 0, line.firstChild as Text, 5)
    fireEvent.pointerUp(line, { button: 0 })
    if (count > 0) await screen.findByRole('treeitem')
    expect(await submit()).toHaveLength(count)
  })

  it('resolver shows a cell of a CSV file', async () => {
    globalThis.fetch = async () => new Response('id;words\n1;Hello there')
    const { area } = await open('<Text name="t" value="$t" resolver="csv|column=words|separator=;"/>')
    await waitFor(() => expect(area.textContent).toContain('Hello there'))
  })

  it('valueType="url" loads HTML; clickableLinks lets its links lead somewhere', async () => {
    globalThis.fetch = async () => new Response('<p><a href="https://a.example/">there</a></p>')
    const links = async (more: string) => {
      const tag = `<HyperText name="t" value="$t" valueType="url" inline="true" ${more}/>`
      const { find } = await open(tag, { data: { t: '/page.html' } })
      await waitFor(() => expect(find('a')).toBeTruthy())
      return find('a')?.getAttribute('href')
    }
    expect(await links('')).toBeNull()
    cleanup()
    expect(await links('clickableLinks="true"')).toBe('https://a.example/')
  })

  it('showPlayer shows the controls of the dialogue’s sound', async () => {
    const player = async (more: string) => {
      const { find } = await open(`<Paragraphs name="p" value="$d" audioUrl="$audio" ${more}/>`)
      return find('audio') as HTMLAudioElement
    }
    expect((await player('')).controls).toBe(false)
    cleanup()
    const shown = await player('showPlayer="true"')
    expect([shown.controls, shown.getAttribute('src')]).toEqual([true, '/a.mp3'])
    expect(screen.getByRole('button', { name: 'Play phrase 1' })).toBeTruthy()
  })
})

describe('labels and choices', () => {
  it('showInline="false" puts every label in a row of its own', async () => {
    const { find } = await open(`${TEXT}<Labels name="l" toName="t" showInline="false"><Label value="A"/></Labels>`)
    expect(find('.lsf-labels')?.classList.contains('pe-labels_rows')).toBe(true)
  })

  it('showAlias, aliasStyle and selectedColor', async () => {
    const label = '<Label value="A" alias="alpha" showAlias="true" aliasStyle="color: red" selectedColor="#00ff00"/>'
    const { find } = await open(`${TEXT}<Labels name="l" toName="t">${label}</Labels>`)
    const button = find('.pe-label') as HTMLElement
    expect(within(button).getByText('alpha').style.color).toBe('red')
    expect(button.style.color).toBe('')
    fireEvent.click(button)
    expect(button.style.color).toBe('rgb(0, 255, 0)')
  })

  it.each([
    ['showInline="true"', 'inline'],
    ['showInline="false"', 'vertical'],
    ['layout="inline"', 'inline'],
    ['', 'vertical'],
  ])('Choices %s: %s', async (attrs, layout) => {
    const { find } = await open(`${TEXT}<Choices name="c" toName="t" ${attrs}><Choice value="x"/></Choices>`)
    expect(find('.lsf-choices')?.className).toContain(`pe-choices_${layout}`)
  })

  it('a Taxonomy: leafsOnly, showFullPath, pathSeparator, widths and prompt', async () => {
    const attrs =
      'leafsOnly="true" showFullPath="true" pathSeparator=" > " minWidth="200px" maxWidth="300px" dropdownWidth="250px" placeholder="Which one?"'
    const tree = '<Choice value="Plant"><Choice value="Oak"/></Choice>'
    const { find, submit } = await open(`${TEXT}<Taxonomy name="x" toName="t" ${attrs}>${tree}</Taxonomy>`)
    const box = screen.getByRole<HTMLInputElement>('combobox', { name: 'x' })
    expect(box.placeholder).toBe('Which one?')
    const { minWidth, maxWidth } = (find('.htx-taxonomy') as HTMLElement).style
    expect([minWidth, maxWidth]).toEqual(['200px', '300px'])
    fireEvent.focus(box)
    expect(find('.pe-taxonomy__list')?.style.width).toBe('250px')
    // A parent cannot be picked: it unfolds.
    fireEvent.pointerDown(screen.getByRole('treeitem', { name: /Plant/ }))
    fireEvent.pointerDown(await screen.findByRole('treeitem', { name: /Oak/ }))
    expect(screen.getByRole('button', { name: 'Remove Plant > Oak' })).toBeTruthy()
    expect(await submit()).toEqual([{ taxonomy: [['Plant', 'Oak']] }])
  })
})

describe('texts to write', () => {
  const area = (attrs: string, inside = '') => `${TEXT}<TextArea name="n" toName="t" ${attrs}>${inside}</TextArea>`
  const type = (text: string) => {
    const input = screen.getByRole<HTMLInputElement>('textbox', { name: /n|Say/ })
    fireEvent.change(input, { target: { value: text } })
    return input
  }

  it('placeholder and label', async () => {
    const { find } = await open(area('placeholder="Say it" label="What is it?"'))
    expect(type('').placeholder).toBe('Say it')
    expect(find('.pe-textarea .pe-caption')?.textContent).toBe('What is it?')
  })

  it.each([
    ['', false],
    ['rows="3"', true],
    ['rows="3" showSubmitButton="false"', false],
    ['showSubmitButton="true"', true],
  ])('%s: the button is there: %s', async (attrs, isThere) => {
    await open(area(attrs))
    expect(screen.queryByRole('button', { name: 'Add' }) !== null).toBe(isThere)
  })

  it('allowSubmit="false" leaves Enter to the text; it is kept at submission', async () => {
    const { find, submit } = await open(area('allowSubmit="false"'))
    fireEvent.keyDown(type('one'), { key: 'Enter' })
    expect(find('.pe-entry')).toBeNull()
    expect(await submit()).toEqual([{ text: ['one'] }])
  })

  it('a Shortcut has its name, color and key, and puts its text in', async () => {
    const shortcut = '<Shortcut value="[inaudible]" alias="?" hotkey="ctrl+i" background="#112233"/>'
    const { find, submit } = await open(area('', shortcut))
    const input = type('He said ')
    input.setSelectionRange(8, 8)
    const button = find('.pe-shortcut') as HTMLElement
    expect([button.textContent, button.style.getPropertyValue('--pe-color')]).toEqual(['?Ctrl+I', '#112233'])
    fireEvent.click(button)
    input.setSelectionRange(0, 0)
    fireEvent.keyDown(input, { key: 'i', code: 'KeyI', ctrlKey: true })
    expect(await submit()).toEqual([{ text: ['[inaudible]He said [inaudible]'] }])
  })
})

describe('other answers', () => {
  it('Rating shows its defaultValue without storing it, in its size', async () => {
    const { find, all, submit } = await open(`${TEXT}<Rating name="r" toName="t" defaultValue="2" size="large"/>`)
    expect(all('.ant-rate-star-full')).toHaveLength(2)
    expect(find('.pe-rating')?.style.getPropertyValue('--pe-star')).toBe('40px')
    expect(await submit()).toEqual([])
  })

  it('Number as a slider, and by its key', async () => {
    const { submit } = await open(`${TEXT}<Number name="n" toName="t" slider="true" min="2" max="9" hotkey="j"/>`)
    expect(screen.getByRole('slider')).toBeTruthy()
    fireEvent.keyDown(document.body, { key: 'j', code: 'KeyJ' })
    fireEvent.keyUp(document.body, { key: 'j', code: 'KeyJ' })
    fireEvent.keyDown(document.body, { key: 'j', code: 'KeyJ' })
    expect(await submit()).toEqual([{ number: 3 }])
  })

  it('Pairwise marks the preferred side by selectionStyle', async () => {
    const config = `${TEXT}<Text name="u" value="$t"/><Pairwise name="pw" toName="t,u" selectionStyle="outline: 3px solid red"/>`
    const { all, submit } = await open(config)
    fireEvent.click(screen.getByRole('button', { name: /right/i }))
    expect(all('.pe-pair').map((side) => side.style.outline)).toEqual(['', '3px solid red'])
    expect(await submit()).toEqual([{ selected: 'right' }])
  })

  it.each([
    ['', 1],
    ['collapsible="false"', 0],
  ])('Ranker %s: items with more to say can be folded: %i', async (attrs, count) => {
    const data = {
      items: [
        { id: 1, title: 'One', body: 'more' },
        { id: 2, title: 'Two' },
      ],
    }
    const { all } = await open(`<List name="l" value="$items"/><Ranker name="r" toName="l" ${attrs}/>`, { data })
    expect(all('.pe-card .pe-fold')).toHaveLength(count)
  })
})

describe('links', () => {
  const BOTH = [SPAN, { ...(SPAN as JsonObject), id: 'r2', value: { start: 6, end: 9, text: 'met', labels: ['A'] } }]
  const link = (labels: string[]) => ({ type: 'relation', from_id: 'r1', to_id: 'r2', direction: 'right', labels })
  const config = (attrs: string) =>
    `<Relations ${attrs}><Relation value="knows" background="#ff0000"/><Relation value="likes"/></Relations>${TEXT}${LABELS}`
  const pick = (word: string) => {
    fireEvent.click(screen.getByRole('tab', { name: /Links/ }))
    fireEvent.change(screen.getByRole('combobox', { name: 'Labels' }), { target: { value: word } })
  }

  it('choice="single" keeps one label, else there may be several, in their colors', async () => {
    const { submit } = await open(config('choice="single"'), { result: [...BOTH, link(['knows'])] })
    pick('likes')
    await submit()
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Labels' }).value).toBe('likes')
    cleanup()
    await open(config(''), { result: [...BOTH, link(['knows'])] })
    pick('likes')
    const chips = ['knows ×', 'likes ×'].map((name) => screen.getByRole('button', { name }))
    expect(chips.map((chip) => chip.style.getPropertyValue('--pe-color'))).toEqual(['#ff0000', ''])
  })
})

describe('what arranges', () => {
  it('View, Header and Markdown', async () => {
    const { find, all } = await open(
      `${TEXT}<View display="inline" idAttr="here" className="mine"><Header value="Big" size="1" underline="true"/></View>
      <Header value="Clamped" size="9"/><View display="inline" style="color: red"/>
      <Markdown value="**bold**" style="color: red" className="note" idAttr="md"/>
      <Markdown value="hidden" visibleWhen="region-selected" className="later"/>`,
    )
    const view = find('#here') as HTMLElement
    expect([view.className, view.style.display, view.style.marginRight]).toEqual(['mine', 'inline-block', '15px'])
    expect(find('h2')?.style.textDecoration).toBe('underline')
    expect(find('h6')?.textContent).toBe('Clamped')
    await waitFor(() => expect(find('#md strong')?.textContent).toBe('bold'))
    expect([find('#md')?.style.color, find('#md')?.classList.contains('note')]).toEqual(['red', true])
    expect(find('.later')?.style.display).toBe('none')
    expect(all('[style*="inline-block"]')).toHaveLength(1)
  })

  it('Collapse and Panel', async () => {
    const { find, all } = await open(
      `${TEXT}<Collapse bordered="true" open="true" style="color: red"><Panel value="One"/><Panel open="false"/></Collapse>
      <Collapse accordion="false"><Panel/></Collapse>`,
    )
    expect([find('.pe-collapse_bordered')?.style.color, all('.pe-collapse')].length).toBe(2)
    const panels = all('details') as HTMLDetailsElement[]
    expect(panels.map((panel) => panel.open)).toEqual([true, false, false])
    expect(panels.map((panel) => panel.querySelector('summary')?.textContent)).toEqual(['One', 'Panel 2', 'Panel 1'])
    expect(panels.map((panel) => panel.getAttribute('name') !== null)).toEqual([true, true, false])
  })

  it('Filter: prompt, least length, case, what is left of the text, and its key', async () => {
    const words = '<Label value="Apple"/><Label value="apricot"/><Label value="Berry"/>'
    const filter = '<Filter name="f" toName="l" minLength="2" caseSensetive="true" cleanup="false" style="color: red"'
    const { all } = await open(
      `${TEXT}${filter} placeholder="Find" hotkey="shift+f"/><Labels name="l" toName="t">${words}</Labels>`,
    )
    const shown = () => all('.pe-label__text').map((label) => label.textContent)
    const input = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Find' })
    const search = (value: string) => fireEvent.change(input, { target: { value } })
    expect(input.style.color).toBe('red')
    search('a')
    expect(shown()).toHaveLength(3)
    search('ap')
    expect(shown()).toEqual(['apricot'])
    fireEvent.keyDown(input, { key: 'Enter' })
    expect([input.value, screen.getByRole('button', { name: /apricot/ }).getAttribute('aria-pressed')]).toEqual([
      'ap',
      'true',
    ])
    input.blur()
    fireEvent.keyDown(document.body, { key: 'F', code: 'KeyF', shiftKey: true })
    expect(document.activeElement).toBe(input)
  })
})
