import { type Document, setField } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import { compileExpression } from './compile-expression.ts';

/**
 * The values of a command's `let`, whose fields are expressions without a document: what `variables` takes everywhere else.
 * Throws FailedToParse for a name that is no variable name, and what the expressions throw.
 */
export function evaluateLet(spec: Document, now: Date): Document {
  const values: Document = {};
  for (const [name, expression] of Object.entries(spec)) {
    if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) {
      throw new MongoError('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
    }
    setField(values, name, compileExpression(expression, { now })({}));
  }
  return values;
}
