package dev.berth.registry.scan.format.rpm;

import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.PackageReader;
import dev.berth.registry.scan.format.source.RandomContent;
import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.IOException;
import java.util.Set;

/** The database of rpm, in whichever of its forms: the first bytes say in which. */
public final class RpmDatabase implements PackageReader {
    private static final Set<String> FILES = Set.of("rpmdb.sqlite", "Packages.db", "Packages");
    private static final String LOG = "rpmdb.sqlite-wal";
    private static final Set<String> FOLDERS = Set.of("var/lib/rpm/", "usr/lib/sysimage/rpm/", "usr/share/rpm/");
    private static final int BEGINNING = 64;

    /** Makes a reader, which has no state. */
    public RpmDatabase() {}

    /** Returns whether this is where the database is. */
    public static boolean isAt(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return (FILES.contains(name) || name.equals(LOG))
                && FOLDERS.contains(path.substring(0, path.length() - name.length()));
    }

    @Override
    public void read(FileContent file, Findings findings) throws IOException {
        if (file.path().endsWith(LOG)) {
            if (file.size() > 0) {
                findings.incomplete(file.path(), "it may have packages that are not in the database yet");
            }
            return;
        }
        try (RandomContent content = RandomContent.of(file, findings)) {
            database(content).forEach(header -> RpmHeader.add(header, file.path(), findings));
        }
    }

    private static RpmTable database(RandomContent content) throws IOException {
        if (content.size() >= BEGINNING) {
            byte[] beginning = content.read(0, BEGINNING).array();
            if (SqliteTable.isAt(beginning)) {
                return new SqliteTable(content, "Packages");
            }
            if (NdbTable.isAt(beginning)) {
                return new NdbTable(content);
            }
            if (BerkeleyTable.isAt(beginning)) {
                return new BerkeleyTable(content);
            }
        }
        throw new UnreadableException("it is no database of rpm in a known form");
    }
}
