// Runs in the page: the texts whose contrast is below what WCAG AA asks for, 4.5, or 3 where they are large.
;(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const read = (css) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const over = ([r, g, b, alpha], [R, G, B]) => {
    const mix = (above, below) => above * alpha + below * (1 - alpha)
    return [mix(r, R), mix(g, G), mix(b, B), 1]
  }
  const luminance = ([r, g, b]) => {
    const linear = (part) => {
      const share = part / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }
  const groundOf = (element) => {
    if (element === null) return [255, 255, 255, 1]
    const own = read(getComputedStyle(element).backgroundColor)
    return own[3] === 1 ? own : over(own, groundOf(element.parentElement))
  }
  const contrastOf = (element) => {
    const ground = groundOf(element)
    const text = over(read(getComputedStyle(element).color), ground)
    const [dark, light] = [luminance(text), luminance(ground)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const needed = (element) => {
    const { fontSize, fontWeight } = getComputedStyle(element)
    const size = Number.parseFloat(fontSize)
    return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5
  }
  const faint = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    const text = texts.currentNode.textContent?.trim()
    if (!element || !text || !element.checkVisibility() || element.closest(':disabled')) continue
    const contrast = contrastOf(element)
    if (contrast < needed(element)) faint.push(`"${text}" has ${contrast.toFixed(2)}`)
  }
  return faint
})()
