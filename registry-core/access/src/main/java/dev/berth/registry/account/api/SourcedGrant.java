package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.internal.management.GranteeText;
import dev.berth.registry.internal.objects.Words;

/**
 * A grant, and what it comes from.
 *
 * @param grant the grant
 * @param source what it is changed in: {@code store}, {@code organisation} for a membership, or {@code configuration}
 */
record SourcedGrant(Grant grant, String source) {

    /** Returns a text that names it, and orders by repositories. */
    String text() {
        return String.join(
                " ", grant.repositories().toString(), GranteeText.of(grant.grantee()), Words.of(grant.role()), source);
    }

    ObjectNode describe(ObjectNode node) {
        return node.put("to", GranteeText.of(grant.grantee()))
                .put("repositories", grant.repositories().toString())
                .put("role", Words.of(grant.role()))
                .put("source", source);
    }
}
