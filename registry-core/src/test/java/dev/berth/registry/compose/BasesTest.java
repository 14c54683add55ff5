package dev.berth.registry.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two bases, method by method, so that one which is added to an interface later is not forgotten here. */
class BasesTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);
    private static final Descriptor DESCRIPTOR = Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 0);

    /** What is passed, and what comes back, by type. */
    private static final Map<Class<?>, Object> VALUES = values();

    /** Conveniences that are made of the other methods, and so follow what a wrapper does with those. */
    private static final Set<String> DERIVED = Set.of(
            "Manifests.put(Manifest, Tag[])",
            "Manifests.referrers(Digest)",
            "Tags.put(Tag, Digest)",
            "Registry.repository(String)",
            "Blobs.open(Digest)",
            "Blobs.push(BlobSource)",
            "BlobContent.readAllBytes(int)",
            "Blobs.startUpload()");

    private static Map<Class<?>, Object> values() {
        Map<Class<?>, Object> values = new HashMap<>();
        for (Object value : List.of(
                NAME,
                DIGEST,
                DESCRIPTOR,
                Tag.parse("1.0"),
                Manifest.of(MediaTypes.OCI_MANIFEST, new byte[0]),
                PutOptions.untagged(),
                new PutResult(DESCRIPTOR, List.of(), Optional.empty()),
                new DeleteResult(true, List.of()),
                ReferrerFilter.all(),
                RegistryIdentity.of("x"),
                ByteRange.all(),
                UploadId.of("x"),
                UploadOptions.defaults(),
                Duration.ofSeconds(1),
                URI.create("https://registry.example/"))) {
            values.put(value.getClass(), value);
        }
        values.put(ManifestSelector.class, DIGEST);
        values.put(TagCondition.class, TagCondition.any());
        values.put(DeleteCondition.class, DeleteCondition.UNTAGGED);
        values.put(MountSource.class, MountSource.any());
        values.put(BlobSource.class, BlobSource.of(new byte[0]));
        values.put(InputStream.class, InputStream.nullInputStream());
        values.put(OutputStream.class, OutputStream.nullOutputStream());
        values.put(Listing.class, Listing.of((after, wanted) -> List.of().iterator()));
        values.put(Optional.class, Optional.of("something"));
        values.put(boolean.class, true);
        values.put(OptionalLong.class, OptionalLong.of(42));
        values.put(long.class, 42L);
        for (Class<?> part : List.of(
                Repository.class, Manifests.class, Tags.class, Blobs.class, BlobUpload.class, BlobContent.class)) {
            values.put(part, stub(part, new ArrayList<>()));
        }
        return values;
    }

    private static <T> T stub(Class<T> type, List<String> calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("toString")) {
                        return "stub of " + type.getSimpleName();
                    }
                    calls.add(describe(method));
                    return method.getReturnType() == void.class ? null : VALUES.get(method.getReturnType());
                }));
    }

    private static String describe(Method method) {
        List<String> parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .toList();
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + String.join(", ", parameters)
                + ")";
    }

    private static Stream<Method> methodsOf(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isBridge())
                .filter(method -> !DERIVED.contains(describe(method)));
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> {
                    Object value = VALUES.get(type);
                    assertThat(value).as("This test needs a value of " + type).isNotNull();
                    return value;
                })
                .toArray();
    }

    static Stream<Arguments> forwarding() {
        return Stream.of(
                        forwards(Registry.class, delegate -> new ForwardingRegistry(delegate) {}),
                        forwards(Repository.class, delegate -> new ForwardingRepository(delegate) {}),
                        forwards(Manifests.class, delegate -> new ForwardingManifests(delegate) {}),
                        forwards(Tags.class, delegate -> new ForwardingTags(delegate) {}),
                        forwards(Blobs.class, delegate -> new ForwardingBlobs(delegate) {}),
                        forwards(BlobUpload.class, delegate -> new ForwardingBlobUpload(delegate) {}),
                        forwards(BlobContent.class, delegate -> new ForwardingBlobContent(delegate) {}))
                .flatMap(arguments -> arguments);
    }

    private static <T> Stream<Arguments> forwards(Class<T> type, Function<T, T> base) {
        return methodsOf(type)
                .filter(method -> !describe(method).equals("Registry.close()"))
                .map(method -> {
                    List<String> calls = new ArrayList<>();
                    return Arguments.of(describe(method), method, base.apply(stub(type, calls)), calls);
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forwarding")
    void forwardEveryMethod(String name, Method method, Object wrapper, List<String> calls) throws Exception {
        Object result = method.invoke(wrapper, arguments(method));

        assertThat(calls).containsExactly(name);
        if (method.getReturnType() != void.class) {
            assertThat(result).isEqualTo(VALUES.get(method.getReturnType()));
        }
    }

    static Stream<Arguments> denying() {
        Denial denial = operation -> RegistryException.of(ErrorCode.DENIED, "You may not " + operation);
        return Stream.of(
                        denies(Registry.class, new DenyingRegistry(denial, RegistryIdentity.of("x")) {}),
                        denies(Manifests.class, new DenyingManifests(NAME, denial)),
                        denies(Tags.class, new DenyingTags(NAME, denial)),
                        denies(Blobs.class, new DenyingBlobs(NAME, denial)),
                        denies(Manifests.class, new DenyingRepository(NAME, denial).manifests()),
                        denies(Tags.class, new DenyingRepository(NAME, denial).tags()),
                        denies(Blobs.class, new DenyingRepository(NAME, denial).blobs()))
                .flatMap(arguments -> arguments);
    }

    private static <T> Stream<Arguments> denies(Class<T> type, T wrapper) {
        Set<String> harmless = Set.of("Registry.close()", "Registry.identity()", "Registry.repository(RepositoryName)");
        return methodsOf(type)
                .filter(method -> !harmless.contains(describe(method)))
                .map(method -> Arguments.of(describe(method), method, wrapper));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("denying")
    void denyEveryMethod(String name, Method method, Object wrapper) {
        assertThatThrownBy(() -> {
                    Object result;
                    try {
                        result = method.invoke(wrapper, arguments(method));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    // A listing is asked for nothing before it is read.
                    assertThat(result).isInstanceOf(Listing.class);
                    ((Listing<?, ?>) result).toList();
                })
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("DENIED: You may not ");
    }

    static Stream<Arguments> derived() {
        return DERIVED.stream().map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("derived")
    void knowConveniencesThatThereAre(String name) {
        assertThat(Stream.of(Registry.class, Manifests.class, Tags.class, Blobs.class, BlobContent.class)
                        .flatMap(type -> Arrays.stream(type.getMethods()))
                        .filter(Method::isDefault)
                        .map(BasesTest::describe))
                .contains(name);
    }

    /** What overrides how a blob is pushed must not be passed by. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPushWithoutADigestGoesThroughTheMethodsThatWrappersOverride(boolean reopenable) {
        List<String> calls = new ArrayList<>();
        Blobs blobs = new ForwardingBlobs(stub(Blobs.class, calls)) {
            @Override
            public Descriptor push(Digest expected, BlobSource content) {
                calls.add("seen as a push of " + expected);
                return DESCRIPTOR;
            }

            @Override
            public BlobUpload startUpload(UploadOptions options) {
                calls.add("seen as an upload");
                throw RegistryException.of(ErrorCode.DENIED, "You may not");
            }
        };
        if (reopenable) {
            blobs.push(BlobSource.of(new byte[0]));
            assertThat(calls).containsExactly("seen as a push of " + DIGEST);
        } else {
            assertThatThrownBy(() -> blobs.push(BlobSource.once(InputStream.nullInputStream())))
                    .isInstanceOf(RegistryException.class);
            assertThat(calls).containsExactly("seen as an upload");
        }
    }
}
