type FormatNumber = (value: number) => string;

/** What a rate means for somebody who writes. */
export function describeRate(messagesPerMinute: number): string {
  if (!Number.isInteger(messagesPerMinute) || messagesPerMinute < 1) return 'At least 1.';
  const seconds = 60 / messagesPerMinute;
  if (seconds < 1) return 'More than one message every second, which no person writes.';
  return `On average one message every ${Number(seconds.toFixed(1))} seconds.`;
}

/** What a daily cap means over an hour and a month. */
export function describeDailyLimit(messagesPerDay: number, format: FormatNumber): string {
  if (!Number.isInteger(messagesPerDay) || messagesPerDay < 1) return 'At least 1.';
  const perHour = messagesPerDay / 24;
  const hourly = perHour < 1 ? 'less than one an hour' : `about ${format(Math.round(perHour))} an hour`;
  return `That is ${hourly}, and at most ${format(messagesPerDay * 31)} in a month. It begins anew at midnight UTC.`;
}
