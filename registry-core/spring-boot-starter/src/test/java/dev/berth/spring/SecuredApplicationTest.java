package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.RegistryEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application with Spring Security. */
class SecuredApplicationTest {
    private static final BlobSource BLOB = BlobSource.of(new byte[] {1, 2, 3});
    private static final String CI_PUSHES = "berth.access.grants[0].who=group:ROLE_CI";
    private static final String CI_IS_WRITER = "berth.access.grants[0].role=writer";

    @Configuration(proxyBeanMethods = false)
    @Import(SecuredApplication.class)
    static class Noting {
        final List<RegistryEvent> events = new CopyOnWriteArrayList<>();

        @Bean
        EventSink notes() {
            return events::addAll;
        }
    }

    static RemoteRegistry client(Application application, String user, String password) {
        Credentials credentials = Credentials.of(user, password);
        return RemoteRegistry.at(
                application.address(),
                RemoteOptions.builder()
                        .credentials((registry, repository) -> Optional.of(credentials))
                        .build());
    }

    static void assertRefused(Runnable call) {
        Assertions.assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.code()).isIn(ErrorCode.DENIED, ErrorCode.UNAUTHORIZED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens", "passwords"})
    void usersOfTheApplicationAreCallersWithTheirAuthorities(String login) throws Exception {
        try (Application application =
                        Application.start(Noting.class, CI_PUSHES, CI_IS_WRITER, "berth.access.login=" + login);
                RemoteRegistry alice = client(application, "alice", "wonderland");
                RemoteRegistry bob = client(application, "bob", "builder");
                RemoteRegistry stranger = client(application, "alice", "guess")) {
            Digest digest = alice.repository("team/app").blobs().push(BLOB).digest();

            assertThat(alice.repository("team/app").blobs().find(digest)).isPresent();
            assertRefused(() -> bob.repository("team/app").blobs().push(BLOB));
            assertRefused(() -> stranger.repository("team/app").blobs().find(digest));
            assertThat(application.context.getBean(Noting.class).events)
                    .extracting(RegistryEvent::actor)
                    .containsOnly("alice");
        }
    }

    @Test
    void everyoneMayPullWhatIsPublicAndUsersWhatTheyMay() throws Exception {
        try (Application application = Application.start(
                        SecuredApplication.class,
                        "berth.access.public-repositories=public/**",
                        "berth.access.users=reader");
                RemoteRegistry nobody = RemoteRegistry.at(application.address());
                RemoteRegistry bob = client(application, "bob", "builder")) {
            Registry registry = application.context.getBean(Registry.class);
            Digest open = registry.repository("public/app").blobs().push(BLOB).digest();
            Digest hidden = registry.repository("team/app").blobs().push(BLOB).digest();

            assertThat(nobody.repository("public/app").blobs().find(open)).isPresent();
            assertRefused(() -> nobody.repository("team/app").blobs().find(hidden));
            assertThat(bob.repository("team/app").blobs().find(hidden)).isPresent();
            assertRefused(() -> bob.repository("team/app").blobs().push(BLOB));
        }
    }
}
