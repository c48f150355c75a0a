import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const FOLDER = join(import.meta.dirname, '../../server/src');

/** One file of the server, parsed. */
export interface SourceFile {
  /** Below `server/src`, such as `users/errors.ts`. */
  path: string;
  tree: ts.SourceFile;
}

/** Every file of the product below `server/src`: neither tests nor what they start. */
export function serverSources(): SourceFile[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path))
    .map((path) => {
      const file = join(FOLDER, path);
      const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
      return { path: relative(FOLDER, file), tree };
    });
}

/** Calls `visit` with every node below this one, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The text of a string literal, also of one that is pinned to a type; undefined for anything else. */
export function literalOf(node: ts.Node | undefined): string | undefined {
  if (node && (ts.isSatisfiesExpression(node) || ts.isAsExpression(node))) return literalOf(node.expression);
  return node && ts.isStringLiteral(node) ? node.text : undefined;
}

/** The members of a union of string literals; empty for any other type. */
export function unionMembers(type: ts.TypeNode): string[] {
  const members = ts.isUnionTypeNode(type) ? type.types : [type];
  return members.flatMap((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? [member.literal.text] : [],
  );
}

/** The members of a union by its name and the file it stands in. */
export function unionMembersOf(sources: readonly SourceFile[], path: string, name: string): string[] {
  const found = sources
    .filter((source) => source.path === path)
    .flatMap(({ tree }) => [...tree.statements])
    .filter((node) => ts.isTypeAliasDeclaration(node))
    .filter((node) => node.name.text === name);
  return found.flatMap(({ type }) => unionMembers(type));
}
