// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are programs.

import { describe, expect, test } from 'vitest';
import { findImports } from './find-imports.ts';
import { scanSource } from './scan-source.ts';

function specifiers(source: string): string[] {
  return findImports(scanSource(source)).map((imported) => imported.specifier);
}

describe('findImports', () => {
  test.for([
    ['a default', "import a from 'x'"],
    ['names over lines', "import {\n  a, // from 'no'\n  type B as C,\n} from 'x';"],
    ['a namespace', "import * as a from 'x'"],
    ['default and names', "import a, { b } from 'x'"],
    ['types only', "import type { A } from 'x'"],
    ['nothing', "import {} from 'x'"],
    ['an effect', "import 'x'"],
    ['no spaces', "import{a}from'x'"],
    ['a name called from', "import { from } from 'x'"],
    ['a name that is a string', "import { 'from' as a } from 'x'"],
    ['attributes', "import a from 'x' with { type: 'json' }"],
    ['a re-export of all', "export * from 'x'"],
    ['a re-export under a name', "export * as a from 'x'"],
    ['a re-export of names', "export { a, type B } from 'x'"],
    ['a re-export of types', "export type { A } from 'x'"],
    ['a dynamic import', "const a = await import(/* why */ 'x')"],
    ['a dynamic import of a template', 'import(`x`)'],
    ['the type of an import', "type A = import('x').B"],
    ['require', "require('x')"],
    ['require.resolve', "require.resolve('x')"],
    ['import.meta.resolve', "import.meta.resolve('x')"],
    ['createRequire', "createRequire(f(import.meta.url))('x')"],
    ['a mock', "vi.mock('x', () => ({}))"],
    ['escapes', String.raw`import '\x78'`],
    ['an import in a template', "`${await import('x')}`"],
    ['an import after a quote in a regular expression', "const a = /['\"`]/;\nimport 'x'"],
    ['an import after a class with a slash', "a.split(/[/'\"]/);\nimport 'x'"],
    ['an import after an if with a regular expression', "if (a) /'/.test(b);\nimport 'x'"],
    ['an import after divisions', "const a = b / c; const d = (e) / f['g'] / 2;\nimport 'x'"],
    ['an import after a division of an asserted value', "const a = b! / c; // '\nimport 'x'"],
    ['an import after a template in a template', "`${`'${a}`}'`;\nimport 'x'"],
    ['an import after an apostrophe in a comment', "// don't\n/* don't */ import 'x'"],
    ['an import after a hashbang', "#!/usr/bin/env node's\nimport 'x'"],
    ['an import after generics', "const a = new Map<string, Array<'b'>>();\nimport 'x'"],
  ] as const)('sees %s', ([, source]) => {
    expect(specifiers(source)).toEqual(['x']);
  });

  test.for([
    ['a line comment', "// import 'x'"],
    ['a block comment', "/* import a from 'x' */"],
    ['a docstring', "/** {@link import('x')} */"],
    ['a string', `const a = "import 'x'"`],
    ['a template', "const a = `import 'x'`"],
    ['a regular expression', "const a = /import 'x'/"],
    ['a method called import', "loader.import('x')"],
    ['a key called import', "const a = { import: 'x' }"],
    ['an export and a later string', "export { a };\nconst from = 'x'"],
    ['an exported constant', "export const from = 'x'"],
    ['the address of the module', "import.meta.url + 'x'"],
    ['an import of a computed name', 'import(name)'],
    ['a function called from', "from('x')"],
  ] as const)('is not misled by %s', ([, source]) => {
    expect(specifiers(source)).toEqual([]);
  });

  test('knows the place of what it found', () => {
    const source = "// ä\nimport a from 'x';";
    const [found] = findImports(scanSource(source));

    expect(source.slice(found?.start)).toBe("'x';");
  });
});

describe('scanSource', () => {
  test.for([
    '',
    '`',
    '`${',
    "'",
    '/*',
    '/',
    '}',
    ')))',
    '\\',
    '#',
    'import',
    'import {',
    'export *',
  ])('ends on broken text: %s', (source) => {
    expect(findImports(scanSource(source))).toEqual([]);
  });
});
