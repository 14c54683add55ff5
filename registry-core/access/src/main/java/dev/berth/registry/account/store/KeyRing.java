package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Format;
import dev.berth.registry.token.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The keys that sign tokens. Immutable.
 *
 * @param keys the keys, the newest one first
 */
record KeyRing(List<StoredKey> keys) {
    static final Format<KeyRing> FORMAT = new KeyRingFormat();

    KeyRing {
        keys = List.copyOf(keys);
    }

    /** Returns a ring with one key that signs at once: nobody knows older ones. */
    static KeyRing first(Instant now) {
        return new KeyRing(List.of(new StoredKey(SigningKey.generate(), now, Optional.empty())));
    }

    /** Returns the keys whose signatures count, the one that signs first. */
    List<SigningKey> at(Instant now) {
        return goodAt(now).stream().map(StoredKey::key).toList();
    }

    /** Returns what may be known of the keys whose signatures count, the one that signs first. */
    List<KeyState> statesAt(Instant now) {
        List<KeyState> states = new ArrayList<>();
        for (StoredKey key : goodAt(now)) {
            states.add(new KeyState(key.key().id(), states.isEmpty(), key.signsFrom(), key.until()));
        }
        return states;
    }

    private List<StoredKey> goodAt(Instant now) {
        List<StoredKey> good =
                new ArrayList<>(keys.stream().filter(key -> key.isGoodAt(now)).toList());
        Comparator<StoredKey> byTime = Comparator.comparing(StoredKey::signsFrom);
        Optional<StoredKey> signs = good.stream()
                .filter(key -> !now.isBefore(key.signsFrom()))
                .max(byTime)
                // The clock may be behind that of the process that made the only key.
                .or(() -> good.stream().min(byTime));
        signs.ifPresent(key -> {
            good.remove(key);
            good.add(0, key);
        });
        return good;
    }

    /** Returns the ring with a newer key, without keys whose signatures do not count any more. */
    KeyRing rotated(SigningKey newest, Instant now, Duration publishedBefore, Duration keptFor) {
        Instant signsFrom = now.plus(publishedBefore);
        List<StoredKey> all = new ArrayList<>();
        all.add(new StoredKey(newest, signsFrom, Optional.empty()));
        keys.stream()
                .filter(key -> key.isGoodAt(now))
                .map(key -> key.replaced(signsFrom.plus(keptFor)))
                .forEach(all::add);
        return new KeyRing(all);
    }

    /** Returns the ring without a key. If it was the one that signs, a new one signs at once. */
    KeyRing without(String id, Instant now) {
        List<StoredKey> rest = new ArrayList<>(
                keys.stream().filter(key -> !key.key().id().equals(id)).toList());
        boolean signed = at(now).get(0).id().equals(id);
        if (signed) {
            rest.removeIf(key -> key.until().isEmpty() && now.isBefore(key.signsFrom()));
            rest.add(0, new StoredKey(SigningKey.generate(), now, Optional.empty()));
        }
        return new KeyRing(rest);
    }

    /** Contains nothing of the keys but their identifiers. */
    @Override
    public String toString() {
        return "keys " + keys.stream().map(key -> key.key().id()).toList();
    }

    private static final class KeyRingFormat implements Format<KeyRing> {
        @Override
        public KeyRing read(JsonObject json) {
            List<StoredKey> keys = json.objects("keys").stream()
                    .map(key -> new StoredKey(
                            SigningKey.parse(key.requireString("jwk")),
                            Instant.parse(key.requireString("signsFrom")),
                            key.string("until").map(Instant::parse)))
                    .toList();
            if (keys.isEmpty()) {
                throw json.malformed("keys", "must not be empty");
            }
            return new KeyRing(keys);
        }

        @Override
        public void write(KeyRing ring, ObjectNode json) {
            ArrayNode keys = json.putArray("keys");
            for (StoredKey key : ring.keys) {
                ObjectNode written = keys.addObject()
                        .put("id", key.key().id())
                        .put("signsFrom", key.signsFrom().toString());
                key.until().ifPresent(end -> written.put("until", end.toString()));
                written.put("jwk", key.key().toJson());
            }
        }
    }
}
