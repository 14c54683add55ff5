package dev.berth.registry.image;

import dev.berth.registry.manifest.ExecutionConfig;
import dev.berth.registry.manifest.ImageConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a new image says about its execution, over what its base says. Not thread-safe. */
final class ExecutionChange {
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(/(tcp|udp|sctp))?");
    private static final int HIGHEST_PORT = 65535;

    private @Nullable List<String> entrypoint;
    private @Nullable List<String> cmd;
    private @Nullable String user;
    private @Nullable String workingDir;
    private @Nullable String stopSignal;
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Set<String> ports = new LinkedHashSet<>();
    private final Set<String> volumes = new LinkedHashSet<>();

    void entrypoint(List<String> command) {
        entrypoint = command;
    }

    void cmd(List<String> command) {
        cmd = command;
    }

    void env(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be the name of a variable, or its value has a NUL");
        }
        env.put(name, value);
    }

    void label(String name, String value) {
        labels.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    }

    void user(String newUser) {
        user = notEmpty("user", newUser);
    }

    void workingDir(String path) {
        workingDir = absolute("The working directory", path);
    }

    void stopSignal(String signal) {
        stopSignal = notEmpty("stop signal", signal);
    }

    void expose(String port) {
        var parts = PORT.matcher(port);
        if (!parts.matches()
                || Integer.parseInt(parts.group(1)) < 1
                || Integer.parseInt(parts.group(1)) > HIGHEST_PORT) {
            throw new IllegalArgumentException("'" + port + "' is not a port like 8080, 8080/tcp or 53/udp");
        }
        ports.add(parts.group(2) == null ? port + "/tcp" : port);
    }

    void volume(String path) {
        volumes.add(absolute("A volume", path));
    }

    private static String notEmpty(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The " + what + " cannot be empty");
        }
        return value;
    }

    private static String absolute(String what, String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(what + " must be an absolute path, not '" + path + "'");
        }
        return path;
    }

    ImageConfig applyTo(ImageConfig config) {
        ExecutionConfig was = config.execution();
        Map<String, String> allLabels = new LinkedHashMap<>(was.labels());
        allLabels.putAll(labels);
        return config.withExecution(new ExecutionConfig(
                Optional.ofNullable(user).or(was::user),
                union(was.exposedPorts(), ports),
                mergedEnv(was.env()),
                entrypoint != null ? entrypoint : was.entrypoint(),
                // Default arguments belong to the program that they were made for.
                cmd != null ? cmd : entrypoint != null ? List.of() : was.cmd(),
                union(was.volumes(), volumes),
                Optional.ofNullable(workingDir).or(was::workingDir),
                allLabels,
                Optional.ofNullable(stopSignal).or(was::stopSignal)));
    }

    private static List<String> union(List<String> was, Set<String> added) {
        Set<String> all = new LinkedHashSet<>(was);
        all.addAll(added);
        return List.copyOf(all);
    }

    /** A variable that is there already keeps its place. */
    private List<String> mergedEnv(List<String> was) {
        Map<String, String> left = new LinkedHashMap<>(env);
        List<String> merged = new ArrayList<>();
        for (String variable : was) {
            String name = variable.substring(0, Math.max(0, variable.indexOf('=')));
            String value = left.remove(name);
            merged.add(value == null ? variable : name + "=" + value);
        }
        left.forEach((name, value) -> merged.add(name + "=" + value));
        return merged;
    }
}
