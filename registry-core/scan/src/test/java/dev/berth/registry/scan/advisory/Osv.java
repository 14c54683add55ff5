package dev.berth.registry.scan.advisory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes an advisory in the OSV schema. */
final class Osv {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private Osv(String id) {
        json.put("schema_version", "1.7.0").put("id", id).put("modified", "2026-01-02T03:04:05Z");
    }

    static Osv of(String id) {
        return new Osv(id);
    }

    /** One that is about all versions of a package below this one. */
    static Osv of(String id, String ecosystem, String name, String fixed) {
        return of(id).range(ecosystem, name, "introduced", "0", "fixed", fixed);
    }

    Osv put(String field, String value) {
        json.put(field, value);
        return this;
    }

    Osv names(String field, String... names) {
        ArrayNode array = json.withArray(field);
        for (String name : names) {
            array.add(name);
        }
        return this;
    }

    Osv severity(String type, String score) {
        json.withArray("severity").addObject().put("type", type).put("score", score);
        return this;
    }

    Osv specific(String name, String value) {
        json.withObject("/database_specific").put(name, value);
        return this;
    }

    Osv link(String url) {
        json.withArray("references").addObject().put("type", "WEB").put("url", url);
        return this;
    }

    /** Adds a package with one range: kinds and versions of events by turns. */
    Osv range(String ecosystem, String name, String... events) {
        return typedRange("ECOSYSTEM", ecosystem, name, events);
    }

    Osv typedRange(String type, String ecosystem, String name, String... events) {
        ObjectNode affected = affected(ecosystem, name);
        addRange(affected, type, events);
        return this;
    }

    /** Adds a range to the package that was added last. */
    Osv andRange(String type, String... events) {
        addRange(last(), type, events);
        return this;
    }

    /** Adds a package with single versions. */
    Osv versions(String ecosystem, String name, String... versions) {
        affected(ecosystem, name);
        return andVersions(versions);
    }

    /** Adds versions to the package that was added last. */
    Osv andVersions(String... versions) {
        ArrayNode array = last().withArray("versions");
        for (String version : versions) {
            array.add(version);
        }
        return this;
    }

    /** Says something about the package that was added last, as its ecosystem does. */
    Osv andSpecific(String name, String value) {
        last().withObject("/ecosystem_specific").put(name, value);
        return this;
    }

    private ObjectNode affected(String ecosystem, String name) {
        ObjectNode affected = json.withArray("affected").addObject();
        affected.putObject("package").put("ecosystem", ecosystem).put("name", name);
        return affected;
    }

    private ObjectNode last() {
        ArrayNode affected = json.withArray("affected");
        return (ObjectNode) affected.get(affected.size() - 1);
    }

    private static void addRange(ObjectNode affected, String type, String... events) {
        ObjectNode range = affected.withArray("ranges").addObject().put("type", type);
        ArrayNode array = range.putArray("events");
        for (int i = 0; i < events.length; i += 2) {
            array.addObject().put(events[i], events[i + 1]);
        }
    }

    String id() {
        return json.get("id").textValue();
    }

    String json() {
        return json.toString();
    }
}
