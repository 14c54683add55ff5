package dev.berth.registry.scan.format;

import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.PackageReader;
import dev.berth.registry.scan.format.source.UnreadableException;
import dev.berth.registry.scan.found.PackageType;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A Java archive: the artifacts whose {@code pom.properties} it has, its own and those that were shaded into it, and the
 * archives in it. One without any is known by its manifest and its name.
 *
 * <p>It is read from its beginning to its end, as a stream. A script may be in front of it, as Spring Boot writes it.
 */
final class JavaArchive implements PackageReader {
    private static final Set<String> EXTENSIONS =
            Set.of("jar", "war", "ear", "jpi", "hpi", "par", "sar", "rar", "nar", "kar", "aar");
    private static final int MOST_METADATA = 1024 * 1024;
    private static final int MOST_SCRIPT = 256 * 1024;
    private static final byte[] BEGINNING = {'P', 'K', 3, 4};
    private static final byte[] EMPTY = {'P', 'K', 5, 6};
    private static final String SEPARATOR = "!/";

    static boolean isArchive(String path) {
        int dot = path.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    @Override
    public void read(FileContent file, Findings findings) throws IOException {
        read(file.stream(), file.path(), 1, findings);
    }

    private static void read(InputStream in, String path, int depth, Findings findings) throws IOException {
        if (depth > findings.limits().maxDepth()) {
            throw new UnreadableException(
                    "it is in more than " + findings.limits().maxDepth() + " other archives");
        }
        List<MavenCoordinates> artifacts = new ArrayList<>();
        Optional<Manifest> manifest = Optional.empty();
        // Closing it ends its inflater only: the streams below do not close.
        try (ZipInputStream zip = new ZipInputStream(atFirstEntry(in))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                findings.requireTime();
                InputStream content = findings.counted(zip);
                String name = entry.getName();
                if (name.equals("META-INF/MANIFEST.MF")) {
                    manifest = manifest(content);
                } else if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
                    MavenCoordinates.ofProperties(bounded(content)).ifPresent(artifacts::add);
                } else if (isArchive(name) && !entry.isDirectory()) {
                    nested(content, path + SEPARATOR + name, depth + 1, findings);
                }
                drain(content);
            }
        }
        if (artifacts.isEmpty() && manifest.isPresent()) {
            MavenCoordinates.ofManifest(manifest.get(), fileName(path)).ifPresent(artifacts::add);
        } else if (artifacts.isEmpty()) {
            MavenCoordinates.ofFileName(fileName(path)).ifPresent(artifacts::add);
        }
        for (MavenCoordinates artifact : artifacts) {
            findings.add(PackageType.MAVEN, artifact.name(), artifact.version(), path);
        }
    }

    /** One that is damaged does not hide the others. */
    private static void nested(InputStream content, String path, int depth, Findings findings) throws IOException {
        try {
            read(content, path, depth, findings);
        } catch (UnreadableException | ZipException | EOFException | IllegalArgumentException e) {
            findings.incomplete(path, "it was not read to its end: " + e.getMessage());
        }
    }

    private static Optional<Manifest> manifest(InputStream content) throws IOException {
        try {
            return Optional.of(new Manifest(new ByteArrayInputStream(bounded(content))));
        } catch (IOException e) {
            if (e.getClass() == IOException.class) {
                // Lines that are too long, or have no colon.
                return Optional.empty();
            }
            throw e;
        }
    }

    /** More than this is no metadata, and what is behind it is not needed. */
    private static byte[] bounded(InputStream content) throws IOException {
        return content.readNBytes(MOST_METADATA);
    }

    private static void drain(InputStream content) throws IOException {
        byte[] buffer = new byte[8192];
        while (content.read(buffer, 0, buffer.length) >= 0) {
            // Counted, so that no bomb goes off here.
        }
    }

    private static InputStream atFirstEntry(InputStream in) throws IOException {
        byte[] beginning = in.readNBytes(BEGINNING.length);
        if (isAt(beginning, 0, BEGINNING) || isAt(beginning, 0, EMPTY)) {
            return before(in, beginning, 0);
        }
        // As small as the file is: a layer may have a million of them.
        byte[] script = beginning.length < BEGINNING.length ? beginning : in.readNBytes(MOST_SCRIPT);
        for (int i = 0; i <= script.length - BEGINNING.length; i++) {
            if (isAt(script, i, BEGINNING)) {
                return before(in, script, i);
            }
        }
        throw new UnreadableException("it is no Java archive");
    }

    private static InputStream before(InputStream in, byte[] beginning, int from) {
        return new SequenceInputStream(new ByteArrayInputStream(beginning, from, beginning.length - from), in);
    }

    private static boolean isAt(byte[] content, int position, byte[] magic) {
        return content.length >= position + magic.length
                && Arrays.equals(content, position, position + magic.length, magic, 0, magic.length);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
