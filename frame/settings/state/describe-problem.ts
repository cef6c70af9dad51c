/** The part of a schema's issue that is read. */
type Issue = {
  readonly type: string;
  readonly received: string;
  readonly requirement?: unknown;
  readonly message: string;
};

/** What is wrong with a value, in a sentence for the admin, of an issue that the settings schema found. */
export function describeProblem({ type, requirement, received, message }: Issue): string {
  switch (type) {
    case 'max_length':
      return `Shorten this to ${formatCount(requirement)} characters or fewer.`;
    case 'min_length':
      return 'Fill this in.';
    case 'min_value':
      return `The least is ${formatCount(requirement)}.`;
    case 'max_value':
      return `The most is ${formatCount(requirement)}.`;
    case 'integer':
      return 'Use a whole number.';
    case 'number':
      return 'Use a number.';
    case 'regex':
    case 'check':
    case 'raw_check':
      return message === received
        ? 'Change this.'
        : `Needed: ${message.replace(/^needed, because/, 'a text, because')}.`;
    default:
      return 'Change this: it cannot be published so.';
  }
}

function formatCount(requirement: unknown): string {
  return typeof requirement === 'number' ? requirement.toLocaleString('en') : String(requirement);
}
