/** Runs in the page before everything else: what measures there. */
export function inPage() {
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  /** After the frame that shows what was done. */
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))
  const pointer = (type, x, y, more = {}) =>
    new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, cancelable: true, buttons: 1, pressure: 0.5, ...more })
  let tasks = null
  let next = null
  const held = []
  /** Draws a picture of its own for every round and has it decoded, as a page does beforehand. */
  const picture = async (round) => {
    const canvas = document.createElement('canvas')
    canvas.width = 2000
    canvas.height = 1500
    const context = canvas.getContext('2d')
    for (let at = 0; at < 60; at += 1) {
      context.fillStyle = `hsl(${(at * 47 + round * 31) % 360} 50% 60%)`
      context.fillRect((at * 137) % 2000, (at * 89) % 1500, 300, 220)
    }
    const address = URL.createObjectURL(await new Promise((done) => canvas.toBlob(done, 'image/jpeg')))
    const image = window.example.preloadPicture(address)
    await image.decode()
    held.push(image)
    return address
  }

  const boxes = (count) =>
    Array.from({ length: count }, (_, at) => ({
      id: `next${at}`,
      from_name: 'box',
      to_name: 'image',
      type: 'rectanglelabels',
      value: { x: (at * 7.31) % 90, y: (at * 3.17) % 90, width: 6, height: 5, rotation: 0, rectanglelabels: ['Box'] },
    }))
  /** Whether the next task is in the page: its text, or its picture with the canvases over it. */
  const isShown = (kind) =>
    kind === 'text'
      ? document.querySelector('[data-testid^=text-]')?.textContent.startsWith(next.task.data.text.slice(0, 12))
      : document.querySelector('.pe-canvas > img ~ .pe-layer')?.parentElement.querySelector('img').src === next.task.data.image
  /** Throws if the first label does not follow its key at once: a task that is only to be looked at is not open. */
  const checkUsable = async () => {
    const isOn = () => document.querySelector('.pe-label').getAttribute('aria-pressed') === 'true'
    if (isOn()) throw new Error('The label of the task before is still on.')
    window.dispatchEvent(new KeyboardEvent('keydown', { key: '1', code: 'Digit1', bubbles: true, cancelable: true }))
    window.dispatchEvent(new KeyboardEvent('keyup', { key: '1', code: 'Digit1', bubbles: true }))
    // React shows it in a task of its own.
    await Promise.resolve()
    if (!isOn()) throw new Error('The next task does not take keys yet.')
  }

  const bench = {
    /** Plain drawing of boxes for every frame, for comparison. */
    async bareCanvas(count) {
      const canvas = document.createElement('canvas')
      canvas.width = 950
      canvas.height = 630
      canvas.style.cssText = 'position:fixed;inset:0;z-index:99'
      document.body.append(canvas)
      const context = canvas.getContext('2d')
      const colors = ['#d94f30', '#2f5fd8', '#1a7347']
      const start = performance.now()
      let frames = 0
      while (performance.now() - start < 1500) {
        await frame()
        frames += 1
        context.setTransform(1, 0, 0, 1, 0, 0)
        context.clearRect(0, 0, 950, 630)
        context.setTransform(1, 0, 0, 1, frames % 40, frames % 30)
        for (let color = 0; color < 3; color += 1) {
          context.beginPath()
          for (let at = color; at < count; at += 3) context.rect(((at * 7.31) % 97) * 9.5, ((at * 3.17) % 97) * 6.3, 11, 9)
          context.globalAlpha = 0.2
          context.fillStyle = colors[color]
          context.fill()
          context.globalAlpha = 1
          context.strokeStyle = colors[color]
          context.stroke()
        }
      }
      canvas.remove()
      return (frames * 1000) / (performance.now() - start)
    },
    /** Turns the wheel once a frame; returns frames a second. */
    async wheel(selector, steps, init) {
      const element = document.querySelector(selector)
      const box = element.getBoundingClientRect()
      const place = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }
      await frame()
      const start = performance.now()
      for (let step = 0; step < steps; step += 1) {
        const turned = step < steps / 2 ? 1 : -1
        const deltas = { deltaX: (init.deltaX ?? 0) * turned, deltaY: (init.deltaY ?? 0) * (init.ctrlKey ? 1 : turned) }
        element.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, ...place, ...init, ...deltas }))
        await frame()
      }
      return (steps * 1000) / (performance.now() - start)
    },
    /** Clicks and returns how long it takes until the answer is painted. */
    async press(selector, x, y) {
      const element = document.querySelector(selector)
      await frame()
      const start = performance.now()
      element.dispatchEvent(pointer('pointerdown', x, y))
      element.dispatchEvent(pointer('pointerup', x, y))
      await painted()
      return performance.now() - start
    },
    async key(key, more) {
      await frame()
      const start = performance.now()
      window.dispatchEvent(new KeyboardEvent('keydown', { key, code: `Key${key.toUpperCase()}`, bubbles: true, cancelable: true, ...more }))
      window.dispatchEvent(new KeyboardEvent('keyup', { key, code: `Key${key.toUpperCase()}`, bubbles: true, ...more }))
      await painted()
      return performance.now() - start
    },
    /** Drags, one move a frame, and keeps the pointer down; returns how many frames there were. */
    async drag(selector, from, to, steps) {
      const element = document.querySelector(selector)
      element.dispatchEvent(pointer('pointerdown', ...from))
      await frame()
      for (let step = 1; step <= steps; step += 1) {
        const share = step / steps
        element.dispatchEvent(pointer('pointermove', from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share))
        await frame()
      }
      return steps
    },
    async drop(selector, at) {
      document.querySelector(selector).dispatchEvent(pointer('pointerup', ...at))
      await painted()
    },
    /** Watches for tasks that hold the page up. */
    beginTasks() {
      const found = []
      const observer = new PerformanceObserver((list) => found.push(...list.getEntries().map((entry) => entry.duration)))
      observer.observe({ entryTypes: ['longtask'] })
      tasks = { found, observer }
    },
    /** Returns the longest one; the browser tells of those over 50 ms only. */
    endTasks() {
      tasks.observer.disconnect()
      return Math.max(0, ...tasks.found)
    },
    /** Closes the editor and opens it again. */
    async reopen(times) {
      for (let round = 0; round < times; round += 1) {
        window.example.editor.destroy()
        window.example.open()
        while (!document.querySelector('.pe-layer')) await frame()
        await painted()
      }
    },
    /** Opens the editor again and again; returns how long each time took until everything was painted. */
    async open(times) {
      const taken = []
      for (let round = 0; round < times; round += 1) {
        window.example.editor.destroy()
        await painted()
        const start = performance.now()
        window.example.open()
        while (!document.querySelector('.pe-layer')) await frame()
        await painted()
        taken.push(performance.now() - start)
      }
      return taken
    },
    /** Fetches the next task beforehand: its picture is decoded. */
    async prepare(round, kind) {
      const data = kind === 'text' ? { text: `Task ${round}. ${'Alice met Bob in Paris. '.repeat(40)}` } : { image: await picture(round) }
      const annotations = kind === 'labeled picture' ? [{ id: 5000 + round, result: boxes(60), completed_by: 1 }] : []
      next = { task: { id: 5000 + round, data }, annotations }
      await new Promise((done) => setTimeout(done, 500))
    },
    /** Goes on to that task; returns how long it takes until everything is painted. */
    async goOn(kind) {
      await frame()
      const start = performance.now()
      window.example.goOn(next.task, next.annotations)
      while (!isShown(kind)) await frame()
      await painted()
      const taken = performance.now() - start
      await checkUsable()
      return taken
    },
    async heap() {
      for (let round = 0; round < 3; round += 1) {
        window.gc?.()
        await new Promise((done) => setTimeout(done, 100))
      }
      return performance.memory.usedJSHeapSize / 1e6
    },
  }
  window.bench = bench
}
