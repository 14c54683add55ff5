package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Format;
import java.time.Instant;

/**
 * A personal token as it is stored.
 *
 * @param owner whose it is
 * @param description what it is for
 * @param created when it was added
 * @param purpose what it is good for
 * @param hash the hash of the secret
 */
record TokenRecord(Owner owner, String description, Instant created, Purpose purpose, String hash) {
    static final Format<TokenRecord> FORMAT = new TokenFormat();

    String id() {
        return Secret.id(hash);
    }

    /** Does not contain the hash. */
    @Override
    public String toString() {
        return "personal token " + id() + " of " + owner.name();
    }

    private static final class TokenFormat implements Format<TokenRecord> {
        @Override
        public TokenRecord read(JsonObject json) {
            return new TokenRecord(
                    Owner.read(json.requireObject("owner")),
                    json.string("description").orElse(""),
                    Instant.parse(json.requireString("created")),
                    Purpose.read(json),
                    Secret.requireHash(json, "sha256"));
        }

        @Override
        public void write(TokenRecord token, ObjectNode json) {
            token.owner.write(json.putObject("owner"));
            json.put("description", token.description).put("created", token.created.toString());
            token.purpose.write(json);
            json.put("sha256", token.hash);
        }
    }
}
