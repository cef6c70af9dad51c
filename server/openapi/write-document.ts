// Run by the build: writes the document to the path it is given.
import { writeFile } from 'node:fs/promises';
import { createDocument } from './create-document.ts';

const [, , path] = process.argv;
if (path === undefined) throw new Error('Where to? Give the path of the document');
await writeFile(path, JSON.stringify(createDocument()));
