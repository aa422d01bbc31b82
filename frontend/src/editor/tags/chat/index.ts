import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'
import { messageCodec } from './codec'
import { checkMessages } from './messages'

export const chat = defineWebTag({
  tags: ['Chat'],
  types: ['chatmessage'],
  codec: messageCodec,
  regionFamilies: ['chatmessage'],
  view: lazyView(() => import('./ChatTag').then((part) => part.ChatTag)),
  checkRegions: checkMessages,
})
