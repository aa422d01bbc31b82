import { notifications } from '@mantine/notifications'

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Adds to jsdom what Mantine expects of a browser and jsdom lacks, without the messages an earlier file left. */
export const installDom = (): void => {
  const media = (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  })
  Object.assign(window, { matchMedia: media, ResizeObserver: NoObserver, scrollTo: () => undefined })
  window.HTMLElement.prototype.scrollIntoView = () => undefined
  // Menus hide while what they belong to is out of sight, which everything without a size is. From 0: tests of other files read places.
  window.Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 100, 20)
  Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true })
  Object.defineProperties(document.documentElement, {
    clientWidth: { value: window.innerWidth, configurable: true },
    clientHeight: { value: window.innerHeight, configurable: true },
  })
  notifications.clean()
  notifications.cleanQueue()
}
