import type { Command } from 'commander';

/** Adds a noun, whose verbs are added to what is returned. */
export const addNoun = (program: Command, name: string, description: string): Command =>
  program.command(name).description(description).helpCommand(false);
