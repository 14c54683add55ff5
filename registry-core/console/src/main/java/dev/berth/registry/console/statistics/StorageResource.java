package dev.berth.registry.console.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.api.ApiCall;
import dev.berth.registry.console.api.ApiResource;

/** What the storage had on each day, for administrators. */
final class StorageResource implements ApiResource {
    private final StorageHistory storage;

    StorageResource(StorageHistory storage) {
        this.storage = storage;
    }

    @Override
    public String path() {
        return "statistics/storage";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        if (!call.visitor().isAdministrator()) {
            throw RegistryException.of(
                    ErrorCode.NOT_FOUND, "There is nothing at this address of the API; see openapi.json");
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode days = document.putArray("days");
        storage.days()
                .forEach((day, bytes) ->
                        days.addObject().put("day", day.toString()).put("bytes", bytes));
        return document;
    }
}
