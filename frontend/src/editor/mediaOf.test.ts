import { expect, it } from 'vitest'
import { imagesOf } from './mediaOf'

const data = { image: '/data/a.png', pages: ['/data/1.png', '/data/2.png', 7, null], text: 'words' }

it.each([
  ['<View><Image name="i" value="$image"/><Text name="t" value="$text"/></View>', ['/data/a.png']],
  ['<View><Image name="i" valueList="$pages"/></View>', ['/data/1.png', '/data/2.png']],
  ['<View><Image name="i" value="$missing"/></View>', []],
  [
    '<View><Image name="a" value="$image"/><Image name="b" value="/static/$image"/></View>',
    ['/data/a.png', '/static//data/a.png'],
  ],
  ['<View><Image', []],
])('%s shows %j', (config, addresses) => {
  expect(imagesOf(config, data)).toEqual(addresses)
})
