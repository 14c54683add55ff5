package dev.berth.examples.standalone.content;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Parses JSON responses. JSON is a subset of YAML 1.2, so the parser of the configuration file does it. */
public final class Json {
    private Json() {}

    public static Map<?, ?> parse(byte[] json) {
        Object document =
                new Load(LoadSettings.builder().build()).loadFromString(new String(json, StandardCharsets.UTF_8));
        return (Map<?, ?>) document;
    }

    public static List<String> strings(byte[] json, String field) {
        return ((List<?>) parse(json).get(field)).stream().map(String::valueOf).toList();
    }
}
