import { Int32, Long, ObjectId, Timestamp } from 'bson';
import { isDocument } from '../bson-value/document.ts';
import { MongoError, notImplemented } from '../errors.ts';
import { isNullish, requireInteger, wrongType } from './argument.ts';
import { addToDate, countBoundaries, type DateSettings, isDateUnit, truncateDate } from './date-arithmetic.ts';
import { formatDate } from './date-format.ts';
import { DATE_PARTS } from './date-parts.ts';
import type { SpecialForm } from './expression-scope.ts';
import { compileNamed } from './string-forms.ts';
import { requireText } from './string-functions.ts';
import { toLocal } from './time-zone.ts';

/** Date operators. Dates are also taken from timestamps and ObjectIds; null and missing give null. */
export const DATE_FORMS: Record<string, SpecialForm> = {
  ...Object.fromEntries(Object.entries(DATE_PARTS).map(([name, read]) => [`$${name}`, partForm(`$${name}`, read)])),
  $dateToString: (argument, compiler) => {
    const names = { required: ['date'], optional: ['format', 'timezone', 'onNull'] };
    const evaluate = compileNamed('$dateToString', names, argument, compiler);
    return (scope) => {
      const given = evaluate(scope);
      if (isNullish(given.date)) return given.onNull ?? null;
      if (given.format === null || given.timezone === null) return null;
      const zone = optionalText('$dateToString', given.timezone);
      return formatDate(requireDate('$dateToString', given.date), optionalText('$dateToString', given.format), zone);
    };
  },
  $dateAdd: addForm('$dateAdd', 1),
  $dateSubtract: addForm('$dateSubtract', -1),
  $dateDiff: (argument, compiler) => {
    const names = { required: ['startDate', 'endDate', 'unit'], optional: ['timezone', 'startOfWeek'] };
    const evaluate = compileNamed('$dateDiff', names, argument, compiler);
    return (scope) => {
      const given = evaluate(scope);
      if (isNullish(given.startDate) || isNullish(given.endDate) || isNullish(given.unit)) return null;
      const [start, end] = [requireDate('$dateDiff', given.startDate), requireDate('$dateDiff', given.endDate)];
      return Long.fromNumber(countBoundaries(start, end, settingsOf('$dateDiff', given)));
    };
  },
  $dateTrunc: (argument, compiler) => {
    const names = { required: ['date', 'unit'], optional: ['binSize', 'timezone', 'startOfWeek'] };
    const evaluate = compileNamed('$dateTrunc', names, argument, compiler);
    return (scope) => {
      const given = evaluate(scope);
      if (isNullish(given.date) || isNullish(given.unit) || given.binSize === null) return null;
      const binSize = given.binSize === undefined ? 1 : requireInteger('$dateTrunc', given.binSize);
      if (binSize < 1) throw wrongType('$dateTrunc', 'a positive binSize', given.binSize);
      return truncateDate(requireDate('$dateTrunc', given.date), binSize, settingsOf('$dateTrunc', given));
    };
  },
  $dateFromString: (argument, compiler) => {
    const names = { required: ['dateString'], optional: ['onError', 'onNull'] };
    if (isDocument(argument) && (Object.hasOwn(argument, 'format') || Object.hasOwn(argument, 'timezone'))) {
      throw notImplemented('$dateFromString with a format or timezone');
    }
    const evaluate = compileNamed('$dateFromString', names, argument, compiler);
    return (scope) => {
      const given = evaluate(scope);
      if (isNullish(given.dateString)) return given.onNull ?? null;
      const date = parseIsoDate(requireText('$dateFromString', given.dateString));
      if (date !== undefined) return date;
      if (Object.hasOwn(given, 'onError')) return given.onError;
      throw new MongoError('ConversionFailure', `Error parsing date string '${String(given.dateString)}'`);
    };
  },
};

function partForm(operator: string, read: (local: Date) => number): SpecialForm {
  return (argument, compiler) => {
    const isNamed = isDocument(argument) && Object.hasOwn(argument, 'date');
    const [only] = Array.isArray(argument) && argument.length === 1 ? argument : [argument];
    const named = isNamed ? argument : { date: only };
    const evaluate = compileNamed(operator, { required: ['date'], optional: ['timezone'] }, named, compiler);
    return (scope) => {
      const { date, timezone } = evaluate(scope);
      if (isNullish(date) || timezone === null) return null;
      return new Int32(read(toLocal(requireDate(operator, date), optionalText(operator, timezone))));
    };
  };
}

function addForm(operator: '$dateAdd' | '$dateSubtract', sign: 1 | -1): SpecialForm {
  return (argument, compiler) => {
    const names = { required: ['startDate', 'unit', 'amount'], optional: ['timezone'] };
    const evaluate = compileNamed(operator, names, argument, compiler);
    return (scope) => {
      const given = evaluate(scope);
      if (isNullish(given.startDate) || isNullish(given.unit) || isNullish(given.amount)) return null;
      const amount = requireInteger(operator, given.amount) * sign;
      return addToDate(requireDate(operator, given.startDate), amount, settingsOf(operator, given));
    };
  };
}

function settingsOf(operator: string, given: Record<string, unknown>): DateSettings {
  if (!isDateUnit(given.unit))
    throw new MongoError('FailedToParse', `${operator}: unknown time unit value: ${String(given.unit)}`);
  const zone = optionalText(operator, given.timezone);
  return { unit: given.unit, zone, startOfWeek: optionalText(operator, given.startOfWeek) };
}

function requireDate(operator: string, value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1000);
  throw wrongType(operator, 'a date', value);
}

function optionalText(operator: string, value: unknown): string | undefined {
  return isNullish(value) ? undefined : requireText(operator, value);
}

/** ISO 8601 with a date and optionally a time; one without an offset is UTC, unlike in JavaScript. */
function parseIsoDate(text: string): Date | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (parts === null) return undefined;
  const offset = (parts[3] ?? 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const date = new Date(`${parts[1]}T${parts[2] ?? '00:00'}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
