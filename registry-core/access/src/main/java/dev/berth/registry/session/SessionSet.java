package dev.berth.registry.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Format;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The sessions of an account.
 *
 * @param all the sessions, the newest one first
 */
record SessionSet(List<SessionRecord> all) {
    static final SessionSet EMPTY = new SessionSet(List.of());
    static final Format<SessionSet> FORMAT = new SetFormat();

    SessionSet {
        all = List.copyOf(all);
    }

    Optional<SessionRecord> find(SessionSecret secret) {
        return all.stream().filter(each -> secret.hasHash(each.hash())).findFirst();
    }

    SessionSet without(Predicate<SessionRecord> ended) {
        return new SessionSet(all.stream().filter(ended.negate()).toList());
    }

    /** Returns the set with one more, and not more than so many. */
    SessionSet with(SessionRecord newest, int most) {
        List<SessionRecord> kept = new ArrayList<>(all);
        kept.sort(Comparator.comparing(SessionRecord::used));
        while (kept.size() >= most) {
            kept.remove(0);
        }
        kept.add(newest);
        kept.sort(Comparator.comparing(SessionRecord::created).reversed());
        return new SessionSet(kept);
    }

    SessionSet used(SessionRecord session, Instant now) {
        return new SessionSet(all.stream()
                .map(each -> each.hash().equals(session.hash()) && each.used().isBefore(now) ? each.usedAt(now) : each)
                .toList());
    }

    private static final class SetFormat implements Format<SessionSet> {
        private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

        @Override
        public SessionSet read(JsonObject json) {
            List<SessionRecord> sessions = new ArrayList<>();
            for (JsonObject each : json.objects("sessions")) {
                String hash = each.requireString("sha256");
                if (!HASH.matcher(hash).matches()) {
                    throw each.malformed("sha256", "must have 64 hexadecimal digits");
                }
                sessions.add(new SessionRecord(
                        hash,
                        each.requireString("subject"),
                        each.requireString("version"),
                        each.requireString("by"),
                        Instant.parse(each.requireString("created")),
                        Instant.parse(each.requireString("used")),
                        each.string("client").orElse(""),
                        each.string("browser").orElse("")));
            }
            return new SessionSet(sessions);
        }

        @Override
        public void write(SessionSet set, ObjectNode json) {
            ArrayNode sessions = json.putArray("sessions");
            for (SessionRecord each : set.all) {
                sessions.addObject()
                        .put("sha256", each.hash())
                        .put("subject", each.subject())
                        .put("version", each.version())
                        .put("by", each.signedInBy())
                        .put("created", each.created().toString())
                        .put("used", each.used().toString())
                        .put("client", each.client())
                        .put("browser", each.browser());
            }
        }
    }
}
