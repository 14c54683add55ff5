package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What IDEs show of the properties is what they are. */
class ConfigurationMetadataTest {
    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    private static JsonNode metadata() throws IOException {
        try (InputStream input = ConfigurationMetadataTest.class.getResourceAsStream(METADATA)) {
            return new ObjectMapper().readTree(input);
        }
    }

    /** Adds each property with its default value, as it is written; empty if there is none. */
    private static void add(String prefix, Class<?> type, Map<String, String> properties) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                add(name, component.getType(), properties);
            } else {
                properties.put(name, defaultOf(type, component));
            }
        }
    }

    private static String defaultOf(Class<?> type, RecordComponent component) {
        return Arrays.stream(type.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                .filter(given -> given != null && given.value().length > 0)
                .map(given -> given.value()[0])
                .findFirst()
                .orElse("");
    }

    @Test
    void everyPropertyIsDescribedWithItsDefault() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        add("berth", BerthProperties.class, expected);

        Map<String, String> described = new TreeMap<>();
        for (JsonNode property : metadata().get("properties")) {
            described.put(
                    property.get("name").asText(), property.path("defaultValue").asText());
            assertThat(property.get("description").asText()).endsWith(".");
        }

        assertThat(described).isEqualTo(expected);
    }

    @Test
    void everyTypeExists() throws IOException, ClassNotFoundException {
        TreeSet<String> types = new TreeSet<>();
        metadata()
                .get("properties")
                .forEach(property -> types.add(property.get("sourceType").asText()));
        metadata().get("groups").forEach(group -> types.add(group.get("type").asText()));

        for (String type : types) {
            assertThat(Class.forName(type)).isNotNull();
        }
    }
}
