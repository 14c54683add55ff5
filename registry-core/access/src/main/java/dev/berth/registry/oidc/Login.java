package dev.berth.registry.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.berth.registry.account.Account;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.server.Caller;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The login of a caller, as it is remembered for requests that come without a token of the issuer.
 *
 * @param subject whom the issuer knows the caller as
 * @param name the name of the caller
 * @param groups the groups that the newest token had
 * @param issued when that token was issued
 * @param until when the login ends
 * @param session a random text for this login, until it ends: what was issued for it is worth nothing for another one
 */
record Login(String subject, String name, List<String> groups, Instant issued, Instant until, String session) {
    static final String SUBJECT_PREFIX = "oidc:";

    Login {
        groups = List.copyOf(groups);
    }

    /** Returns a login that begins. */
    static Login begin(Identity identity, Instant until) {
        return new Login(
                identity.subject(),
                identity.name(),
                List.copyOf(identity.groups()),
                identity.issued(),
                until,
                UUID.randomUUID().toString());
    }

    /**
     * Returns the login after another one of the same caller: its groups replace those of before, unless its token is
     * older.
     */
    Login renewed(Identity identity, Instant newUntil) {
        boolean newer = !identity.issued().isBefore(issued);
        return new Login(
                subject,
                name,
                newer ? List.copyOf(identity.groups()) : groups,
                newer ? identity.issued() : issued,
                newUntil.isAfter(until) ? newUntil : until,
                session);
    }

    /** Returns whether this is a login of the same caller, which has not ended. */
    boolean isOf(Identity identity, Instant now) {
        return subject.equals(identity.subject()) && name.equals(identity.name()) && isOpen(now);
    }

    boolean isOpen(Instant now) {
        return now.isBefore(until);
    }

    Account account() {
        return new Account(Caller.builder(name).groups(groups).build(), SUBJECT_PREFIX + name, session);
    }

    byte[] bytes() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subject", subject);
        fields.put("name", name);
        fields.put("groups", groups);
        fields.put("issued", issued.toString());
        fields.put("until", until.toString());
        fields.put("session", session);
        return JSONObjectUtils.toJSONString(fields).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #bytes} wrote; empty if it is something else. */
    static Optional<Login> parse(byte[] bytes) {
        try {
            JsonObject fields = JsonObject.root(StrictJson.parse(bytes));
            return Optional.of(new Login(
                    fields.requireString("subject"),
                    fields.requireString("name"),
                    fields.strings("groups"),
                    Instant.parse(fields.requireString("issued")),
                    Instant.parse(fields.requireString("until")),
                    fields.requireString("session")));
        } catch (MalformedJsonException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
