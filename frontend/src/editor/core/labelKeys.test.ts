import { describe, expect, it } from 'vitest'
import { TAGS } from '../tags/registry'
import { bind } from '../testing/openEditor'
import { assignLabelKeys } from './labelKeys'

/** Returns the key of every tag that has one, by its value or name. */
function keysOf(config: string, data = {}): Record<string, string> {
  const task = bind(config, data)
  const keys = assignLabelKeys(task, TAGS)
  return Object.fromEntries(
    task.nodes.flatMap((node) => {
      const key = keys.get(node.key)
      return key === undefined ? [] : [[node.attrs.value ?? node.attrs.name ?? node.tag, key]]
    }),
  )
}

const labels = (count: number) => Array.from({ length: count }, (_, n) => `<Label value="L${n}"/>`).join('')

describe('assignLabelKeys', () => {
  it('gives digits first, then letters, in document order', () => {
    const keys = keysOf(`<Text name="t" value="$t"/><Labels name="l" toName="t">${labels(12)}</Labels>`)
    expect(Object.values(keys)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'q', 'w'])
  })

  it('keeps own keys and does not give them again', () => {
    const config =
      '<Labels name="l" toName="t"><Label value="A"/><Label value="B" hotkey="1"/><Label value="C"/></Labels>'
    expect(keysOf(`<Text name="t" value="$t"/>${config}`)).toEqual({ A: '2', B: '1', C: '3' })
  })

  it('leaves keys of tools alone', () => {
    const image = '<Image name="i" value="$i"/>'
    const withTools = keysOf(`${image}<RectangleLabels name="l" toName="i">${labels(40)}</RectangleLabels>`)
    expect(Object.values(withTools)).not.toContain('r')
    expect(Object.values(withTools)).not.toContain('v')
    expect(Object.values(withTools)).not.toContain('h')
  })

  it('gives none when all are taken', () => {
    const keys = keysOf(`<Text name="t" value="$t"/><Labels name="l" toName="t">${labels(40)}</Labels>`)
    expect(new Set(Object.values(keys)).size).toBe(Object.values(keys).length)
    expect(keys.L39).toBeUndefined()
  })

  it('serves choices and ratings, but no choices of a taxonomy', () => {
    const config =
      '<Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="A"/></Choices>' +
      '<Rating name="r" toName="t"/><Taxonomy name="x" toName="t"><Choice value="B"/></Taxonomy>'
    expect(keysOf(config)).toEqual({ A: '1', r: '2' })
  })

  it('serves words that come from the task', () => {
    const config = '<Text name="t" value="$t"/><Choices name="c" toName="t" value="$more"><Choice value="A"/></Choices>'
    expect(keysOf(config, { more: [{ value: 'B' }, { value: 'C', hotkey: 'x' }] })).toEqual({ A: '1', B: '2', C: 'x' })
  })
})
