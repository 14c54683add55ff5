package dev.berth.examples.standalone.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** skopeo, oras and podman log in, push and pull as they may, and say clearly what they may not. */
@Tag("any-jdk")
class DaemonlessClientsIT {
    @TempDir
    Path directory;

    private static final Map<Program, Set<Credential>> QUICK = Map.of(
            Program.SKOPEO, Set.of(Credential.HTPASSWD, Credential.PERSONAL_TOKEN),
            Program.ORAS, Set.of(Credential.values()),
            Program.PODMAN, Set.of(Credential.PASSWORD));

    /** Each program with each credential, if there is time. */
    static Stream<Arguments> combinations() {
        boolean all = Boolean.getBoolean("berth.it.long");
        return Arrays.stream(Program.values())
                .flatMap(program -> Arrays.stream(Credential.values())
                        .filter(credential -> all || QUICK.get(program).contains(credential))
                        .map(credential -> Arguments.of(program, credential)));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void clientsMayWhatTheirCredentialsMay(Program program, Credential credential)
            throws IOException, InterruptedException {
        try (Client client = program.in(directory);
                TeamRegistry registry = new TeamRegistry(credential, directory)) {
            new AccessScenario(registry, credential, client).happens();
        }
    }
}
