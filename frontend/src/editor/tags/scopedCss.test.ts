import { describe, expect, it } from 'vitest'
import { inlineStyle } from './inlineStyle'
import { frameCss, scopedCss, scopeSelector } from './scopedCss'

const css = (text: string) => scopedCss(text, '.area').replace(/\s+/g, ' ').trim()

describe('CSS of a config', () => {
  it.each([
    ['.a { color: red }', '.area .a { color: red }'],
    [
      '.htx-richtext .htx-highlight, .a { color: red }',
      '.area .htx-richtext .htx-highlight, .area .a { color: red } .area .htx-richtext ::highlight(htx-highlight) { color: red }',
    ],
    ['.htx-highlight:hover { color: red }', '.area .htx-highlight:hover { color: red }'],
    ['a, b > c { margin: 0; padding: 1px }', '.area a, .area b > c { margin: 0; padding: 1px }'],
    ['body { color: red } html body .x { top: 0 }', '.area { color: red } .area .x { top: 0 }'],
    [':root{--c:#fff}', '.area { --c:#fff }'],
    ['@media (min-width: 5px) { .a { color: red } }', '@media (min-width: 5px) { .area .a { color: red } }'],
    ['@keyframes spin { to { opacity: 0 } }', '@keyframes spin { to { opacity: 0 } }'],
    ['/* .x{} */ .a::after { content: "}{;\\201C" }', '.area .a::after { content: "}{;\\201C" }'],
    ['.a:is(b, c) { color: red }', '.area .a:is(b, c) { color: red }'],
  ])('%s stays inside', (text, expected) => expect(css(text)).toBe(expected))

  it.each([
    '@import "https://evil.example/x.css";',
    '@font-face { font-family: x; src: url(https://evil.example/x) }',
    '.a { background: url(https://evil.example/x) }',
    '.a { background: u\\72l(https://evil.example/x) }',
    '.a { background: image-set("https://evil.example/x" 1x) }',
    '.a { width: expression(alert(1)) }',
    '</style><script>alert(1)</script>',
  ])('%s loads and runs nothing', (text) => expect(css(text)).not.toMatch(/evil|alert|script/))

  it.each(['.a { color: red', '} .b { color: red }', '{', '', '@media', '.a { b { color: red } }'])(
    '%j does no harm',
    (text) => {
      expect(
        css(text)
          .replace(/\.area [^{}]*\{[^{}]*\}/g, '')
          .trim(),
      ).toBe('')
    },
  )

  it('puts every selector of a list under the scope', () =>
    expect(scopeSelector(' a ,,b', '.area')).toBe('.area a, .area b'))
})

describe('inline styles', () => {
  it('become what React takes', () =>
    expect(
      inlineStyle(
        'margin-top: 4px; --x:1; background: linear-gradient(red, blue) !important; -webkit-line-clamp: 2; broken',
      ),
    ).toEqual({
      marginTop: '4px',
      '--x': '1',
      background: 'linear-gradient(red, blue)',
      WebkitLineClamp: '2',
    }))

  it('load nothing', () => expect(inlineStyle('background: url(//evil.example); color: red')).toEqual({ color: 'red' }))
  it('may be absent', () => expect(inlineStyle(undefined)).toBeUndefined())
})

it('in a frame of its own keeps its selectors and loses what could load something', () =>
  expect(
    frameCss('/* x */ body { margin: 0; background: url(//x) } .htx-highlight { color: red } @import "x";').replace(
      /\s+/g,
      ' ',
    ),
  ).toBe('body { margin: 0 } .htx-highlight { color: red } ::highlight(htx-highlight) { color: red } '))
