import { isObject, type JsonObject } from '../../core/json'
import type { RegionCodec } from '../../core/region'

/** A message that somebody added. */
export interface Message {
  readonly chatmessage: JsonObject
}

/** Reads and writes added messages; what else a message holds stays in it. */
export const messageCodec: RegionCodec<Message> = {
  family: 'chatmessage',
  keys: ['chatmessage'],
  fields: [],
  decode: ({ chatmessage }) => (isObject(chatmessage) ? { chatmessage } : null),
  encode: ({ chatmessage }) => ({ chatmessage }),
}
