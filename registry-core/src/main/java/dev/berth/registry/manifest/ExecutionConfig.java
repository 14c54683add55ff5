package dev.berth.registry.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a container of an image runs (OCI image specification, "Image Configuration", {@code config}). An absent list or
 * map is an empty one. Immutable.
 *
 * @param user the user, with or without a group: {@code 1000:1000}
 * @param exposedPorts ports with or without a protocol: {@code 8080/tcp}
 * @param env variables: {@code NAME=value}
 * @param entrypoint the program and the arguments that always come first
 * @param cmd the arguments that come by default, or the program if there is no entry point
 * @param volumes paths of directories that are written to
 * @param workingDir the absolute path of the directory to start in
 * @param labels the labels, in their order
 * @param stopSignal the signal that asks the program to end: {@code SIGTERM}
 * @since 0.1
 */
public record ExecutionConfig(
        Optional<String> user,
        List<String> exposedPorts,
        List<String> env,
        List<String> entrypoint,
        List<String> cmd,
        List<String> volumes,
        Optional<String> workingDir,
        Map<String, String> labels,
        Optional<String> stopSignal) {

    /** Copies the collections. */
    public ExecutionConfig {
        Objects.requireNonNull(user, "user");
        exposedPorts = List.copyOf(exposedPorts);
        env = List.copyOf(env);
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        volumes = List.copyOf(volumes);
        Objects.requireNonNull(workingDir, "workingDir");
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        Objects.requireNonNull(stopSignal, "stopSignal");
    }

    /** Returns a configuration that says nothing. */
    public static ExecutionConfig empty() {
        return new ExecutionConfig(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
