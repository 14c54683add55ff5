package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.account.Passwords;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Format;
import dev.berth.registry.internal.objects.Words;
import java.time.Instant;

/**
 * A person as it is stored.
 *
 * @param name the name
 * @param id another one for a later person of the same name
 * @param created when it was added
 * @param state whether it may log in
 * @param hash the hash of the password
 */
record PersonRecord(String name, String id, Instant created, State state, String hash) {
    static final Format<PersonRecord> FORMAT = new PersonFormat();

    enum State {
        ACTIVE,
        DISABLED,
        /** Is being removed, with all that depends on it. It is gone, but for the name, which is not free yet. */
        REMOVED
    }

    boolean isActive() {
        return state == State.ACTIVE;
    }

    PersonRecord with(State newState) {
        return new PersonRecord(name, id, created, newState, hash);
    }

    PersonRecord withHash(String newHash) {
        return new PersonRecord(name, id, created, state, newHash);
    }

    Person shown() {
        return new Person(name, created, state == State.DISABLED);
    }

    /** Does not contain the hash. */
    @Override
    public String toString() {
        return "person " + name;
    }

    private static final class PersonFormat implements Format<PersonRecord> {
        @Override
        public PersonRecord read(JsonObject json) {
            String hash = json.requireString("password");
            Passwords.cost(hash);
            return new PersonRecord(
                    json.requireString("name"),
                    json.requireString("id"),
                    Instant.parse(json.requireString("created")),
                    Words.parse(State.class, json, "state"),
                    hash);
        }

        @Override
        public void write(PersonRecord person, ObjectNode json) {
            json.put("name", person.name)
                    .put("id", person.id)
                    .put("created", person.created.toString())
                    .put("state", Words.of(person.state))
                    .put("password", person.hash);
        }
    }
}
