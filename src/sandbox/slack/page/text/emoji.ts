/** Replaces `:wave:` by 👋. Names that are not known stay as they are written. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emojiNamed(name) ?? whole)
}

export function emojiNamed(name: string): string | undefined {
  return EMOJI.get(name)
}

// Those that apps of our kind write. Slack knows some 3,000; an app may always send the character itself instead.
const EMOJI = new Map(
  `
  +1 👍  -1 👎  thumbsup 👍  thumbsdown 👎  wave 👋  raised_hands 🙌  clap 👏  pray 🙏  muscle 💪  eyes 👀
  point_right 👉  point_left 👈  point_up ☝️  point_down 👇  ok_hand 👌  raised_hand ✋  handshake 🤝
  smile 😄  slightly_smiling_face 🙂  grinning 😀  joy 😂  wink 😉  thinking_face 🤔  sob 😭  scream 😱  sweat_smile 😅
  tada 🎉  sparkles ✨  star ⭐  fire 🔥  boom 💥  zap ⚡  heart ❤️  100 💯  rocket 🚀  trophy 🏆  dart 🎯
  white_check_mark ✅  heavy_check_mark ✔️  ballot_box_with_check ☑️  x ❌  negative_squared_cross_mark ❎
  warning ⚠️  rotating_light 🚨  no_entry ⛔  no_entry_sign 🚫  octagonal_sign 🛑  sos 🆘  exclamation ❗  question ❓
  grey_question ❔  information_source ℹ️  bulb 💡  bell 🔔  no_bell 🔕  mega 📣  loudspeaker 📢  speech_balloon 💬
  red_circle 🔴  large_orange_circle 🟠  large_yellow_circle 🟡  large_green_circle 🟢  large_blue_circle 🔵
  large_purple_circle 🟣  white_circle ⚪  black_circle ⚫  large_green_square 🟩  large_red_square 🟥
  large_yellow_square 🟨  large_blue_square 🟦  white_large_square ⬜  black_large_square ⬛  radio_button 🔘
  hourglass ⌛  hourglass_flowing_sand ⏳  stopwatch ⏱️  alarm_clock ⏰  clock3 🕒  calendar 📅  date 📅
  arrow_right ➡️  arrow_left ⬅️  arrow_up ⬆️  arrow_down ⬇️  arrow_forward ▶️  fast_forward ⏩
  black_right_pointing_double_triangle_with_vertical_bar ⏭️  double_vertical_bar ⏸️  black_square_for_stop ⏹️
  repeat 🔁  arrows_counterclockwise 🔄  leftwards_arrow_with_hook ↩️  arrow_right_hook ↪️  link 🔗  paperclip 📎
  lock 🔒  unlock 🔓  key 🔑  shield 🛡️  bust_in_silhouette 👤  busts_in_silhouette 👥  robot_face 🤖  construction 🚧
  hammer_and_wrench 🛠️  wrench 🔧  gear ⚙️  mag 🔍  pushpin 📌  round_pushpin 📍  memo 📝  clipboard 📋  page_facing_up 📄
  open_file_folder 📂  package 📦  bar_chart 📊  chart_with_upwards_trend 📈  chart_with_downwards_trend 📉  book 📖
  test_tube 🧪  alembic ⚗️  microscope 🔬  telescope 🔭  globe_with_meridians 🌐  earth_americas 🌎  earth_africa 🌍
  cloud ☁️  ocean 🌊  anchor ⚓  boat ⛵  ship 🚢  ring_buoy 🛟  lifeboat 🛟  snail 🐌  bug 🐛  coffee ☕  dollar 💵
  heavy_plus_sign ➕  heavy_minus_sign ➖  end 🔚  new 🆕  ok 🆗  up 🆙  cool 🆒  checkered_flag 🏁  triangular_flag_on_post 🚩
  one 1️⃣  two 2️⃣  three 3️⃣  four 4️⃣  five 5️⃣  six 6️⃣  seven 7️⃣  eight 8️⃣  nine 9️⃣  zero 0️⃣  keycap_ten 🔟
  `
    .trim()
    .split(/\s{2,}/)
    .map((pair): [string, string] => {
      const [name = '', character = ''] = pair.split(' ')
      return [name, character]
    }),
)
