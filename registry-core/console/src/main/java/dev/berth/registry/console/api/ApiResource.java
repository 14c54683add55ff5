package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Something that the JSON API tells. Thread-safe. */
public interface ApiResource {

    /** Returns its path below {@code /api/v1/}: with a slash at its end, if it answers all that is below it. */
    String path();

    /**
     * Answers a question.
     *
     * @throws dev.berth.registry.RegistryException if it is none, or the registry fails or refuses
     */
    ObjectNode answer(ApiCall call);
}
