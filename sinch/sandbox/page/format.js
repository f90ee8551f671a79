// Times as people read them; the sandbox's are in UTC.

const two = (number) => String(number).padStart(2, "0");

export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const full = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return full ? `${full}:${rest}` : rest;
}

export const hours = (moment) =>
  `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}:${two(moment.getUTCSeconds())}`;
export const day = (moment) => moment.toISOString().slice(0, 10);
export const clockTime = (iso) => (iso ? hours(new Date(iso)) : "");
export const plural = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
