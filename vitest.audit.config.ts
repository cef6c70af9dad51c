import { mergeConfig } from 'vitest/config';
import config from './vitest.config.ts';

// The same tests, with a recorder of what they see.
export default mergeConfig(config, { test: { setupFiles: ['./test/audit/record-evidence.ts'] } });
