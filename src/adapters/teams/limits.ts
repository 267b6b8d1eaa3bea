/** What Teams takes: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages */
export const LIMITS = {
  /** Of one card's JSON; Teams refuses 28 KB, and mentions and times grow on the way. */
  cardBytes: 26_000,
  /** Buttons in sight; further ones are in the overflow menu. */
  buttons: 6,
  buttonTitle: 80,
  tooltip: 120,
  text: 2_500,
  fallbackText: 1_000,
  /** Of a message without a card. */
  messageText: 20_000,
  alt: 1_000,
  inputText: 3_000,
  label: 300,
  /** More choices than these are a menu. */
  choicesInSight: 5,
  choices: 100,
  choiceLabel: 75,
  menuLabel: 40,
  /** https://learn.microsoft.com/microsoftteams/limits-specifications-teams */
  channelName: 50,
  channelDescription: 1_024,
  tabName: 128,
} as const
