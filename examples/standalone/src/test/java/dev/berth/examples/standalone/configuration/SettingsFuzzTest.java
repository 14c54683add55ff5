package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.ByteSize;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.ListenAddress;
import dev.berth.registry.fixtures.Allocations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** Any file or environment is a configuration, or is refused with a sentence. */
class SettingsFuzzTest {

    @TempDir
    private static Path temporary;

    @FuzzTest
    void configurations(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        Path file = Files.write(temporary.resolve("config.yml"), input);
        Allocations.requireProportional(input.length, () -> {
            attempt(() -> SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(file), Map.of()));
            attempt(() ->
                    SettingsReader.read(Optional.of(text), Optional.of(text), Optional.empty(), environment(text)));
            values(text);
        });
    }

    private static <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (CommandException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return Optional.empty();
        }
    }

    /** Lines of NAME=value. */
    private static Map<String, String> environment(String text) {
        Map<String, String> environment = new HashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                environment.put("REGISTRY_" + line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return environment;
    }

    private static void values(String text) {
        attempt(() -> GoDuration.parse("x", text))
                .ifPresent(duration -> assertThat(duration).isGreaterThanOrEqualTo(Duration.ZERO));
        attempt(() -> ByteSize.parse("x", text))
                .ifPresent(size -> assertThat(size).isNotNegative());
        attempt(() -> ListenAddress.parse(text))
                .ifPresent(address ->
                        assertThat(ListenAddress.parse(address.toString())).isEqualTo(address));
    }
}
