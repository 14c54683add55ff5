package dev.berth.registry.rights;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.token.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All callers with all kinds of credentials, good ones and others. */
final class LoginTable {
    private static final Set<Action> EVERYTHING = EnumSet.allOf(Action.class);
    private static final Set<Action> PUSHING = EnumSet.of(Action.PULL, Action.PUSH);
    private static final Set<Action> PULLING = EnumSet.of(Action.PULL);

    private final World world;
    private final List<Login> logins = new ArrayList<>();

    private LoginTable(World world) {
        this.world = world;
    }

    static List<Login> of(World world) throws IOException, JOSEException, ParseException {
        LoginTable table = new LoginTable(world);
        table.addGood();
        table.addBad();
        return table.logins;
    }

    private void addGood() throws IOException {
        logins.add(Login.good("nobody", ""));
        logins.add(Login.good("nobody, with empty Basic", "", basic("", "")));
        logins.add(Login.bearer("nobody, by token", "", EVERYTHING, token("", "", EVERYTHING)));
        for (String name : List.of("reader", "writer", "maintainer", "stranger", "owner")) {
            addBoth(name, name, name, name + "'s password");
        }
        NewSecret robot = world.changes().addRobot("team", "ci", patterns("team/app"), Role.WRITER, Optional.empty());
        addBoth("robot", "robot", robot.account(), robot.secret());
        NewSecret personal = world.changes()
                .addPersonalToken("maintainer", "to read", patterns("**"), Role.READER, Optional.empty());
        addBoth("personal token", "personal token", "maintainer", personal.secret());
        basicOf("robot secret at another name", "team+other", robot.secret());
        basicOf("robot secret at the name of its owner", "team", robot.secret());
        basicOf("personal secret at another name", "reader", personal.secret());
        bearer("robot secret as a token", robot.secret());
        for (Set<Action> actions : List.of(PULLING, PUSHING)) {
            logins.add(Login.bearer(
                    "maintainer, by token for " + actions,
                    "maintainer",
                    actions,
                    token("maintainer", "maintainer's password", actions)));
        }
    }

    private void addBoth(String kind, String who, String name, String secret) throws IOException {
        logins.add(Login.good(kind, who, basic(name, secret)));
        logins.add(Login.bearer(kind + ", by token", who, EVERYTHING, token(name, secret, EVERYTHING)));
    }

    private void addBad() throws IOException, JOSEException, ParseException {
        String good = token("maintainer", "maintainer's password", EVERYTHING);
        basicOf("wrong password", "maintainer", "wrong");
        basicOf("unknown name", "nobody", "maintainer's password");
        basicOf("no name", "", "maintainer's password");
        basicOf("password of another", "reader", "maintainer's password");
        basicOf("token as a password", "maintainer", good);
        basicOf("too long a password", "maintainer", "x".repeat(10_000));
        addRevoked();
        bearer("refresh token", refreshToken("maintainer", "maintainer's password"));
        bearer("expired token", forged(World.KEY, claims().expirationTime(past()), "ours"));
        bearer("token that is not good yet", forged(World.KEY, claims().notBeforeTime(future()), "ours"));
        bearer("token of another service", forged(World.KEY, claims().audience("other.test"), "ours"));
        bearer("token of another issuer", forged(World.KEY, claims().issuer("other.test"), "ours"));
        bearer("token without an end", forged(World.KEY, claims().expirationTime(null), "ours"));
        bearer("token of a stranger's key", forged(SigningKey.generate(), claims(), "own"));
        bearer("token of a stranger's key under our name", forged(SigningKey.generate(), claims(), "ours"));
        bearer("token with another end", good.substring(0, good.length() - 4) + "AAAA");
        bearer("garbage", "garbage");
        bearer("nothing", "");
        bearer("two dots", "..");
        bearer("20 KB", "x".repeat(20_000));
        for (String field : List.of("Bearer", "Basic", "Basic !!!", "Digest x", "garbage", good)) {
            logins.add(Login.bad("field '" + field.substring(0, Math.min(12, field.length())) + "'", 401, field));
        }
        logins.add(Login.bad("two fields", 400, "Bearer " + good, "Bearer " + good));
        logins.add(Login.bad("a good and a bad field", 400, basic("maintainer", "maintainer's password"), "Basic x"));
    }

    private void basicOf(String name, String user, String password) {
        logins.add(Login.bad(name, 401, basic(user, password)));
    }

    private void bearer(String name, String token) {
        logins.add(Login.bad(name, 401, "Bearer " + token));
    }

    /** Adds what was worth something, and is not any more. */
    private void addRevoked() throws IOException {
        Optional<Instant> soon = Optional.of(world.accountTime.get().plusSeconds(60));
        NewSecret expiring = world.changes().addRobot("team", "old", patterns("team/**"), Role.WRITER, soon);
        over("expired robot", expiring.account(), expiring.secret(), () -> world.accountTime.set(soon.get()));
        NewSecret robot = world.changes().addRobot("team", "gone", patterns("team/**"), Role.WRITER, Optional.empty());
        over(
                "removed robot",
                robot.account(),
                robot.secret(),
                () -> world.changes().removeRobot(robot.account()));
        NewSecret rotated = world.changes().addRobot("team", "new", patterns("team/**"), Role.WRITER, Optional.empty());
        over(
                "rotated secret",
                rotated.account(),
                rotated.secret(),
                () -> world.changes().rotateRobot(rotated.account(), Duration.ZERO));
        NewSecret personal =
                world.changes().addPersonalToken("maintainer", "lost", patterns("**"), Role.READER, Optional.empty());
        over(
                "revoked personal token",
                "maintainer",
                personal.secret(),
                () -> world.changes().removePersonalToken("maintainer", personal.account()));
        NewSecret leavers = world.changes()
                .addPersonalToken("leaver", "of a leaver", patterns("**"), Role.READER, Optional.empty());
        String token = token("leaver", leavers.secret(), EVERYTHING);
        over(
                "removed person",
                "leaver",
                "leaver's password",
                () -> world.changes().removePerson("leaver"));
        basicOf("personal token of a removed person", "leaver", leavers.secret());
        bearer("token of the personal token of a removed person", token);
        over(
                "disabled person",
                "sleeper",
                "sleeper's password",
                () -> world.changes().setDisabled("sleeper", true));
    }

    /** Adds a secret, and a token that was issued by it, after both were worth something. */
    private void over(String what, String name, String secret, Runnable end) throws IOException {
        String token = token(name, secret, EVERYTHING);
        end.run();
        basicOf(what, name, secret);
        bearer("token of " + what, token);
    }

    private static List<NamePattern> patterns(String pattern) {
        return List.of(NamePattern.parse(pattern));
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String words(Set<Action> actions) {
        return actions.stream()
                .map(action -> action.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    /** Returns a token for these actions in all repositories, and for the catalogue if they are all. */
    private String token(String name, String password, Set<Action> actions) throws IOException {
        String scopes = Content.ALL.stream()
                .map(repository -> "repository:" + repository + ":" + words(actions))
                .collect(Collectors.joining(" "));
        String all = actions.equals(EVERYTHING) ? scopes + " registry:catalog:*" : scopes;
        return ask("/token?scope=" + URLEncoder.encode(all, StandardCharsets.UTF_8), name, password, "token");
    }

    private String refreshToken(String name, String password) throws IOException {
        return ask("/token?offline_token=true", name, password, "refresh_token");
    }

    private String ask(String target, String name, String password, String field) throws IOException {
        RegistryRequest.Builder request = RegistryRequest.builder("GET", target);
        if (!name.isEmpty()) {
            request.header("Authorization", basic(name, password));
        }
        try (RegistryResponse response = world.handler().handle(request.build())) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            response.body().writeTo(bytes);
            return JsonObject.root(StrictJson.parse(bytes.toByteArray()))
                    .string(field)
                    .orElseThrow();
        }
    }

    private Date past() {
        return Date.from(world.now.get().minus(Duration.ofMinutes(2)));
    }

    private Date future() {
        return Date.from(world.now.get().plus(Duration.ofMinutes(2)));
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(World.SERVICE)
                .audience(World.SERVICE)
                .subject("maintainer")
                .notBeforeTime(past())
                .expirationTime(future())
                .claim(
                        "access",
                        Content.ALL.stream()
                                .map(RepositoryName::value)
                                .map(name -> Map.of("type", "repository", "name", name, "actions", List.of("*")))
                                .toList());
    }

    /** Returns a token that names its own key, or ours. */
    private static String forged(SigningKey key, JWTClaimsSet.Builder claims, String kid)
            throws JOSEException, ParseException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(kid.equals("ours") ? World.KEY.id() : key.id())
                        .build(),
                claims.build());
        token.sign(new ECDSASigner(ECKey.parse(key.toJson())));
        return token.serialize();
    }
}
