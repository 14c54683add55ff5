package dev.berth.examples.container;

import dev.berth.registry.image.LayerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says in an image which packages of Debian, or of what stands on it, its files are from: scanners read that, and licences want
 * it. A machine without dpkg says nothing.
 */
final class DebianPackages {
    private static final Path DATABASE = Path.of("/var/lib/dpkg/status");

    private DebianPackages() {}

    /** Adds the packages of files, which are named by their real paths. */
    static void add(Collection<Path> files, LayerBuilder layer) throws IOException {
        if (!Files.isRegularFile(DATABASE)) {
            return;
        }
        Map<String, String> packages = new TreeMap<>();
        for (Path file : files) {
            Optional<String> owner = owner(file);
            if (owner.isPresent()) {
                Optional<String> status = Command.output("dpkg-query", "--status", owner.get());
                status.ifPresent(text -> packages.put(owner.get().replaceAll(":.*", ""), text));
            }
        }
        for (Map.Entry<String, String> entry : packages.entrySet()) {
            String name = entry.getKey();
            layer.bytes("/var/lib/dpkg/status.d/" + name, entry.getValue().getBytes(StandardCharsets.UTF_8));
            Path licence = Path.of("/usr/share/doc", name, "copyright");
            if (Files.isRegularFile(licence)) {
                layer.file(licence.toString(), licence.toRealPath());
            }
        }
    }

    private static Optional<String> owner(Path file) throws IOException {
        // Where /lib is a link to /usr/lib, the package may say either.
        String path = file.toString();
        Optional<String> found = Command.output("dpkg-query", "--search", path);
        if (found.isEmpty() && path.startsWith("/usr/")) {
            found = Command.output("dpkg-query", "--search", path.substring("/usr".length()));
        }
        return found.map(text -> text.lines().findFirst().orElse("")).map(line -> line.replaceAll("[,:] .*", ""));
    }
}
