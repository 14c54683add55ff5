package dev.berth.registry.scan.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inventories of layers as JSON. */
final class LayerInventoryJson {
    /** To be raised when more is looked for, or it is written in another way: then layers are read again. */
    private static final int FORMAT = 1;

    private static final int LONGEST_PATHS = 64 * 1024 * 1024;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Paths are names here. A table of them would be kept for all inventories.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_PATHS)
                    .build())
            .build();

    private LayerInventoryJson() {}

    static byte[] write(LayerInventory inventory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("layer", inventory.layer().toString());
            strings(json, "incomplete", inventory.reasons());
            strings(json, "removed", inventory.removed());
            strings(json, "opaque", inventory.opaque());
            map(json, "symbolicLinks", inventory.symbolicLinks());
            map(json, "hardLinks", inventory.hardLinks());
            json.writeStringField("files", inventory.files().toText());
            json.writeStringField("directories", inventory.directories().toText());
            json.writeObjectFieldStart("evidence");
            for (Map.Entry<String, Evidence> file : inventory.evidence().entrySet()) {
                json.writeObjectFieldStart(file.getKey());
                write(json, file.getKey(), file.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void strings(JsonGenerator json, String name, Collection<String> strings) throws IOException {
        json.writeArrayFieldStart(name);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    private static void map(JsonGenerator json, String name, Map<String, String> map) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : map.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String path, Evidence file) throws IOException {
        if (file.distribution().isPresent()) {
            Distribution distribution = file.distribution().get();
            strings(json, "distribution", List.of(distribution.id(), distribution.version(), distribution.name()));
        }
        json.writeArrayFieldStart("packages");
        for (FoundPackage found : file.packages()) {
            json.writeStartObject();
            json.writeStringField("type", found.type().id());
            json.writeStringField("name", found.name());
            json.writeStringField("version", found.version());
            optional(json, "source", found.source());
            optional(json, "sourceVersion", found.sourceVersion());
            optional(json, "architecture", found.architecture());
            if (!found.path().equals(path)) {
                json.writeStringField("path", found.path());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void optional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    static Optional<LayerInventory> read(byte[] bytes) {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            return new Reading(json).read();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static IllegalArgumentException damaged(@Nullable Exception cause) {
        return new IllegalArgumentException("The inventory of a layer is damaged; read the layer again", cause);
    }

    /** Reads one document. */
    private static final class Reading {
        private final JsonParser json;

        Reading(JsonParser json) {
            this.json = json;
        }

        Optional<LayerInventory> read() throws IOException {
            requireNext(JsonToken.START_OBJECT);
            requireField("format");
            requireNext(JsonToken.VALUE_NUMBER_INT);
            if (json.getLongValue() != FORMAT) {
                return Optional.empty();
            }
            requireField("layer");
            LayerInventory.Builder builder = new LayerInventory.Builder(Digest.parse(string()));
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                switch (json.currentName()) {
                    case "incomplete" -> builder.reasons = strings();
                    case "removed" -> builder.removed.addAll(strings());
                    case "opaque" -> builder.opaque.addAll(strings());
                    case "symbolicLinks" -> map(builder.symbolicLinks);
                    case "hardLinks" -> map(builder.hardLinks);
                    case "files" -> builder.files = PathSet.ofText(string());
                    case "directories" -> builder.directories = PathSet.ofText(string());
                    case "evidence" -> evidence(builder.evidence);
                    default -> throw damaged(null);
                }
            }
            return Optional.of(builder.build());
        }

        private void evidence(Map<String, Evidence> target) throws IOException {
            requireNext(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String path = json.currentName();
                Optional<Distribution> distribution = Optional.empty();
                List<FoundPackage> packages = new ArrayList<>();
                requireNext(JsonToken.START_OBJECT);
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    switch (json.currentName()) {
                        case "distribution" -> distribution = distribution(strings());
                        case "packages" -> packages(path, packages);
                        default -> throw damaged(null);
                    }
                }
                target.put(path, new Evidence(packages, distribution));
            }
        }

        private static Optional<Distribution> distribution(List<String> parts) {
            if (parts.size() != 3) {
                throw damaged(null);
            }
            return Optional.of(new Distribution(parts.get(0), parts.get(1), parts.get(2)));
        }

        private void packages(String path, List<FoundPackage> target) throws IOException {
            requireNext(JsonToken.START_ARRAY);
            while (json.nextToken() == JsonToken.START_OBJECT) {
                String type = "";
                String name = "";
                String version = "";
                String place = path;
                Optional<String> source = Optional.empty();
                Optional<String> sourceVersion = Optional.empty();
                Optional<String> architecture = Optional.empty();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    switch (json.currentName()) {
                        case "type" -> type = string();
                        case "name" -> name = string();
                        case "version" -> version = string();
                        case "path" -> place = string();
                        case "source" -> source = Optional.of(string());
                        case "sourceVersion" -> sourceVersion = Optional.of(string());
                        case "architecture" -> architecture = Optional.of(string());
                        default -> throw damaged(null);
                    }
                }
                target.add(new FoundPackage(
                        PackageType.valueOf(type.toUpperCase(Locale.ROOT)),
                        name,
                        version,
                        source,
                        sourceVersion,
                        architecture,
                        place));
            }
        }

        private List<String> strings() throws IOException {
            requireNext(JsonToken.START_ARRAY);
            List<String> strings = new ArrayList<>();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                strings.add(json.getText());
            }
            return strings;
        }

        private void map(Map<String, String> target) throws IOException {
            requireNext(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                target.put(name, string());
            }
        }

        private String string() throws IOException {
            requireNext(JsonToken.VALUE_STRING);
            return json.getText();
        }

        private void requireField(String name) throws IOException {
            requireNext(JsonToken.FIELD_NAME);
            if (!name.equals(json.currentName())) {
                throw damaged(null);
            }
        }

        private void requireNext(JsonToken token) throws IOException {
            if (json.nextToken() != token) {
                throw damaged(null);
            }
        }
    }
}
