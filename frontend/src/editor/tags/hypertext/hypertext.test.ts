// @vitest-environment jsdom
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TagNode } from '../../core/taskConfig'
import { FlowSurface } from '../../engines/text/flowSurface'
import { bind } from '../../testing/openEditor'
import { htmlSpanCodec } from './codec'
import { classesAround, configRules } from './frameDocument'
import { readHtml, textsUnder } from './htmlDocument'
import { tameLinks } from './showHtml'
import { htmlSource } from './source'

const nodeOf = (attrs = ''): TagNode =>
  bind(`<HyperText name="h" value="$h" ${attrs}/>`, { h: '' }).objects.get('h')?.node as TagNode

function open(source: string, attrs = '') {
  const html = readHtml(source)
  document.body.replaceChildren(html.body)
  const pieces = textsUnder(html.body)
  const paths = pieces.map((piece) => html.paths.get(piece) as string)
  const flow = new FlowSurface({ root: html.body, frame: document.body, pieces, between: '' })
  return { html, pieces, paths, flow, source: htmlSource(nodeOf(attrs), flow, paths) }
}

describe('HTML that somebody brought', () => {
  it.each([
    '<script>window.hacked = 1</script>a',
    '<img src=x onerror="window.hacked = 1">a',
    '<a href="javascript:window.hacked=1">a</a>',
    '<svg><script>window.hacked=1</script><a xlink:href="javascript:1">a</a></svg>',
    '<iframe src="https://evil.example"></iframe>a',
    '<form action="https://evil.example"><input name="a" formaction="https://evil.example"></form>a',
    '<object data="x"></object><embed src="x"><meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example">a',
    '<x-card onclick="window.hacked = 1">a</x-card>',
  ])('%s: nothing runs and nothing leads away', (source) => {
    const { html } = open(source)
    expect(html.body.textContent).toContain('a')
    expect(html.body.outerHTML).not.toMatch(
      /script|onerror|onclick|javascript:|evil\.example|<iframe|<object|<embed|<meta|<base/i,
    )
    expect('hacked' in window).toBe(false)
  })

  it('keeps paths of the document as it was written, whatever is taken out', () => {
    const { paths, pieces } = open(
      'x<script>1</script>y<!-- c -->z<x-card><p>in <b>bold</b> end</p></x-card><p>two</p>',
    )
    expect(pieces.map((piece, at) => [piece.data, paths[at]])).toEqual([
      ['x', '/text()[1]'],
      ['y', '/text()[2]'],
      ['z', '/text()[3]'],
      ['in ', '/x-card[1]/p[1]/text()[1]'],
      ['bold', '/x-card[1]/p[1]/b[1]/text()[1]'],
      [' end', '/x-card[1]/p[1]/text()[2]'],
      ['two', '/p[1]/text()[1]'],
    ])
  })

  it('brings its style sheets, but no other ones', () => {
    const { css, isStyled } = readHtml('<style>p { color: red } @import "https://evil.example/a.css";</style><p>a</p>')
    expect(css).toContain('color: red')
    expect(css).not.toContain('evil')
    expect([isStyled, readHtml('<p>a</p>').isStyled]).toEqual([true, false])
  })

  it('has dead links unless the config wants them', () => {
    const { html } = open('<a href="https://a.example/">out</a><a href="#in">in</a>')
    tameLinks(html.body, true)
    const [out, inside] = [...html.body.querySelectorAll('a')]
    expect([out?.target, out?.rel, inside?.target]).toEqual(['_blank', 'noopener noreferrer', ''])
    tameLinks(html.body, false)
    expect(html.body.querySelector('[href]')).toBeNull()
  })
})

describe('spans of HTML', () => {
  it('are stored as paths with UTF-16 offsets and as code points of the whole text', () => {
    const { source } = open('<p>👋 hi <b>there</b>\nyou</p>')
    expect(source.toShape({ start: 3, end: 13 })).toEqual({
      start: '/p[1]/text()[1]',
      startOffset: 3,
      end: '/p[1]/text()[2]',
      endOffset: 2,
      globalOffsets: { start: 2, end: 12 },
      text: 'hi there\ny',
    })
  })

  it('come back from their stored form wherever they begin and end', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('<p>', '</p>', '<b>', '</b>', 'a', '👋', ' ', '漢', '<!-- -->', '<script>1</script>'),
          { maxLength: 25 },
        ),
        fc.nat(20),
        fc.integer({ min: 1, max: 20 }),
        (parts, from, length) => {
          const { source, flow } = open(parts.join(''))
          const range = { start: from, end: Math.min(from + length, flow.text.length) }
          if (range.start >= range.end) return
          const shape = source.toShape(range)
          expect(source.toRange(shape)).toEqual(range)
          expect(htmlSpanCodec.decode(htmlSpanCodec.encode(shape))).toEqual(shape)
          const { start: _, end: __, ...byOffsets } = shape
          const cuts = (at: number) => /[\udc00-\udfff]/.test(flow.text[at] ?? '')
          if (!cuts(range.start) && !cuts(range.end)) expect(source.toRange(byOffsets)).toEqual(range)
        },
      ),
      { numRuns: 60 },
    ))

  it('are found by their offsets in the text where the paths lead nowhere', () => {
    const { source } = open('<p>one two</p>')
    expect(
      source.toRange({ start: '/div[9]/text()[1]', end: '/div[9]/text()[1]', globalOffsets: { start: 4, end: 7 } }),
    ).toEqual({ start: 4, end: 7 })
    expect(source.toRange({ start: '/p/text()', end: '/p/text()', startOffset: 0, endOffset: 3 })).toEqual({
      start: 0,
      end: 3,
    })
    expect(source.toRange({ start: '/div[9]/text()[1]', end: '/div[9]/text()[1]' })).toBeNull()
  })

  it('leave the text out where the config says so', () =>
    expect(open('<p>one</p>', 'saveTextResult="no"').source.toShape({ start: 0, end: 3 })).not.toHaveProperty('text'))

  it.each([
    {},
    { start: 1, end: 2 },
    { start: '/p[1]/text()[1]' },
    { globalOffsets: { start: 5, end: 2 } },
    { globalOffsets: {} },
  ])('%o is none', (value) => expect(htmlSpanCodec.decode(value)).toBeNull())
})

describe('the Style of a config in the frame', () => {
  const config = bind(
    '<Style>.htx-richtext p { color: var(--color-mine); background: url(//x) }</Style><View className="doc wide"><HyperText name="h" value="$h"/></View><Style>.htx-highlight { color: red }</Style>',
    { h: '' },
  )

  it('is there, safe, with the variables of the page that it uses', () => {
    const around = document.createElement('div')
    document.body.append(around)
    expect(configRules(config, around).replace(/\s+/g, ' ')).toBe(
      '.htx-richtext p { color: var(--color-mine) } .htx-highlight { color: red } ::highlight(htx-highlight) { color: red } ',
    )
    around.style.setProperty('--color-mine', '#123456')
    expect(configRules(config, around)).toMatch(/^html \{ --color-mine: #123456 \} /)
    around.remove()
  })

  it('finds the classes of what stands around the tag', () =>
    expect(classesAround(config.objects.get('h')?.node as TagNode)).toBe('lsf-main-view lsf-main-content doc wide'))
})
