#!/usr/bin/env node
// React picks its build when it is first imported, and the development one is three times slower.
process.env.NODE_ENV ??= 'production';
const { runCLI } = await import('./cli/index.ts');

process.exitCode = await runCLI(process.argv);
