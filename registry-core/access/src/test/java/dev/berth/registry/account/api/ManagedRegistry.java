package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.internal.wire.WireError;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.session.SessionOptions;
import dev.berth.registry.session.Sessions;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import dev.berth.registry.token.TokenService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Accounts and their API. {@code root} administers the registry, {@code carol} the organisation {@code acme}, {@code alice}
 * is a writer there, {@code bob} has no rights. Passwords are the names, twice.
 */
public final class ManagedRegistry {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SigningKey KEY = SigningKey.generate();
    private static final int COST = 4;

    private final ObjectStore objects = MemoryObjectStore.create();
    private final Map<ObjectKey, byte[]> remembered = new TreeMap<>(Comparator.comparing(ObjectKey::value));

    /** Reads each time: its objects are exchanged behind its back. */
    public final AccountStore accounts = AccountStore.over(
            objects,
            AccountStoreOptions.builder()
                    .passwordCost(COST)
                    .cacheAge(Duration.ZERO)
                    .build());

    public final AccountChanges changes = accounts.changesBy("test", AuditListener.none());
    final List<AuditEvent> events = new ArrayList<>();
    public final Logins logins = Logins.of(accounts);
    final StoredKeys keys = StoredKeys.over(objects);
    public final TokenService tokens = TokenService.of(
            logins,
            accounts.policy(),
            TokenOptions.builder("registry.test", List.of(KEY)).build());
    private final Sessions sessions =
            Sessions.over(objects, logins, SessionOptions.builder().build());
    final AccountApi api;
    final NewSecret robot;
    final NewSecret personalToken;

    /** What came back. */
    public record Reply(int status, Map<String, String> headers, JsonNode content) {
        /** Returns the message of the first error. */
        public String message() {
            return content.path("errors").path(0).path("message").asText();
        }
    }

    public ManagedRegistry() {
        this(Grants.of());
    }

    ManagedRegistry(Grants configured) {
        for (String name : List.of("root", "carol", "alice", "bob")) {
            changes.addPerson(name, name + name);
        }
        grant("root", "**", Role.ADMIN);
        changes.addOrganisation("acme");
        changes.addOrganisation("other");
        changes.setMember("acme", Grantee.user("carol"), Role.ADMIN);
        changes.setMember("acme", Grantee.user("alice"), Role.WRITER);
        changes.addTeam("acme/dev");
        changes.addTeamMember("acme/dev", Grantee.user("alice"));
        changes.addTeam("ops");
        changes.addTeamMember("ops", Grantee.user("root"));
        robot = changes.addRobot(
                "acme", "ci", List.of(NamePattern.parse("acme/**")), Role.MAINTAINER, Optional.empty());
        changes.addRobot("alice", "cron", List.of(NamePattern.all()), Role.READER, Optional.empty());
        personalToken =
                changes.addPersonalToken("root", "all of it", List.of(NamePattern.all()), Role.ADMIN, Optional.empty());
        api = AccountApi.builder(accounts, logins)
                .configured(() -> configured)
                .tokens(tokens.authenticator())
                .keys(keys)
                .sessions(sessions)
                .listener(events::add)
                .build();
    }

    /** Keeps all accounts as they are now, for {@link #restore}. Passwords that were verified stay so. */
    void remember() throws IOException {
        for (ObjectKey key : keys()) {
            try (ObjectContent content = objects.open(key).orElseThrow()) {
                remembered.put(key, content.stream().readAllBytes());
            }
        }
    }

    void restore() throws IOException {
        for (ObjectKey key : keys()) {
            objects.delete(key);
        }
        for (Map.Entry<ObjectKey, byte[]> object : remembered.entrySet()) {
            objects.put(object.getKey(), object.getValue(), PutCondition.always());
        }
    }

    private List<ObjectKey> keys() throws IOException {
        return objects.list(ListRequest.tree(KeyPrefix.ROOT)).names().stream()
                .map(ObjectKey::of)
                .toList();
    }

    void grant(String user, String pattern, Role role) {
        changes.grant(new Grant(Grantee.user(user), NamePattern.parse(pattern), role));
    }

    RegistryHandler operator() {
        return AccountApi.builder(accounts, logins)
                .keys(keys)
                .sessions(sessions)
                .buildForOperator("operator");
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the header field for a name and its password. */
    public static String as(String name) {
        return basic(name, name + name);
    }

    /** Returns a token of the registry's own service. */
    public String bearer(String name, String scope) {
        Reply reply = send(tokens, "GET", "/token?scope=" + scope, Map.of("Authorization", as(name)), "");
        return "Bearer " + reply.content.path("token").asText();
    }

    Reply get(String authorization, String path) {
        return call(authorization, "GET", path, "");
    }

    /** Makes a call to the API, with a body in JSON if there is one. */
    Reply call(String authorization, String method, String path, String body) {
        Map<String, String> headers = new TreeMap<>();
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return send(api, method, AccountApi.PATH + path, headers, body.replace('\'', '"'));
    }

    /** Calls a handler. */
    public static Reply send(
            RegistryHandler handler, String method, String target, Map<String, String> headers, String body) {
        RegistryRequest.Builder request = RegistryRequest.builder(method, target);
        headers.forEach(request::header);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.body(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
        try (RegistryResponse response = handler.handle(request.build())) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            response.body().writeTo(content);
            Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().forEach(fields::put);
            return new Reply(response.status(), fields, MAPPER.readTree(content.toByteArray()));
        } catch (RegistryException e) {
            return refusal(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply refusal(RegistryException e) {
        WireError error = WireError.of(e);
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        error.headers().forEach(field -> fields.put(field.getKey(), field.getValue()));
        try {
            return new Reply(error.status(), fields, MAPPER.readTree(ErrorBody.format(error.errors())));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static ErrorCode code(Reply reply) {
        return ErrorCode.valueOf(
                reply.content.path("errors").path(0).path("code").asText());
    }
}
