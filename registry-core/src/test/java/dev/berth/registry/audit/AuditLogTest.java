package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One line for each event, whatever is in it. */
class AuditLogTest {
    private static final Instant TIME = Instant.parse("2026-01-02T15:04:05Z");

    private static String line(AccessEvent event) {
        List<String> lines = new ArrayList<>();
        AuditLog.to(lines::add).on(event);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static String line(String caller, String target) {
        return line(new AccessEvent(
                TIME, AccessEvent.Type.LOGIN_REFUSED, caller, Optional.empty(), "password", target, "wrong"));
    }

    @Test
    void hasAllFieldsInTheirOrder() throws UnknownHostException {
        assertThat(line(new AccessEvent(
                        TIME,
                        AccessEvent.Type.ACCESS_REFUSED,
                        "acme+ci",
                        Optional.of(InetAddress.getByName("192.0.2.1")),
                        "robot",
                        "push a blob to team/app",
                        "")))
                .isEqualTo("time=2026-01-02T15:04:05Z event=ACCESS_REFUSED caller=acme+ci client=192.0.2.1"
                        + " credentials=robot target=\"push a blob to team/app\" reason=-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nevent=LOGIN caller=root",
                "a\r\nb",
                "a b",
                "a\"b",
                "a\\",
                "a=b",
                "\u0000",
                "\u001b[2J",
                "\u2028x",
                "\u202egnp",
                "\ud83d\ude00",
                "\u0085"
            })
    void cannotBeForgedByAName(String name) {
        assertThat(line(name, ""))
                .matches(
                        "time=\\S+ event=LOGIN_REFUSED caller=\"(?:[ -!#-\\[\\]-~]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})+\" client=-"
                                + " credentials=password target=- reason=wrong");
    }

    @Test
    void tellsAnEmptyNameFromADash() {
        assertThat(line("-", "")).contains("caller=\"-\"");
        assertThat(line("", "")).contains("caller=- ");
    }

    @Test
    void cutsOffWhatIsLong() {
        assertThat(line("n".repeat(100_000), "t".repeat(100_000)))
                .contains("caller=\"" + "n".repeat(AuditLog.LONGEST) + "...\"")
                .hasSizeLessThan(3 * AuditLog.LONGEST);
    }
}
