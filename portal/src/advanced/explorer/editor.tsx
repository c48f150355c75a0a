import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import { graphql, updateSchema } from 'cm6-graphql';
import type { GraphQLSchema } from 'graphql';
import { useEffect, useRef } from 'react';
import { styleNonce } from '../../style-nonce.ts';
import { highlight, look } from './editor-look.ts';

interface EditorProps {
  /** What it is, for who does not see it. */
  label: string;
  language: 'graphql' | 'json';
  value: string;
  onChange?(value: string): void;
  /** Ctrl-Enter, or ⌘-Enter. */
  onRun?(): void;
  schema?: GraphQLSchema;
  readOnly?: boolean;
  hint?: string;
}

/** Tab is none of their keys: it leaves the editor, so that the keyboard is never caught in it. */
const COMMON: Extension = [
  drawSelection(),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  history(),
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
  syntaxHighlighting(highlight),
  look,
];

/** A field for code, with completion by the schema where there is one. */
export function Editor({ label, language, value, onChange, onRun, schema, readOnly, hint }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  // What the editor calls is looked up when it calls, so that it is made once.
  const calls = useRef({ onChange, onRun });
  calls.current = { onChange, onRun };
  const start = useRef(value);

  useEffect(() => {
    if (!place.current) return;
    const run = () => {
      calls.current.onRun?.();
      return true;
    };
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: start.current,
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          EditorView.contentAttributes.of({
            'aria-label': label,
            tabindex: '0',
            ...(readOnly && { 'aria-readonly': 'true' }),
          }),
          EditorState.readOnly.of(readOnly ?? false),
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
          language === 'graphql' ? [graphql(undefined), autocompletion()] : json(),
          hint === undefined ? [] : placeholder(hint),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.onChange?.(update.state.doc.toString());
          }),
          readOnly ? [] : EditorView.lineWrapping,
          COMMON,
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label, language, readOnly, hint]);

  useEffect(() => {
    if (view.current && schema) updateSchema(view.current, schema);
  }, [schema]);

  useEffect(() => {
    const editor = view.current;
    const current = editor?.state.doc.toString();
    if (editor && current !== value) {
      editor.dispatch({ changes: { from: 0, to: current?.length ?? 0, insert: value } });
    }
  }, [value]);

  return <div ref={place} data-editor={language} />;
}
