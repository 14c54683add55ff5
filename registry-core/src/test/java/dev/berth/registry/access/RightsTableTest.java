package dev.berth.registry.access;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.UploadId;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RequestedAccess;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The right that each method of a registry needs. Found by reflection: a method that is added to an interface fails here
 * until it has a row.
 */
class RightsTableTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final RepositoryName OTHER = RepositoryName.parse("team/base");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);
    private static final Descriptor DESCRIPTOR = Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 0);

    private static final Map<String, Action> NEEDED = Map.ofEntries(
            entry("Manifests.find(ManifestSelector)", Action.PULL),
            entry("Manifests.get(ManifestSelector)", Action.PULL),
            entry("Manifests.referrers(Digest)", Action.PULL),
            entry("Manifests.referrers(Digest, ReferrerFilter)", Action.PULL),
            entry("Manifests.put(Manifest, PutOptions)", Action.PUSH),
            entry("Manifests.put(Manifest, Tag[])", Action.PUSH),
            entry("Manifests.delete(Digest)", Action.DELETE),
            entry("Manifests.delete(Digest, DeleteCondition)", Action.DELETE),
            entry("Tags.list()", Action.PULL),
            entry("Tags.resolve(Tag)", Action.PULL),
            entry("Tags.put(Tag, Digest)", Action.PUSH),
            entry("Tags.put(Tag, Digest, TagCondition)", Action.PUSH),
            entry("Tags.delete(Tag)", Action.DELETE),
            entry("Tags.delete(Tag, TagCondition)", Action.DELETE),
            entry("Blobs.find(Digest)", Action.PULL),
            entry("Blobs.open(Digest)", Action.PULL),
            entry("Blobs.open(Digest, ByteRange)", Action.PULL),
            entry("Blobs.directUrl(Digest, Duration)", Action.PULL),
            entry("Blobs.push(BlobSource)", Action.PUSH),
            entry("Blobs.push(Digest, BlobSource)", Action.PUSH),
            entry("Blobs.mount(Digest, MountSource)", Action.PUSH),
            entry("Blobs.startUpload()", Action.PUSH),
            entry("Blobs.startUpload(UploadOptions)", Action.PUSH),
            entry("Blobs.resumeUpload(UploadId)", Action.PUSH),
            entry("Blobs.delete(Digest)", Action.DELETE));

    private static final Map<Class<?>, Object> VALUES = values();

    private static Map<Class<?>, Object> values() {
        Map<Class<?>, Object> values = new HashMap<>();
        for (Object value : List.of(
                DIGEST,
                Tag.parse("1.0"),
                new Tag[0],
                Manifest.of(MediaTypes.OCI_MANIFEST, new byte[0]),
                PutOptions.untagged(),
                new PutResult(DESCRIPTOR, List.of(), Optional.empty()),
                new DeleteResult(true, List.of()),
                ReferrerFilter.all(),
                ByteRange.all(),
                UploadId.of("x"),
                UploadOptions.defaults(),
                Duration.ofSeconds(1))) {
            values.put(value.getClass(), value);
        }
        values.put(Descriptor.class, DESCRIPTOR);
        values.put(ManifestSelector.class, DIGEST);
        values.put(TagCondition.class, TagCondition.any());
        values.put(DeleteCondition.class, DeleteCondition.UNTAGGED);
        values.put(MountSource.class, MountSource.any());
        values.put(BlobSource.class, BlobSource.of(new byte[0]));
        values.put(Listing.class, Listing.of((after, wanted) -> List.of().iterator()));
        values.put(Optional.class, Optional.empty());
        values.put(boolean.class, true);
        return values;
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "("
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** A registry of which every method works and does nothing. */
    private static Registry everything() {
        return stub(Registry.class);
    }

    private static <T> T stub(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Class<?> result = method.getReturnType();
                    if (method.getName().equals("name")) {
                        return REPOSITORY;
                    }
                    if (result == RegistryIdentity.class) {
                        return RegistryIdentity.of("x");
                    }
                    return VALUES.containsKey(result) ? VALUES.get(result) : result.isInterface() ? stub(result) : null;
                }));
    }

    private static Stream<Method> methods() {
        return Stream.of(Manifests.class, Tags.class, Blobs.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    static Stream<Arguments> rows() {
        return methods()
                .flatMap(method -> Stream.of(
                                EnumSet.noneOf(Action.class),
                                EnumSet.of(Action.PULL),
                                EnumSet.of(Action.PUSH),
                                EnumSet.of(Action.DELETE),
                                EnumSet.allOf(Action.class))
                        .map(rights -> Arguments.of(describe(method), rights, method)));
    }

    @Test
    void hasARowForEachMethod() {
        assertThat(methods().map(RightsTableTest::describe)).containsExactlyInAnyOrderElementsOf(NEEDED.keySet());
        assertThat(Arrays.stream(Repository.class.getMethods()).map(Method::getName))
                .containsExactlyInAnyOrder("name", "manifests", "tags", "blobs");
        assertThat(Arrays.stream(Registry.class.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(Method::getName)
                        .distinct())
                .containsExactlyInAnyOrder("checkHealth", "close", "identity", "repositories", "repository");
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("rows")
    void holdsForACaller(String name, Set<Action> rights, Method method) throws Throwable {
        AccessPolicy policy = (caller, action, repository) -> repository.equals(REPOSITORY) && rights.contains(action);

        check(
                method,
                Authorized.of(everything(), Caller.named("alice"), policy),
                allowed(name, rights),
                ErrorCode.DENIED);
        check(
                method,
                Authorized.of(everything(), Caller.anonymous(), policy),
                allowed(name, rights),
                ErrorCode.UNAUTHORIZED);
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("rows")
    void holdsForTheLimitOfACaller(String name, Set<Action> rights, Method method) throws Throwable {
        Caller limited = Caller.builder("robot")
                .limit(access -> access.repository().equals(Optional.of(REPOSITORY))
                        && rights.stream()
                                .anyMatch(action ->
                                        action.name().equals(access.action().name())))
                .build();

        check(
                method,
                Authorized.of(everything(), limited, (caller, action, repository) -> true),
                allowed(name, rights),
                ErrorCode.DENIED);
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("rows")
    void holdsForAnotherRepository(String name, Set<Action> rights, Method method) throws Throwable {
        AccessPolicy policy = (caller, action, repository) -> repository.equals(OTHER);

        check(method, Authorized.of(everything(), Caller.named("alice"), policy), false, ErrorCode.DENIED);
    }

    private static boolean allowed(String name, Set<Action> rights) {
        return rights.contains(NEEDED.get(name));
    }

    private static void check(Method method, Registry view, boolean allowed, ErrorCode refusal) throws Throwable {
        Repository repository = view.repository(REPOSITORY);
        Object part = method.getDeclaringClass() == Manifests.class
                ? repository.manifests()
                : method.getDeclaringClass() == Tags.class ? repository.tags() : repository.blobs();
        if (allowed) {
            call(method, part);
        } else {
            assertThatThrownBy(() -> call(method, part))
                    .isInstanceOf(RegistryException.class)
                    .extracting(e -> ((RegistryException) e).code())
                    .isEqualTo(refusal);
        }
    }

    private static void call(Method method, Object part) throws Throwable {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> {
                    Object value = VALUES.get(type);
                    assertThat(value).as("This test needs a value of " + type).isNotNull();
                    return value;
                })
                .toArray();
        @Nullable Object result;
        try {
            result = method.invoke(part, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (result instanceof Listing<?, ?> listing) {
            listing.toList();
        }
    }

    @Test
    void hidesTheCatalogueFromCredentialsThatAreNotGoodForIt() {
        Caller limited = Caller.builder("robot")
                .limit(access -> access.action() == RequestedAccess.Action.PULL)
                .build();

        assertThatThrownBy(() -> Authorized.of(everything(), limited, (caller, action, repository) -> true)
                        .repositories()
                        .toList())
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("DENIED");
    }
}
