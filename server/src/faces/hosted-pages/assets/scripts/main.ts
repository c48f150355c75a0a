import { judgeWhileTyping } from './judge-password.ts';
import { enableReveal } from './reveal-password.ts';
import { preventDoubleSubmit } from './submit-once.ts';

enableReveal();
judgeWhileTyping();
preventDoubleSubmit();
