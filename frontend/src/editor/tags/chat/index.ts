import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'
import { messageCodec } from './codec'
import { checkMessages } from './messages'

const part = lazyPart(() => import('./ChatTag'))

export const chat = defineWebTag({
  tags: ['Chat'],
  types: ['chatmessage'],
  codec: messageCodec,
  regionFamilies: ['chatmessage'],
  load: part.load,
  view: part.view(({ ChatTag }) => ChatTag),
  checkRegions: checkMessages,
})
