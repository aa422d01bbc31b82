import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { useEffect, useState } from 'react'

GlobalWorkerOptions.workerSrc = workerUrl

export interface OpenPdf {
  readonly pdf: PDFDocumentProxy | null
  readonly isFailed: boolean
}

/** Opens a document; it is closed with the component. Nothing in it can run. */
export function usePdf(url: string): OpenPdf {
  const [open, setOpen] = useState<OpenPdf>({ pdf: null, isFailed: false })
  useEffect(() => {
    let isGone = false
    const task = getDocument({ url, enableXfa: false, useWasm: false })
    task.promise.then(
      (pdf) => isGone || setOpen({ pdf, isFailed: false }),
      () => isGone || setOpen({ pdf: null, isFailed: true }),
    )
    return () => {
      isGone = true
      void task.destroy()
    }
  }, [url])
  return open
}
