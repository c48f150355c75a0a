import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import * as platform from '../../server/src/platform/errors.ts';
import { literalOf, type SourceFile, serverSources, unionMembers, walk } from './source.ts';

const PLATFORM = 'platform/errors.ts';

/** A place in the code that makes an error. */
export interface MadeError {
  file: string;
  reason: string;
  kind: string;
}

/** What the code says of its errors. */
export interface ErrorReasons {
  /** The members of each union `…ErrorReason`, by the folder of the file it stands in. */
  declared: Map<string, Set<string>>;
  /** Errors whose reason and kind can be read off the place that makes them. */
  made: MadeError[];
  /** Every text in the code that is no type. */
  texts: Set<string>;
  /** Files that take a factory of `platform/errors.ts`, or make a `LatchkeyError` themselves. */
  makers: Set<string>;
}

/** Names that make errors when they are called, each with the kind it makes. */
type Factories = ReadonlyMap<string, string>;

/** Those of `platform/errors.ts`: each is called once to see what it makes. */
const FACTORIES: Factories = new Map(
  Object.entries(platform).flatMap(([name, value]): [string, string][] =>
    typeof value === 'function' && value !== platform.LatchkeyError
      ? [[name, (value as typeof platform.invalid)('', '').kind]]
      : [],
  ),
);

/**
 * Reads the server's sources for the reasons of errors. A reason is a member of a union whose name ends with
 * `ErrorReason`, in the `errors.ts` of its capability; the errors of other files are made by what such a file
 * offers, so that the compiler holds each reason to its union. This reads syntax only, with the parser of
 * TypeScript: unions, calls of the factories of `platform/errors.ts` and of other names for them
 * (`const badInput: Make = invalid`), factories that are handed on (`refuse(invalid, 'Reason', …)`), and objects
 * with a kind and a reason.
 */
export function errorReasons(): ErrorReasons {
  const found: ErrorReasons = { declared: new Map(), made: [], texts: new Set(), makers: new Set() };
  const sources = serverSources();
  const offered = new Map([[PLATFORM, FACTORIES]]);
  for (const source of sources.filter(({ path }) => path !== PLATFORM && isErrorsFile(path))) {
    offered.set(source.path, aliases(source, factoriesIn(source, offered)));
  }
  for (const source of sources) readSource(source, factoriesIn(source, offered), found);
  return found;
}

export const isErrorsFile = (path: string): boolean => path.endsWith('/errors.ts');

/** The factories a file can call by name: imported ones and its own names for them. */
function factoriesIn(source: SourceFile, offered: ReadonlyMap<string, Factories>): Factories {
  const names = new Map<string, string>();
  for (const statement of source.tree.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const from = importedPath(source.path, statement.moduleSpecifier);
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) {
      const kind = offered.get(from)?.get((propertyName ?? name).text);
      if (kind !== undefined) names.set(name.text, kind);
    }
  }
  return new Map([...names, ...aliases(source, names)]);
}

/** The path that an import means, as `SourceFile` has it. */
const importedPath = (from: string, specifier: ts.Expression): string =>
  normalize(join(dirname(from), literalOf(specifier) ?? ''));

const isFactoryOfPlatform = (path: string, { name, propertyName, parent }: ts.ImportSpecifier): boolean =>
  FACTORIES.has((propertyName ?? name).text) &&
  importedPath(path, parent.parent.parent.moduleSpecifier) === PLATFORM;

/** `const badInput: Make = invalid;` */
function aliases({ tree }: SourceFile, known: Factories): Factories {
  const names = new Map<string, string>();
  walk(tree, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return;
    const kind = node.initializer && ts.isIdentifier(node.initializer) && known.get(node.initializer.text);
    if (kind) names.set(node.name.text, kind);
  });
  return names;
}

function readSource({ path, tree }: SourceFile, factories: Factories, found: ErrorReasons): void {
  const make = (reason: string | undefined, kind: string | undefined): void => {
    if (reason && kind) found.made.push({ file: path, reason, kind });
  };
  const kindOf = (node: ts.Node): string | undefined =>
    ts.isIdentifier(node) ? factories.get(node.text) : undefined;

  walk(tree, (node) => {
    if (ts.isStringLiteral(node) && !ts.isLiteralTypeNode(node.parent)) found.texts.add(node.text);
    if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith('ErrorReason')) {
      const before = found.declared.get(dirname(path)) ?? [];
      found.declared.set(dirname(path), new Set([...before, ...unionMembers(node.type)]));
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'LatchkeyError') found.makers.add(path);
    if (ts.isImportSpecifier(node) && isFactoryOfPlatform(path, node)) found.makers.add(path);
    if (ts.isCallExpression(node)) {
      const { expression, arguments: args } = node;
      make(literalOf(args[0]), kindOf(expression));
      for (const [index, argument] of args.entries()) make(literalOf(args[index + 1]), kindOf(argument));
    }
    if (ts.isObjectLiteralExpression(node)) {
      const field = (...names: string[]): string | undefined => {
        const property = node.properties.find(({ name }) => name && names.includes(name.getText()));
        return property && ts.isPropertyAssignment(property) ? literalOf(property.initializer) : undefined;
      };
      make(field('reason'), field('kind', 'errorName'));
    }
  });
}
