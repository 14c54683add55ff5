package dev.berth.registry.console.operation.access;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Forms;

/** How forms ask for somebody. */
final class MemberForm {
    private MemberForm() {}

    /** Returns a field for a person, or several at once. */
    static Html who(String label, String field, String content) {
        return Forms.field(label + ": a name, team:NAME, ldap:GROUP or oidc:GROUP", field, content);
    }
}
