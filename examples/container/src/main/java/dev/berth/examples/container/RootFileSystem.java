package dev.berth.examples.container;

import dev.berth.registry.image.EntryAttributes;
import dev.berth.registry.image.Layer;
import dev.berth.registry.image.LayerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The least that a Java runtime needs below it, from the machine that builds: the libraries of its processes, users, and how
 * names are looked up. There is no shell and no other program in it.
 */
final class RootFileSystem {
    private static final String USERS = """
            root:x:0:0:root:/root:/sbin/nologin
            berth:x:%1$d:%1$d:Berth:/var/lib/registry:/sbin/nologin
            """;
    private static final String GROUPS = """
            root:x:0:
            berth:x:%1$d:
            """;
    private static final String LOOKUP = """
            passwd: files
            group: files
            hosts: files dns
            """;

    private static final Path SYSTEM = Path.of("/etc/os-release");
    private static final Path LOCALE = Path.of("/usr/lib/locale/C.utf8");
    private static final int TEMPORARY = 01777;

    private RootFileSystem() {}

    /** Returns the layer for the runtime in a directory. */
    static Layer below(Path runtime) throws IOException {
        Map<String, Path> libraries = SharedLibraries.of(runtime);
        LayerBuilder layer = Layer.builder()
                .directory("/tmp", EntryAttributes.mode(TEMPORARY))
                .bytes("/etc/passwd", text(USERS))
                .bytes("/etc/group", text(GROUPS))
                .bytes("/etc/nsswitch.conf", text(LOOKUP));
        if (Files.isRegularFile(SYSTEM)) {
            // For scanners, which look up what is known of a package of this system.
            layer.bytes(SYSTEM.toString(), Files.readAllBytes(SYSTEM));
        }
        if (Files.isDirectory(LOCALE)) {
            layer.contentOf(LOCALE.toString(), LOCALE);
        }
        libraries.forEach(layer::file);
        DebianPackages.add(libraries.values(), layer);
        return layer.build();
    }

    private static byte[] text(String form) {
        return form.formatted(ServerImage.USER).getBytes(StandardCharsets.UTF_8);
    }
}
