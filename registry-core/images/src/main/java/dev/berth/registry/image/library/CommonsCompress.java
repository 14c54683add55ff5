package dev.berth.registry.image.library;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Checks the version of commons-compress: the dependencies of an application may have brought an older one. */
public final class CommonsCompress {
    private static final String TITLE = "Apache Commons Compress";
    private static final int MAJOR = 1;
    private static final int MINOR = 25;
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");

    private CommonsCompress() {}

    /**
     * Fails if the library is too old.
     *
     * @throws IllegalStateException if it is; the message has the version that was found and the one that is needed
     */
    public static void requireSuitable() {
        Package library = TarArchiveInputStream.class.getPackage();
        problemOf(library.getImplementationTitle(), library.getImplementationVersion())
                .ifPresent(text -> {
                    throw new IllegalStateException(text);
                });
    }

    /** Returns what is wrong with a library. In a jar that has several of them, title and version are those of the jar. */
    static Optional<String> problemOf(@Nullable String title, @Nullable String version) {
        return TITLE.equals(title) && version != null ? problemOf(version) : Optional.empty();
    }

    /** Returns what is wrong with a version. Nothing is, if it is not written as versions are. */
    static Optional<String> problemOf(String found) {
        Matcher version = VERSION.matcher(found);
        if (!version.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return major > MAJOR || major == MAJOR && minor >= MINOR
                ? Optional.empty()
                : Optional.of("commons-compress " + found + " is too old: images need version " + MAJOR + "." + MINOR
                        + " or newer. Another dependency has brought the old one; declare"
                        + " org.apache.commons:commons-compress yourself");
    }
}
