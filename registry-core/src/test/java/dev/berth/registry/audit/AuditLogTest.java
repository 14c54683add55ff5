package dev.berth.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.internal.json.StrictJson;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One line for each event, whatever is in it. */
class AuditLogTest {
    private static final Instant TIME = Instant.parse("2026-01-02T15:04:05Z");

    private static AuditEvent event(String caller, String target, String reason) {
        return new AuditEvent(
                TIME,
                AuditEvent.Type.LOGIN_REFUSED,
                new AuditOrigin(caller, Optional.empty(), "", "password"),
                "",
                target,
                AuditEvent.Outcome.REFUSED,
                reason);
    }

    private static AuditEvent full() throws UnknownHostException {
        return new AuditEvent(
                TIME,
                AuditEvent.Type.ACCESS_REFUSED,
                new AuditOrigin("acme+ci", Optional.of(InetAddress.getByName("192.0.2.1")), "0a-1b", "robot"),
                "team/app",
                "push a blob to team/app",
                AuditEvent.Outcome.REFUSED,
                "");
    }

    private static String text(AuditEvent event) {
        List<String> lines = new ArrayList<>();
        AuditLog.to(lines::add).on(event);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static String json(AuditEvent event) {
        List<String> lines = new ArrayList<>();
        AuditLog.to(lines::add).asJson().on(event);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).matches("[ -~]+");
        return lines.get(0);
    }

    private static JsonNode parsed(AuditEvent event) {
        return StrictJson.parse(json(event).getBytes(StandardCharsets.UTF_8));
    }

    static List<String> hostileTexts() {
        return List.of(
                "a\nevent=LOGIN caller=root",
                "a\r\nb",
                "a b",
                "a\"b",
                "a\\",
                "a=b",
                "a\",\"event\":\"LOGIN",
                "\u0000",
                "\u001b[2J",
                "\u2028x",
                "\u202egnp",
                "\ud83d\ude00",
                "\u0085");
    }

    @Test
    void textHasAllFieldsInTheirOrder() throws UnknownHostException {
        assertThat(text(full()))
                .isEqualTo("time=2026-01-02T15:04:05Z event=ACCESS_REFUSED caller=acme+ci client=192.0.2.1"
                        + " request=0a-1b credentials=robot repository=team/app target=\"push a blob to team/app\""
                        + " outcome=REFUSED reason=-");
    }

    @Test
    void jsonHasAllFieldsInTheirOrder() throws UnknownHostException {
        assertThat(json(full()))
                .isEqualTo("{\"time\":\"2026-01-02T15:04:05Z\",\"event\":\"ACCESS_REFUSED\",\"caller\":\"acme+ci\","
                        + "\"client\":\"192.0.2.1\",\"request\":\"0a-1b\",\"credentials\":\"robot\","
                        + "\"repository\":\"team/app\",\"target\":\"push a blob to team/app\","
                        + "\"outcome\":\"REFUSED\",\"reason\":\"\"}");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void textCannotBeForgedByAName(String name) {
        assertThat(text(event(name, "", "wrong")))
                .matches("time=\\S+ event=LOGIN_REFUSED caller=\"(?:[ -!#-\\[\\]-~]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})+\""
                        + " client=- request=- credentials=password repository=- target=- outcome=REFUSED"
                        + " reason=wrong");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void jsonHoldsAnyTextAsItIs(String text) {
        JsonNode line = parsed(event(text, text, text));

        assertThat(line.size()).isEqualTo(10);
        assertThat(line.get("event").textValue()).isEqualTo("LOGIN_REFUSED");
        assertThat(line.get("caller").textValue()).isEqualTo(text);
        assertThat(line.get("target").textValue()).isEqualTo(text);
        assertThat(line.get("reason").textValue()).isEqualTo(text);
    }

    @Test
    void halfASurrogatePairIsNoTextAndBreaksNothing() {
        assertThat(parsed(event("a\ud83d", "\ude00b", "")).get("caller").textValue())
                .isEqualTo("a\ufffd");
        assertThat(text(event("\ud83dx", "", ""))).contains("caller=\"\\ufffdx\"");
    }

    @Test
    void textTellsAnEmptyNameFromADash() {
        assertThat(text(event("-", "", ""))).contains("caller=\"-\"");
        assertThat(text(event("", "", ""))).contains("caller=- ");
    }

    @Test
    void whatIsLongIsCutOff() {
        String megabyte = "\u00e4".repeat(1_000_000);

        assertThat(text(event("n".repeat(1_000_000), megabyte, "")))
                .contains("caller=" + "n".repeat(AuditEvent.LONGEST) + "... ")
                .hasSizeLessThan(10 * AuditEvent.LONGEST);
        assertThat(json(event(megabyte, megabyte, megabyte))).hasSizeLessThan(20 * AuditEvent.LONGEST);
        assertThat(parsed(event(megabyte, "", "")).get("caller").textValue())
                .isEqualTo("\u00e4".repeat(AuditEvent.LONGEST) + "...");
    }

    @Test
    void noPairIsCutInTwo() {
        String pairs = "x" + "\ud83d\ude00".repeat(AuditEvent.LONGEST);

        assertThat(parsed(event(pairs, "", "")).get("caller").textValue())
                .isEqualTo(pairs.substring(0, AuditEvent.LONGEST - 1) + "...");
    }
}
