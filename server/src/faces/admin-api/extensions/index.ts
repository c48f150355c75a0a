/** What Latchkey's schema has beyond Authgear's; nothing of it changes what Authgear's fields mean. */
import './message.ts';
import './message-fields.ts';
import './retry-message.ts';
import './session-fields.ts';
import './password-policy.ts';
import './check-password.ts';
import './generate-password.ts';
import './admin-keys.ts';
import './clients.ts';
import './mailbox.ts';
import './settings.ts';
import './set-settings.ts';
import './collaborators.ts';
import './audit-log-actor.ts';
import './rename-project.ts';
import './mail-delivery.ts';
import './send-test-mail.ts';
