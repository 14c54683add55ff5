package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Words;

/**
 * Whose a robot or a personal token is.
 *
 * @param kind where the owner is known
 * @param name the name
 * @param id what the owner alone has, and a later one of the same name has not: the identifier in the store; or the subject
 *     of an account from outside
 */
record Owner(Kind kind, String name, String id) {

    enum Kind {
        ORGANISATION,
        PERSON,
        OUTSIDE
    }

    static Owner read(JsonObject json) {
        return new Owner(Words.parse(Kind.class, json, "kind"), json.requireString("name"), json.requireString("id"));
    }

    void write(ObjectNode json) {
        json.put("kind", Words.of(kind)).put("name", name).put("id", id);
    }
}
