package dev.berth.registry.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.DescriptorJson;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes {@link ImageConfig}. Like manifests, what was read is written over the tree that it was read from,
 * and there only what has changed.
 */
final class ImageConfigJson {
    private static final List<String> NAMES = List.of(
            "architecture",
            "os",
            "variant",
            "os.version",
            "os.features",
            "created",
            "author",
            "config",
            "rootfs",
            "history");

    private ImageConfigJson() {}

    static ImageConfig parse(byte[] json) {
        try {
            return read(JsonObject.root(StrictJson.parse(json)), new String(json, StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(
                    "The image configuration is not valid" + (e.field().isEmpty() ? ": it " : ": ") + e.getMessage(),
                    e);
        }
    }

    private static ImageConfig read(JsonObject document, String source) {
        document.requireExactNames(NAMES);
        document.requireString("architecture");
        document.requireString("os");
        JsonObject rootfs = document.requireObject("rootfs");
        rootfs.string("type").filter(type -> !type.equals("layers")).ifPresent(type -> {
            throw rootfs.malformed("type", "must be 'layers', not '" + JsonObject.printable(type) + "'");
        });
        return new ImageConfig(
                DescriptorJson.readPlatform(document),
                instant(document, "created"),
                document.string("author"),
                document.object("config").map(ImageConfigJson::execution).orElseGet(ExecutionConfig::empty),
                diffIds(rootfs),
                document.objects("history").stream()
                        .map(ImageConfigJson::historyEntry)
                        .toList(),
                Optional.of(source));
    }

    private static ExecutionConfig execution(JsonObject config) {
        return new ExecutionConfig(
                nonEmpty(config.string("User")),
                config.names("ExposedPorts"),
                config.strings("Env"),
                config.strings("Entrypoint"),
                config.strings("Cmd"),
                config.names("Volumes"),
                nonEmpty(config.string("WorkingDir")),
                config.stringMap("Labels"),
                nonEmpty(config.string("StopSignal")));
    }

    private static HistoryEntry historyEntry(JsonObject entry) {
        return new HistoryEntry(
                instant(entry, "created"),
                nonEmpty(entry.string("created_by")),
                nonEmpty(entry.string("author")),
                nonEmpty(entry.string("comment")),
                entry.flag("empty_layer"));
    }

    private static List<Digest> diffIds(JsonObject rootfs) {
        List<Digest> diffIds = new ArrayList<>();
        for (String text : rootfs.strings("diff_ids")) {
            try {
                diffIds.add(Digest.parse(text));
            } catch (IllegalArgumentException e) {
                throw rootfs.malformed("diff_ids[" + diffIds.size() + "]", "is not valid: " + e.getMessage());
            }
        }
        return diffIds;
    }

    private static Optional<Instant> instant(JsonObject object, String name) {
        return nonEmpty(object.string(name)).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw object.malformed(name, "is not a time like 2006-01-02T15:04:05Z: " + JsonObject.printable(text));
            }
        });
    }

    private static Optional<String> nonEmpty(Optional<String> text) {
        return text.filter(value -> !value.isEmpty());
    }

    static byte[] write(ImageConfig config) {
        Optional<ImageConfig> before = config.source().map(source -> parse(source.getBytes(StandardCharsets.UTF_8)));
        if (before.isPresent() && before.get().equals(config)) {
            return config.source().orElseThrow().getBytes(StandardCharsets.UTF_8);
        }
        ImageConfig was = before.orElseGet(() -> ImageConfig.of(config.platform()));
        ObjectNode tree = begin(config);
        if (!was.platform().equals(config.platform())) {
            tree.remove(List.of("architecture", "os", "variant", "os.version", "os.features"));
            DescriptorJson.putPlatform(tree, config.platform());
        }
        if (!was.created().equals(config.created())) {
            put(tree, "created", config.created().map(Instant::toString));
        }
        if (!was.author().equals(config.author())) {
            put(tree, "author", config.author());
        }
        if (!was.execution().equals(config.execution())) {
            putExecution(child(tree, "config"), was.execution(), config.execution());
        }
        if (!was.diffIds().equals(config.diffIds())) {
            ObjectNode rootfs = child(tree, "rootfs");
            rootfs.set(
                    "diff_ids",
                    DescriptorJson.toTree(
                            config.diffIds().stream().map(Digest::toString).toList()));
        }
        if (!was.history().equals(config.history())) {
            putHistory(tree, was.history(), config.history());
        }
        return StrictJson.write(tree);
    }

    private static ObjectNode begin(ImageConfig config) {
        if (config.source().isPresent()) {
            byte[] source = config.source().get().getBytes(StandardCharsets.UTF_8);
            return JsonObject.root(StrictJson.parse(source)).node();
        }
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        DescriptorJson.putPlatform(tree, config.platform());
        ObjectNode rootfs = tree.putObject("rootfs");
        rootfs.put("type", "layers");
        rootfs.putArray("diff_ids");
        return tree;
    }

    private static void putExecution(ObjectNode tree, ExecutionConfig was, ExecutionConfig now) {
        if (!was.user().equals(now.user())) {
            put(tree, "User", now.user());
        }
        if (!was.exposedPorts().equals(now.exposedPorts())) {
            putSet(tree, "ExposedPorts", now.exposedPorts());
        }
        if (!was.env().equals(now.env())) {
            putList(tree, "Env", now.env());
        }
        if (!was.entrypoint().equals(now.entrypoint())) {
            putList(tree, "Entrypoint", now.entrypoint());
        }
        if (!was.cmd().equals(now.cmd())) {
            putList(tree, "Cmd", now.cmd());
        }
        if (!was.volumes().equals(now.volumes())) {
            putSet(tree, "Volumes", now.volumes());
        }
        if (!was.workingDir().equals(now.workingDir())) {
            put(tree, "WorkingDir", now.workingDir());
        }
        if (!was.labels().equals(now.labels())) {
            if (now.labels().isEmpty()) {
                tree.remove("Labels");
            } else {
                tree.set("Labels", DescriptorJson.toTree(now.labels()));
            }
        }
        if (!was.stopSignal().equals(now.stopSignal())) {
            put(tree, "StopSignal", now.stopSignal());
        }
    }

    /** Entries that are still where they were keep fields that are not known here. */
    private static void putHistory(ObjectNode tree, List<HistoryEntry> was, List<HistoryEntry> now) {
        JsonNode original = tree.path("history");
        ArrayNode history = JsonNodeFactory.instance.arrayNode(now.size());
        for (int i = 0; i < now.size(); i++) {
            boolean same = i < was.size() && was.get(i).equals(now.get(i));
            history.add(same ? original.get(i) : historyTree(now.get(i)));
        }
        tree.set("history", history);
    }

    private static ObjectNode historyTree(HistoryEntry entry) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        put(tree, "created", entry.created().map(Instant::toString));
        put(tree, "created_by", entry.createdBy());
        put(tree, "author", entry.author());
        put(tree, "comment", entry.comment());
        if (entry.emptyLayer()) {
            tree.put("empty_layer", true);
        }
        return tree;
    }

    private static ObjectNode child(ObjectNode tree, String name) {
        return tree.get(name) instanceof ObjectNode existing ? existing : tree.putObject(name);
    }

    private static void put(ObjectNode tree, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> tree.put(name, text), () -> tree.remove(name));
    }

    private static void putList(ObjectNode tree, String name, List<String> values) {
        if (values.isEmpty()) {
            tree.remove(name);
        } else {
            tree.set(name, DescriptorJson.toTree(values));
        }
    }

    /** A set is an object whose values are empty objects. */
    private static void putSet(ObjectNode tree, String name, List<String> values) {
        tree.remove(name);
        if (!values.isEmpty()) {
            ObjectNode set = tree.putObject(name);
            values.forEach(set::putObject);
        }
    }
}
