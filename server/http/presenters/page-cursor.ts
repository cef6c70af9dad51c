import * as v from 'valibot';

/** A place in a list that is ordered by time and then by id. */
type PagePlace<Id extends string> = { readonly createdAt: Date; readonly id: Id };

const CURSOR_SHAPE = /^(\d{1,15})\.(.+)$/;

/** Written as one opaque word; it is no secret and grants nothing. */
export function formatPageCursor({ createdAt, id }: PagePlace<string>): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url');
}

/** A cursor as {@link formatPageCursor} writes it for an id of `idSchema`, and nothing else. */
export function pageCursorSchema<Id extends string>(idSchema: v.GenericSchema<string, Id>) {
  return v.pipe(
    v.string(),
    v.maxLength(100),
    v.rawTransform<string, PagePlace<Id>>(({ dataset, addIssue, NEVER }) => {
      const [, milliseconds, id] = CURSOR_SHAPE.exec(Buffer.from(dataset.value, 'base64url').toString('latin1')) ?? [];
      const createdAt = new Date(Number(milliseconds));
      const parsed = v.safeParse(idSchema, id);
      // A cursor has one spelling; anything else that decodes to the same was not written here.
      const isOurs = parsed.success && !Number.isNaN(createdAt.getTime());
      if (isOurs && formatPageCursor({ createdAt, id: parsed.output }) === dataset.value) {
        return { createdAt, id: parsed.output };
      }
      addIssue({ message: 'the cursor of a page' });
      return NEVER;
    }),
  );
}
