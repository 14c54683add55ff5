package dev.berth.registry.scan.advisory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What an index says of itself, as JSON.
 *
 * @param facts what is in it
 * @param fingerprint which files it was made of
 */
record IndexState(AdvisoryFacts facts, String fingerprint) {

    byte[] write() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("builtAt", facts.builtAt().toString());
        facts.newest().ifPresent(newest -> json.put("newest", newest.toString()));
        ObjectNode advisories = json.putObject("advisories");
        facts.advisories().forEach(advisories::put);
        facts.releases().forEach(json.putArray("releases")::add);
        json.put("withdrawn", facts.withdrawn());
        json.put("ignored", facts.ignored());
        json.put("rejected", facts.rejected());
        facts.reasons().forEach(json.putArray("reasons")::add);
        json.put("fingerprint", fingerprint);
        return StrictJson.write(json);
    }

    /** Returns what was written; empty if it was written in another way. */
    static Optional<IndexState> read(byte[] bytes) {
        try {
            JsonObject json = JsonObject.root(StrictJson.parse(bytes));
            JsonObject counts = json.requireObject("advisories");
            Map<String, Long> advisories = new HashMap<>();
            json.names("advisories").forEach(name -> advisories.put(name, counts.requireInteger(name)));
            AdvisoryFacts facts = new AdvisoryFacts(
                    Instant.parse(json.requireString("builtAt")),
                    json.string("newest").map(Instant::parse),
                    advisories,
                    new TreeSet<>(json.strings("releases")),
                    json.requireInteger("withdrawn"),
                    json.requireInteger("ignored"),
                    json.requireInteger("rejected"),
                    json.strings("reasons"));
            return Optional.of(new IndexState(facts, json.requireString("fingerprint")));
        } catch (MalformedJsonException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
