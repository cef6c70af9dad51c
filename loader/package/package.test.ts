import { expect, expectTypeOf, test } from 'vitest';
import type * as declared from './casement.d.ts';
import type * as source from './casement.ts';
import * as onServer from './casement-server.ts';

test('the declarations of the package say what its code does', () => {
  expectTypeOf<Parameters<typeof declared.boot>>().toEqualTypeOf<Parameters<typeof source.boot>>();
  expectTypeOf<keyof declared.Widget>().toEqualTypeOf<keyof source.Widget>();
  expectTypeOf<declared.Widget>().toExtend<source.Widget>();
  expectTypeOf<source.Widget>().toExtend<declared.Widget>();
  expectTypeOf<Parameters<typeof declared.mountSettings>>().toEqualTypeOf<Parameters<typeof source.mountSettings>>();
  expectTypeOf<declared.SettingsEvents>().toEqualTypeOf<source.SettingsEvents>();
  expectTypeOf<keyof declared.SettingsView>().toEqualTypeOf<keyof source.SettingsView>();
  expectTypeOf<declared.SettingsView>().toExtend<source.SettingsView>();
});

test('outside a browser the same names are there, and say where to call them', () => {
  expectTypeOf<keyof typeof source>().toEqualTypeOf<keyof typeof onServer>();
  expect(onServer.boot).toThrow('boot() draws on a page');
  expect(onServer.mountSettings).toThrow('mountSettings() draws on a page');
});
