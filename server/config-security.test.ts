import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://widget.example.com',
  SESSION_SECRET: 'x'.repeat(32),
  SECRETS_KEY: 'y'.repeat(32),
};

describe('the contact for weaknesses', () => {
  test.each(['mailto:security@example.com', 'https://example.com/report', 'https://example.com/report?lang=en#form'])(
    'may be "%s"',
    (contact) => {
      const { config, warnings } = readConfig({ ...PRODUCTION, SECURITY_CONTACT: contact });
      expect(config.securityContact).toBe(contact);
      expect(warnings).toEqual([]);
    },
  );

  test.each([
    'security@example.com',
    'mailto:security',
    'mailto:a@b.example,c@d.example',
    'http://example.com/report',
    'https://',
    'https://me:secret@example.com/',
    'javascript:alert(1)',
    'mailto:a@b.example\nPolicy: https://evil.example',
    'https://bücher.example/',
    `https://example.com/${'a'.repeat(500)}`,
  ])('may not be %j', (contact) => {
    expect(() => readConfig({ ...PRODUCTION, SECURITY_CONTACT: contact })).toThrow(
      /^SECURITY_CONTACT is ".*": it must .*, such as SECURITY_CONTACT=mailto:security@example\.com$/s,
    );
  });

  test('is asked for in production, and nowhere else', () => {
    expect(readConfig(PRODUCTION).warnings.join()).toContain('SECURITY_CONTACT is missing');
    expect(readConfig({}).warnings).toEqual([]);
  });

  test('is needed by rules for reports', () => {
    const rules = { SECURITY_POLICY_URL: 'https://example.com/security' };
    expect(() => readConfig(rules)).toThrow('SECURITY_CONTACT is missing: SECURITY_POLICY_URL needs');
    const { config } = readConfig({ ...rules, SECURITY_CONTACT: 'mailto:security@example.com' });
    expect(config.securityPolicyUrl).toBe('https://example.com/security');
  });
});
