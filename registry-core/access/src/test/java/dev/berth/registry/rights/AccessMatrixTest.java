package dev.berth.registry.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every route with every method, for every caller with every kind of credentials, in repositories that the caller sees,
 * that are hidden, and that do not exist: over HTTP, by the handler and without HTTP.
 */
@Tag("any-jdk")
class AccessMatrixTest {
    private static final List<Route> ROUTES = RouteTable.rows();

    private static World world;
    private static List<Login> logins;
    private static RawClient client;

    @BeforeAll
    static void start() throws Exception {
        world = new World();
        logins = LoginTable.of(world);
        client = new RawClient(world.uri());
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        world.close();
    }

    /** One case. */
    private record Case(Route route, Login login, RepositoryName repository) {
        Expectation expected() {
            return Expectation.of(route, login, repository);
        }

        boolean isWrite() {
            return route.right() == Right.PUSH || route.right() == Right.DELETE;
        }

        /** Returns the status of what is done: what cannot be mounted is to be pushed. */
        int success() {
            boolean mountable = Expectation.rights(login.who(), Content.PUBLIC).contains(Action.PULL);
            return route.variant().equals(RouteTable.PUBLIC_MOUNT) && !mountable ? 202 : route.success();
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Route route : ROUTES) {
            for (Login login : logins) {
                for (RepositoryName repository : repositories(route, login)) {
                    // The owner may mount what is hidden from others.
                    if (!(route.variant().contains("hidden") && login.who().equals("owner"))) {
                        cases.add(new Case(route, login, repository));
                    }
                }
            }
        }
        return cases;
    }

    /** Credentials that are not good are not good anywhere, so each route has one case of them. */
    private static List<RepositoryName> repositories(Route route, Login login) {
        if (login.refusal().isPresent() && !isFirstOfItsKey(route)) {
            return List.of();
        }
        return route.right().action().isEmpty() || login.refusal().isPresent() ? List.of(Content.TEAM) : Content.ALL;
    }

    private static boolean isFirstOfItsKey(Route route) {
        return ROUTES.stream()
                .filter(other -> other.key().equals(route.key()))
                .findFirst()
                .orElseThrow()
                .equals(route);
    }

    /** A new resource of the server, or a new method of one, has no row and fails here. */
    @Test
    void everyRouteOfTheServerHasARow() {
        assertThat(ROUTES.stream().map(Route::key).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ApiResource.values())
                        .flatMap(resource ->
                                resource.methods().stream().map(method -> method + " " + resource.template()))
                        .toList());
    }

    private interface Sender {
        Answer send(Case one, Route.Call call) throws IOException;
    }

    private static void hold(List<Case> cases, Sender sender) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Case one : cases) {
            Route.Call call = one.route.request().apply(world.content, one.repository);
            boolean mayNotChange = one.isWrite() && one.expected() != Expectation.DONE;
            String before = mayNotChange ? world.content.state(one.repository) : "";
            Answer answer = sender.send(one, call);
            problem(one, answer).ifPresent(text -> wrong.add(one + ": " + text + ", but " + answer));
            if (tellsOfAnother(one, call, answer)) {
                wrong.add(one + " was answered with what another repository has: " + answer);
            }
            if (mayNotChange && !world.content.state(one.repository).equals(before)) {
                wrong.add(one + " was refused and has changed something");
            }
        }
        assertThat(wrong.stream().limit(20))
                .as("%s of %s", wrong.size(), cases.size())
                .isEmpty();
    }

    /** Nothing that is asked about one repository is answered with what a hidden one has. */
    private static boolean tellsOfAnother(Case one, Route.Call call, Answer answer) {
        boolean maySee =
                one.repository.equals(Content.SECRET) || one.login.who().equals("owner");
        return !maySee
                && !call.target().contains("secret")
                && (answer.contains("secret")
                        || answer.contains(Content.hiddenReferrer().toString()));
    }

    private static Optional<String> problem(Case one, Answer answer) {
        boolean body = !one.route.method().equals("HEAD");
        boolean exists = Content.EXISTING.contains(one.repository);
        return switch (one.expected()) {
            case DONE ->
                unless(
                        "done",
                        exists
                                ? answer.status() == one.success()
                                : answer.status() == one.success()
                                        || answer.status() == 404
                                        || answer.contains("MANIFEST_BLOB_UNKNOWN"));
            case CHALLENGED ->
                unless(
                        "challenged",
                        answer.status() == 401
                                && answer.contains("Bearer realm=")
                                && (!body || answer.contains("\"UNAUTHORIZED\""))
                                && answer.contains("invalid_token") == isBadToken(one.login)
                                && (one.login.refusal().isPresent() || !answer.contains("wrong")));
            case ANOTHER_TOKEN ->
                unless("a challenge", answer.status() == 401 && answer.contains("error=\"insufficient_scope\""));
            case DENIED ->
                unless(
                        "denied",
                        answer.status() == 403
                                && (!body || answer.contains("\"DENIED\""))
                                && !answer.headers().toLowerCase(Locale.ROOT).contains("www-authenticate"));
            case REFUSED -> unless("refused", answer.status() == 400);
        };
    }

    private static boolean isBadToken(Login login) {
        return login.refusal().isPresent()
                && login.authorization().stream().anyMatch(field -> field.startsWith("Bearer"));
    }

    private static Optional<String> unless(String expected, boolean holds) {
        return holds ? Optional.empty() : Optional.of("expected " + expected);
    }

    @Test
    void holdsOverHttp() throws Exception {
        hold(cases(), (one, call) -> Answer.overHttp(client, one.route, call, one.login.authorization()));
    }

    @Test
    void holdsForTheHandler() throws Exception {
        List<Case> existing = cases().stream()
                .filter(one -> one.repository.equals(Content.TEAM) || one.repository.equals(Content.SECRET))
                .toList();
        hold(existing, (one, call) -> Answer.byHandler(world.handler(), one.route, call, one.login.authorization()));
    }

    /** The same callers, as the authenticator knows them, with the interface. */
    @Test
    void holdsWithoutHttp() {
        List<String> wrong = new ArrayList<>();
        for (Case one : cases()) {
            if (one.login.refusal().isPresent()) {
                continue;
            }
            Optional<ErrorCode> refusal = inProcess(one);
            boolean right = switch (one.expected()) {
                case DONE -> refusal.isEmpty() || isUnknown(one, refusal.get());
                case CHALLENGED ->
                    refusal.equals(Optional.of(ErrorCode.UNAUTHORIZED)) || one.route.right() == Right.PING;
                case ANOTHER_TOKEN ->
                    // The catalogue is filtered by what the token is for.
                    one.route.right() == Right.CATALOGUE
                            || refusal.equals(
                                    Optional.of(one.login.isAnonymous() ? ErrorCode.UNAUTHORIZED : ErrorCode.DENIED));
                default -> refusal.equals(Optional.of(ErrorCode.DENIED));
            };
            if (!right) {
                wrong.add(one + ": expected " + one.expected() + ", but " + refusal);
            }
        }
        assertThat(wrong.stream().limit(20)).as("%s cases", wrong.size()).isEmpty();
    }

    private static boolean isUnknown(Case one, ErrorCode code) {
        return code.name().endsWith("UNKNOWN")
                && (one.route.success() == 404 || !Content.EXISTING.contains(one.repository));
    }

    private static Optional<ErrorCode> inProcess(Case one) {
        try {
            one.route.inProcess().call(world.view(caller(one)), world.content, one.repository);
            return Optional.empty();
        } catch (RegistryException e) {
            return Optional.of(e.code());
        }
    }

    /** Returns the caller with the limits that its credentials have for what they are good for. */
    private static Caller caller(Case one) {
        if (one.login.isAnonymous() && one.login.token().isEmpty()) {
            return Caller.anonymous();
        }
        RegistryRequest.Builder request = RegistryRequest.builder("GET", "/v2/");
        one.login.authorization().forEach(field -> request.header("Authorization", field));
        return world.authenticator.authenticate(request.build(), RequestedAccess.ping());
    }

    /** Whoever may not see a repository cannot find out whether it exists: everything but its name is the same. */
    @Test
    void whatIsHiddenCannotBeToldFromWhatDoesNotExist() throws Exception {
        for (Case hidden : cases()) {
            if (!hidden.repository.equals(Content.SECRET)
                    || hidden.login.who().equals("owner")
                    || hidden.expected() == Expectation.DONE) {
                continue;
            }
            Answer one = send(hidden, Content.SECRET).replaced(Content.SECRET.value(), "NAME");
            Answer other = send(hidden, Content.SECRET_MISSING).replaced(Content.SECRET_MISSING.value(), "NAME");

            assertThat(one.unspecific()).as("%s", hidden).isEqualTo(other.unspecific());
            assertThat(one.status()).isIn(401, 403);
        }
    }

    private static Answer send(Case one, RepositoryName repository) throws IOException {
        // The same digests and uploads for both.
        Route.Call call = one.route.request().apply(world.content, Content.SECRET);
        Route.Call there = new Route.Call(
                call.target().replace(Content.SECRET.value(), repository.value()), call.contentType(), call.body());
        return Answer.overHttp(client, one.route, there, one.login.authorization());
    }

    /** No secret that any caller has sent is told to a listener. */
    @Test
    void noSecretIsInAnEvent() throws Exception {
        for (Login login : logins) {
            Answer.byHandler(
                    world.handler(), ROUTES.get(0), Route.Call.of("/v2/team/app/tags/list"), login.authorization());
        }
        String told = world.events.toString();
        assertThat(told).contains("LOGIN_REFUSED", "event=LOGIN ", "TOKEN_ISSUED", "ACCESS_REFUSED");
        for (Login login : logins) {
            for (String field : login.authorization()) {
                String secret = field.substring(field.indexOf(' ') + 1);
                assertThat(secret.length() > 10 && told.contains(secret))
                        .as(login.name())
                        .isFalse();
            }
        }
        assertThat(told).doesNotContain("'s password");
    }
}
