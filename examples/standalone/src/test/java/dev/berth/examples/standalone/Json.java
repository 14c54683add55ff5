package dev.berth.examples.standalone;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the registry's answers. YAML 1.2 holds all of JSON, so the parser of the configuration file does it. */
final class Json {
    private Json() {}

    static Map<?, ?> parse(byte[] json) {
        Object document =
                new Load(LoadSettings.builder().build()).loadFromString(new String(json, StandardCharsets.UTF_8));
        return (Map<?, ?>) document;
    }

    static List<String> strings(byte[] json, String field) {
        return ((List<?>) parse(json).get(field)).stream().map(String::valueOf).toList();
    }
}
