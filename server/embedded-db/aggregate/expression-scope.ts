import type { Document } from '../bson-value/document.ts';

/** What an expression is evaluated in: the document, and the variables of `let`, `$let`, `$map` and their kin. */
export type Scope = { root: Document; variables: Readonly<Record<string, unknown>> };

/** A compiled expression. Undefined means missing: a field that is not there, or `$$REMOVE`. */
export type Expression = (scope: Scope) => unknown;

/** Compiles nested expressions; `withVariables` knows further variable names. */
export type ExpressionCompiler = {
  compile(expression: unknown): Expression;
  withVariables(names: readonly string[]): ExpressionCompiler;
};

/** An operator with its own rules for its argument, such as `$cond` or `$map`. */
export type SpecialForm = (argument: unknown, compiler: ExpressionCompiler) => Expression;

/** An operator that is a function of its evaluated arguments. Undefined arguments are missing values. */
export type ValueFunction = {
  /** Fewest and most arguments. */
  arity: readonly [number, number];
  apply(...values: unknown[]): unknown;
};
