/** Our own line icons, 20 × 20, in the colour of the text around them. They say nothing to a screen reader: their button does. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}

const PATHS = {
  more: 'M10 4.5v.01M10 10v.01M10 15.5v.01',
  chevron: 'm5.5 8 4.5 4.5L14.5 8',
  close: 'm5 5 10 10M15 5 5 15',
  back: 'M12.5 4.5 7 10l5.5 5.5',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  reply: 'M4 4.5h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H9.5L6 16.5v-3H4a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z',
  eye: 'M1.8 10S4.7 4.8 10 4.8 18.2 10 18.2 10 15.3 15.2 10 15.2 1.8 10 1.8 10Zm8.2 2.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z',
  send: 'M3.6 4.1 17 10 3.6 15.9l1.5-5.1L11 10 5.1 9.2Z',
  down: 'M10 4v12m-5-5 5 5 5-5',
  slash: 'M12.6 3.5 7.4 16.5',
  check: 'm4.5 10.5 3.7 3.7 7.3-8',
  cross: 'm5.5 5.5 9 9m0-9-9 9',
  info: 'M10 9v5M10 6.2v.01M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15Z',
  warning: 'M10 7.8v3.6m0 2.6v.01M10 3 2.2 16.5h15.6L10 3Z',
  plus: 'M10 4.5v11M4.5 10h11',
  pin: 'M7 3.5h6l-.8 5.2 2.3 2.3v1.5H5.5V11l2.3-2.3L7 3.5Zm3 9V17',
  lock: 'M5.5 9h9v7.5h-9V9Zm2 0V6.8a2.5 2.5 0 0 1 5 0V9',
  file: 'M5 3h6.5L15 6.5V17H5V3Zm6.5 0v3.5H15',
  download: 'M10 3.5v9m-4-4 4 4 4-4M4.5 16.5h11',
  link: 'M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2L10 5.8m1.5 2.7a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2L10 14.2',
  clock: 'M10 6v4l2.6 1.6M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15Z',
  archive: 'M3 4h14v3.5H3V4Zm1.2 3.5V16h11.6V7.5M8 10.5h4',
}
