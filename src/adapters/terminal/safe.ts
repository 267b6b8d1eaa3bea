/** A letter may carry this many marks; piled up, they would reach into the lines above. */
const PILE = /(\p{M}{3})\p{M}+/gu

/**
 * One line of text that can only be read. What steers a terminal, turns the writing round or has no width that terminals agree
 * on is taken out or shown as �, and spaces are single: only we indent, so no text can pass for one of our buttons.
 */
export const safe = (text: string): string => safeLog(text).replaceAll(/ +/g, ' ')

/** The same with its spaces kept, e.g. for a log. Our own mark must stand before it. */
export const safeLog = (text: string): string =>
  text
    .replaceAll(/\r\n|[\t\n\r\v\f]|\p{Z}/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/gu, '�')
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll(/(?<=\p{Emoji_Modifier_Base})\p{Emoji_Modifier}/gu, '')
    .replaceAll(PILE, '$1')
    .normalize('NFC')
