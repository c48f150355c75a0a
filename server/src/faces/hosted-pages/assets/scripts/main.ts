import { copyLoginID } from './copy-login-id.ts';
import { countDown } from './count-down.ts';
import { forgetSending } from './forget-sending.ts';
import { judgeWhileTyping } from './judge-password.ts';
import { enableReveal } from './reveal-password.ts';
import { preventDoubleSubmit } from './submit-once.ts';

forgetSending();
enableReveal();
judgeWhileTyping();
copyLoginID();
countDown();
preventDoubleSubmit();
