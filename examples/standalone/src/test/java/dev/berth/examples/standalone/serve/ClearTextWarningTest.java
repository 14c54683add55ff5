package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.configuration.SettingsSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever lets passwords travel in the clear is told so. */
class ClearTextWarningTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'access: {}'|0.0.0.0|true",
                "'auth: {htpasswd: {path: /p}}'|192.0.2.1|true",
                "'access: {}'|127.0.0.1|false",
                "'access: {trustedproxies: [192.0.2.2]}'|0.0.0.0|false",
                "'{access: {}, http: {tls: {certificate: /c, key: /k}}}'|0.0.0.0|false",
                "'log: {level: info}'|0.0.0.0|false"
            })
    void passwordsInTheClear(String yaml, String address, boolean warned) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), yaml);
        SettingsSource source = new SettingsSource(Optional.empty(), Optional.empty(), Optional.of(file), Map.of());

        Optional<String> warning = ClearTextWarning.of(source.read(), new InetSocketAddress(address, 5000));

        assertThat(warning.isPresent()).isEqualTo(warned);
        warning.ifPresent(text -> assertThat(text).contains("in the clear", "http.tls.certificate"));
    }
}
