package dev.berth.examples.standalone.configuration.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.Checked;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.NodeFields;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.Platform;
import dev.berth.registry.scan.gate.Answer;
import dev.berth.registry.scan.gate.FindingLimit;
import dev.berth.registry.scan.gate.GatePolicy;
import dev.berth.registry.scan.gate.GateRule;
import dev.berth.registry.scan.report.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the section {@code gate}. */
final class GateReader {
    private static final Set<String> KEYS = Set.of("rules", "dryrun", "accepted");
    private static final Set<String> FINDINGS = Set.of("above", "fixedonly", "knownfor", "notolder");
    private static final Set<String> ANSWERS = Set.of("unscanned", "pending", "unscannable", "failed", "incomplete");
    private static final Set<String> RULE = union(
            Set.of(
                    "name",
                    "repositories",
                    "tags",
                    "except",
                    "signedby",
                    "findings",
                    "platforms",
                    "beforetagging",
                    "exceptuntagged",
                    "allowonfailure",
                    "dryrun"),
            ANSWERS);
    private static final Set<String> ANSWER = Set.of("hold", "then");
    private static final String NONE = "none";

    private final SignatureSettings signatures;
    private final boolean scans;

    /**
     * @param scans whether images are scanned
     */
    GateReader(SignatureSettings signatures, boolean scans) {
        this.signatures = signatures;
        this.scans = scans;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    GateSettings read(YamlNode node) {
        NodeFields fields = NodeFields.of(node, KEYS);
        boolean dryRun = fields.flag("dryrun");
        List<GateRule> rules = new ArrayList<>();
        fields.find("rules").ifPresent(list -> list.elements().forEach(element -> rules.add(rule(element, dryRun))));
        List<Path> accepted = fields.find("accepted")
                .map(list -> list.elements().stream()
                        .map(element -> SettingValues.file(element.text(), element.path()))
                        .toList())
                .orElse(List.of());
        if (rules.isEmpty()) {
            throw new CommandException("The setting " + node.path() + " has no rules, so that it does nothing; write"
                    + " rules: [{name: signed, signedby: release}], for example, or remove it.");
        }
        return new GateSettings(Checked.value(fields.path("rules"), () -> GatePolicy.of(rules)), accepted);
    }

    private GateRule rule(YamlNode node, boolean dryRun) {
        NodeFields fields = NodeFields.of(node, RULE);
        String name = fields.required("name");
        if (fields.find("signedby").isEmpty() && fields.find("findings").isEmpty()) {
            throw new CommandException(
                    "The setting " + node.path() + " demands nothing; give it 'signedby', 'findings'," + " or both.");
        }
        GateRule.Builder rule = Checked.value(fields.path("name"), () -> GateRule.named(name));
        patterns(fields, "repositories", rule::repositories);
        patterns(fields, "tags", rule::tags);
        patterns(fields, "except", rule::except);
        fields.find("signedby").ifPresent(signer -> rule.signedBy(Signers.of(signatures, signer)));
        fields.find("findings").ifPresent(findings -> rule.findings(findings(findings)));
        answer(fields, "unscanned", rule::unscanned);
        answer(fields, "pending", rule::pending);
        answer(fields, "unscannable", rule::unscannable);
        answer(fields, "failed", rule::failed);
        answer(fields, "incomplete", rule::incomplete);
        List<Platform> platforms = fields.values("platforms", Platform::parse);
        if (!platforms.isEmpty()) {
            rule.platforms(platforms.toArray(new Platform[0]));
        }
        if (fields.flag("beforetagging")) {
            rule.beforeTagging();
        }
        if (fields.flag("exceptuntagged")) {
            rule.exceptUntagged();
        }
        if (fields.flag("allowonfailure")) {
            rule.allowOnFailure();
        }
        if (fields.flag("dryrun", dryRun)) {
            rule.dryRun();
        }
        return Checked.value(node.path(), rule::build);
    }

    private static void patterns(NodeFields fields, String key, Consumer<String[]> use) {
        List<String> patterns = fields.list(key);
        if (!patterns.isEmpty()) {
            Checked.value(fields.path(key), () -> {
                use.accept(patterns.toArray(new String[0]));
                return patterns;
            });
        }
    }

    private FindingLimit findings(YamlNode node) {
        if (!scans) {
            throw new CommandException("The setting " + node.path()
                    + " needs reports of scans, and nothing is scanned; add the section 'scan'.");
        }
        NodeFields fields = NodeFields.of(node, FINDINGS);
        String above = fields.required("above");
        FindingLimit limit =
                above.equals(NONE) ? FindingLimit.none() : FindingLimit.above(severity(fields.path("above"), above));
        if (fields.flag("fixedonly")) {
            limit = limit.withFixOnly();
        }
        FindingLimit soon = limit;
        FindingLimit chosen = fields.time("knownfor")
                .map(time -> Checked.value(fields.path("knownfor"), () -> soon.knownFor(time)))
                .orElse(soon);
        return fields.time("notolder")
                .map(age -> Checked.value(fields.path("notolder"), () -> chosen.notOlderThan(age)))
                .orElse(chosen);
    }

    private static Severity severity(String path, String text) {
        Set<String> known = Arrays.stream(Severity.values())
                .map(severity -> severity.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String word = text.toLowerCase(Locale.ROOT);
        if (!known.contains(word)) {
            throw new CommandException("The severity '" + text + "' of " + path + " is unknown"
                    + YamlNode.meant(word, union(known, Set.of(NONE))));
        }
        return Severity.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static void answer(NodeFields fields, String key, Consumer<Answer> use) {
        fields.find(key).ifPresent(node -> use.accept(answer(node)));
    }

    private static Answer answer(YamlNode node) {
        if (node.value() instanceof Map) {
            NodeFields fields = NodeFields.of(node, ANSWER);
            Duration time = GoDuration.parse(fields.path("hold"), fields.required("hold"));
            Answer then = word(fields.path("then"), fields.text("then").orElse("deny"));
            return Checked.value(fields.path("hold"), () -> Answer.hold(time, then));
        }
        return word(node.path(), node.text());
    }

    private static Answer word(String path, String text) {
        return switch (text) {
            case "allow" -> Answer.allow();
            case "deny" -> Answer.deny();
            default ->
                throw new CommandException(
                        "The setting " + path + " is allow, deny, or {hold: 10m, then: deny}, not '" + text + "'.");
        };
    }
}
