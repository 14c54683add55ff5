package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.internal.archive.TarOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class TarOutputTest {
    private static final long SEED = Long.getLong("berth.seed", 26);
    private static final String[] PIECES = {"a", "/", "name", "ü", "\uD83D\uDE00", "\uFFFF", "x".repeat(40), "\\", ".."
    };

    private final Random random = new Random(SEED);

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private long number() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(100);
            case 1 -> (1L << 21) - 2 + random.nextInt(4);
            case 2 -> random.nextInt(Integer.MAX_VALUE);
            default -> random.nextInt(1000);
        };
    }

    private TarOutput.Entry entry() {
        char type = "025".charAt(random.nextInt(3));
        String name = "n" + text(9) + (type == '5' ? "/" : "n");
        long size = type != '0' ? 0 : random.nextBoolean() ? random.nextInt(3000) : (1L << 33) - 1 + random.nextInt(3);
        long time = random.nextBoolean() ? number() : (random.nextBoolean() ? -random.nextInt(9) : 1L << 33);
        return new TarOutput.Entry(
                name, type, type == '2' ? "t" + text(9) : "", size, random.nextInt(010000), number(), number(), time);
    }

    private static byte[] headerByCommonsCompress(TarOutput.Entry entry) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(header, 512, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        TarArchiveEntry written = new TarArchiveEntry(entry.name(), (byte) entry.type(), true);
        written.setLinkName(entry.linkTarget());
        written.setSize(entry.size());
        written.setMode(entry.mode());
        written.setUserId(entry.userId());
        written.setGroupId(entry.groupId());
        written.setUserName("");
        written.setGroupName("");
        written.setModTime(FileTime.from(Instant.ofEpochSecond(entry.modified())));
        tar.putArchiveEntry(written);
        tar.flush();
        return header.toByteArray();
    }

    private static String text(byte[] header) {
        return new String(header, StandardCharsets.ISO_8859_1).replace('\0', '.');
    }

    /** Layers were written by commons-compress at first: their digests must stay. */
    @Test
    void headersAreThoseOfCommonsCompress() throws IOException {
        for (int i = 0; i < 5000; i++) {
            TarOutput.Entry entry = entry();
            assertThat(text(TarOutput.header(entry)))
                    .as("%s with seed %d", entry, SEED)
                    .isEqualTo(text(headerByCommonsCompress(entry)));
        }
    }

    @Test
    void contentIsFilledUpToBlocks() {
        assertThat(TarOutput.padding(0)).isEmpty();
        assertThat(TarOutput.padding(1)).hasSize(511);
        assertThat(TarOutput.padding(512)).isEmpty();
        assertThat(TarOutput.padding((1L << 40) + 513)).hasSize(511);
    }
}
