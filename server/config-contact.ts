import * as v from 'valibot';

const LONGEST_ADDRESS = 500;
const MAIL_ADDRESS = /^[^\s@,]+@[^\s@,]+$/;

/** Where a weakness can be reported: a mail address or a page, in the form RFC 9116 (2.5.3) has for it. */
export const contactVariable = v.pipe(
  v.string(),
  v.maxLength(LONGEST_ADDRESS, `must have ${LONGEST_ADDRESS} characters or fewer`),
  v.check((text) => isMailto(text) || isPage(text), 'must be a mailto: address or an https: page'),
);

/** A page that anybody can read. */
export const publicPageVariable = v.pipe(
  v.string(),
  v.maxLength(LONGEST_ADDRESS, `must have ${LONGEST_ADDRESS} characters or fewer`),
  v.check(isPage, 'must be an https: page'),
);

function isMailto(text: string): boolean {
  return isPlain(text) && text.startsWith('mailto:') && MAIL_ADDRESS.test(text.slice('mailto:'.length));
}

function isPage(text: string): boolean {
  if (!isPlain(text) || !text.startsWith('https://') || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username + password === '';
}

/** Nothing that could end a line of the file, or need an encoding. */
function isPlain(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
