package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigTest {

    private static ImageConfig parse(String json) {
        return ImageConfig.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNewConfigIsWrittenAndReadAgain() {
        ImageConfig config = ImageConfig.of(Platform.parse("linux/arm64/v8"))
                .withCreated(Instant.parse("2024-01-02T03:04:05.000000006Z"))
                .withAuthor("me")
                .withExecution(new ExecutionConfig(
                        Optional.of("1000:1000"),
                        List.of("80/tcp"),
                        List.of("A=b"),
                        List.of("/bin/app"),
                        List.of("serve"),
                        List.of("/data"),
                        Optional.of("/work"),
                        Map.of("label", "value"),
                        Optional.of("SIGINT")))
                .withLayers(List.of(Digest.sha256(new byte[0])), List.of(HistoryEntry.of("COPY")));

        byte[] json = config.toJson();
        ImageConfig read = ImageConfig.parse(json);

        assertThat(read.source()).contains(new String(json, StandardCharsets.UTF_8));
        assertThat(read)
                .isEqualTo(new ImageConfig(
                        config.platform(),
                        config.created(),
                        config.author(),
                        config.execution(),
                        config.diffIds(),
                        config.history(),
                        read.source()));
    }

    @Test
    void anEmptyConfigHasOnlyWhatTheSpecificationRequires() {
        assertThat(new String(ImageConfig.of(Platform.of("linux", "amd64")).toJson(), StandardCharsets.UTF_8))
                .isEqualTo("{\"architecture\":\"amd64\",\"os\":\"linux\","
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
    }

    @Test
    void nullMeansNothing() {
        ImageConfig config = parse("{'architecture':'a','os':'o','rootfs':{'diff_ids':null},'history':null,"
                + "'config':{'Cmd':null,'Entrypoint':null,'Volumes':null,'Labels':null,'User':''}}");

        assertThat(config.execution()).isEqualTo(ExecutionConfig.empty());
        assertThat(config.diffIds()).isEmpty();
        assertThat(config.history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | architecture is missing",
                "{'architecture':'a','os':''} | os must not be empty",
                "{'architecture':'a','os':'o'} | rootfs is missing",
                "{'architecture':'a','os':'o','rootfs':{'diff_ids':['x']}} | rootfs.diff_ids[0] is not valid",
                "{'architecture':'a','os':'o','rootfs':{'type':'x'}} | rootfs.type must be 'layers'",
                "{'architecture':'a','os':'o','rootfs':{},'created':'today'} | created is not a time",
                "{'architecture':'a','os':'o','rootfs':{},'config':{'Env':[1]}} | config.Env[0] must be a string",
                "{'architecture':'a','os':'o','rootfs':{},'history':[{'empty_layer':1}]} | history[0].empty_layer must be",
                "not JSON | it is not valid JSON",
            })
    void aConfigThatIsNoneIsRefusedByTheNameOfTheField(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
