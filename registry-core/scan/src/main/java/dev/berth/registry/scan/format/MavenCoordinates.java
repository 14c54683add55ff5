package dev.berth.registry.scan.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which artifact of Maven a Java archive is, told from what is in it. */
record MavenCoordinates(String group, String artifact, String version) {
    private static final Pattern FILE =
            Pattern.compile("(?<artifact>[A-Za-z][A-Za-z0-9_.-]*?)-(?<version>\\d[A-Za-z0-9_.+-]*)\\.[a-z]+");
    private static final Pattern ARTIFACT = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    /** Returns the name as in advisories. */
    String name() {
        return group + ":" + artifact;
    }

    /** Reads the file {@code pom.properties} that Maven packs. */
    static Optional<MavenCoordinates> ofProperties(byte[] content) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(content));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String group = properties.getProperty("groupId", "").strip();
        String artifact = properties.getProperty("artifactId", "").strip();
        String version = properties.getProperty("version", "").strip();
        return group.isEmpty() || artifact.isEmpty() || version.isEmpty()
                ? Optional.empty()
                : Optional.of(new MavenCoordinates(group, artifact, version));
    }

    /** Takes a manifest's word for the version, and the name of the file for that of the artifact. */
    static Optional<MavenCoordinates> ofManifest(Manifest manifest, String fileName) {
        Attributes main = manifest.getMainAttributes();
        Matcher file = FILE.matcher(fileName);
        boolean speaking = file.matches();
        String title = value(main, "Implementation-Title");
        String bundle = value(main, "Bundle-SymbolicName");
        String artifact = speaking ? file.group("artifact") : isArtifact(title) ? title : withoutExtension(fileName);
        String version = first(
                value(main, "Implementation-Version"),
                value(main, "Bundle-Version"),
                value(main, "Specification-Version"));
        // The name of the file is what a build tool gave it; a manifest may have the version of a specification.
        version = speaking ? file.group("version") : version.split("\\s", 2)[0];
        String vendor = value(main, "Implementation-Vendor-Id");
        int end = bundle.indexOf(';');
        String group = isArtifact(vendor) ? vendor : groupOf(end < 0 ? bundle : bundle.substring(0, end), artifact);
        return version.isEmpty() ? Optional.empty() : Optional.of(new MavenCoordinates(group, artifact, version));
    }

    static Optional<MavenCoordinates> ofFileName(String fileName) {
        Matcher file = FILE.matcher(fileName);
        return file.matches()
                ? Optional.of(
                        new MavenCoordinates(file.group("artifact"), file.group("artifact"), file.group("version")))
                : Optional.empty();
    }

    /** A bundle is often called {@code group.artifact}. Old artifacts have their own name as group. */
    private static String groupOf(String bundle, String artifact) {
        return isArtifact(bundle) && bundle.endsWith("." + artifact)
                ? bundle.substring(0, bundle.length() - artifact.length() - 1)
                : artifact;
    }

    private static boolean isArtifact(String text) {
        return ARTIFACT.matcher(text).matches();
    }

    private static String withoutExtension(String fileName) {
        return fileName.substring(0, Math.max(1, fileName.lastIndexOf('.')));
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static String value(Attributes attributes, String name) {
        @Nullable String value = attributes.getValue(name);
        return value == null ? "" : value.strip();
    }
}
