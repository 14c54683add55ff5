package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.berth.examples.standalone.configuration.SettingsSource;
import dev.berth.registry.audit.AuditEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Teams and grants follow the configuration file. What is wrong in it leaves the old ones in force. */
class ReloadedGrantsTest {
    private static final String FIRST = "access: {public: ['first/**']}";
    private static final String SECOND = "access: {public: ['other/**']}";

    private final Logger logger = (Logger) LoggerFactory.getLogger(ReloadedGrants.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path directory;

    private Path file;
    private SettingsSource source;
    private ReloadedGrants grants;

    @BeforeEach
    void setUp() throws IOException {
        log.start();
        logger.addAppender(log);
        file = directory.resolve("config.yml");
        source = new SettingsSource(Optional.empty(), Optional.empty(), Optional.of(file), Map.of());
        write(FIRST);
        grants = new ReloadedGrants(
                file, source.read().access().orElseThrow(), () -> source.read().access(), events::add, new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now.get();
                    }
                });
    }

    @AfterEach
    void tearDown() {
        logger.detachAppender(log);
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file, yaml);
        Files.setLastModifiedTime(file, FileTime.from(now.get()));
    }

    private String inForce() {
        return grants.get().toString();
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    void aChangeCountsAfterASecondAtMost() throws IOException {
        assertThat(inForce()).contains("first/**");

        write(SECOND);
        assertThat(inForce()).as("within the same second").contains("first/**");
        later(Duration.ofSeconds(1));

        assertThat(inForce()).contains("other/**").doesNotContain("first/**");
        assertThat(logged()).singleElement().asString().contains(file.toString(), "in force");
        assertThat(events).singleElement().extracting(AuditEvent::type).isEqualTo(AuditEvent.Type.CHANGE);
    }

    @Test
    void twoChangesAtTheSameTimeOfModificationAreBothSeen() throws IOException {
        later(Duration.ofSeconds(1));
        write(SECOND);
        later(Duration.ofSeconds(1));
        assertThat(inForce()).contains("other/**");

        Files.writeString(file, FIRST);
        Files.setLastModifiedTime(file, FileTime.from(now.get().minusSeconds(1)));
        later(Duration.ofSeconds(1));

        assertThat(inForce()).contains("first/**");
    }

    @Test
    void aWrongFileLeavesTheOldRightsInForceAndIsNamedOnce() throws IOException {
        for (String wrong : List.of(
                "access: {public: ['/first/**']}", "access: {pubilc: []}", "access: [", "", "storage: {}", "- a")) {
            log.list.clear();
            later(Duration.ofSeconds(5));
            write(wrong);

            later(Duration.ofSeconds(1));
            assertThat(inForce()).contains("first/**");
            later(Duration.ofSeconds(1));
            assertThat(inForce()).contains("first/**");

            assertThat(logged()).as(wrong).singleElement().asString().contains(file.toString(), "is not in force");
        }
        later(Duration.ofSeconds(5));
        write(SECOND);
        assertThat(inForce()).contains("other/**");
    }

    @Test
    void whileTheFileIsAbsentNothingChanges() throws IOException {
        assertThat(inForce()).contains("first/**");
        Files.delete(file);
        later(Duration.ofMinutes(1));
        assertThat(inForce()).contains("first/**");
        later(Duration.ofMinutes(1));
        assertThat(inForce()).contains("first/**");
        assertThat(logged()).singleElement().asString().contains("There is no configuration file");

        write(SECOND);
        later(Duration.ofSeconds(1));
        assertThat(inForce()).contains("other/**");
    }

    @Test
    void whatCountsFromTheNextStartOnIsSaid() throws IOException {
        assertThat(inForce()).contains("first/**");
        later(Duration.ofSeconds(5));
        write("access: {public: ['first/**'], tokens: {lifetime: 10m}, trustedproxies: [10.0.0.1]}");

        assertThat(inForce()).contains("first/**");

        assertThat(logged()).singleElement().asString().contains("from the next start on");
    }

    @Test
    void aFileThatStaysTheSameIsNotReadAgain() throws IOException {
        later(Duration.ofMinutes(1));
        assertThat(inForce()).contains("first/**");
        // A change that leaves size and time as they are cannot be seen, which shows that the file was not read.
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, FIRST.replace("first", "other"));
        Files.setLastModifiedTime(file, time);
        later(Duration.ofMinutes(1));

        assertThat(inForce()).contains("first/**");
    }
}
