/** What Slack takes, in characters unless it says otherwise. */
export const LIMITS = {
  blocksInMessage: 50,
  blocksInView: 100,
  /** Slack publishes no number; refusals were measured from about 13,200 bytes of JSON upwards. */
  blocksBytes: 12_500,
  /** A view may have 250 kB of JSON in all. */
  viewBytes: 240_000,
  /** The plain words next to the blocks: more is refused when a message is changed. */
  messageText: 4_000,
  blockText: 3_000,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  spoken: 75,
  actionId: 255,
  overflowOptions: 5,
  radioOptions: 10,
  selectOptions: 100,
  optionText: 75,
  viewTitle: 24,
  viewButton: 24,
  inputLabel: 2_000,
  placeholder: 150,
  inputText: 3_000,
  altText: 1_000,
  url: 3_000,
  channelName: 80,
  topic: 250,
  /** People in one invitation: Slack takes more, and answers it late. */
  invited: 30,
} as const
