package dev.berth.spring;

import dev.berth.registry.access.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties of a registry.
 *
 * @param enabled whether there is a registry
 * @param path where it is in the application: empty for the root, where clients look for it
 * @param readOnly whether it can only be read
 * @param deletion whether clients may delete, if they have the right to
 * @param undelete for how long what was deleted can be restored
 * @param trustedProxies the reverse proxies, by address or range, whose X-Forwarded fields count
 * @param storage where it keeps its content
 * @param access who may do what
 * @param mirrors other registries that are mirrored, by name
 * @param console its pages, if the application has {@code dev.berth:registry-console}
 * @param collection when what nobody needs is removed
 * @param scrub when damage is looked for
 * @since 0.1
 */
@ConfigurationProperties("berth")
public record BerthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String path,
        @DefaultValue("false") boolean readOnly,
        @DefaultValue("true") boolean deletion,
        @DefaultValue("7d") Duration undelete,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue Storage storage,
        @DefaultValue Access access,
        @DefaultValue Map<String, Mirror> mirrors,
        @DefaultValue Console console,
        @DefaultValue Collection collection,
        @DefaultValue Scrub scrub) {

    /**
     * Where a registry keeps its content: in a bucket, in a directory, or else in memory.
     *
     * @param directory the directory, which belongs to one process at a time
     * @param s3 the bucket of an S3-compatible service
     * @since 0.1
     */
    public record Storage(
            @Nullable Path directory, @DefaultValue S3 s3) {}

    /**
     * A bucket. Its credentials are those that the AWS SDK finds.
     *
     * @param bucket its name; without one, there is none
     * @param prefix what all keys begin with
     * @param region its region, if the AWS SDK is not to find it
     * @param endpoint the address of a service other than that of AWS
     * @param pathStyle whether the bucket is in the path of URLs and not in the name of the host
     * @since 0.1
     */
    public record S3(
            @Nullable String bucket,
            @Nullable String prefix,
            @Nullable String region,
            @Nullable URI endpoint,
            @DefaultValue("false") boolean pathStyle) {}

    /**
     * Who may do what. Rights add up. The names of groups are the authorities that Spring Security gives to users.
     *
     * @param publicRepositories patterns of repositories that everyone may pull, such as {@code public/**}
     * @param users what every user of the application may do in all repositories; empty for nothing
     * @param grants further rights
     * @param login how clients log in
     * @param service the name of the registry, which clients may show to users
     * @since 0.1
     */
    public record Access(
            @DefaultValue List<String> publicRepositories,
            @Nullable Role users,
            @DefaultValue List<Right> grants,
            @DefaultValue("tokens") Login login,
            @DefaultValue("Registry") String service) {

        /** Returns whether nothing is said about rights. */
        boolean isEmpty() {
            return publicRepositories.isEmpty() && users == null && grants.isEmpty();
        }
    }

    /**
     * How clients log in.
     *
     * @since 0.1
     */
    public enum Login {
        /** With a name and a password for a token, which is what public and private repositories in one registry need. */
        TOKENS,

        /** With a name and a password in each request. Then nothing is public. */
        PASSWORDS
    }

    /**
     * A right.
     *
     * @param who {@code user:alice}, {@code group:ROLE_CI}, {@code authenticated} or {@code everyone}
     * @param repositories a pattern of repositories, such as {@code team/**}
     * @param role what they may do there
     * @since 0.1
     */
    public record Right(String who, @DefaultValue("**") String repositories, Role role) {}

    /**
     * Another registry that is mirrored: what is asked for below the prefix is brought from there, and kept. Its name, which
     * records and metrics have, stands in brackets if it has a dot: {@code berth.mirrors[hub.example].registry}.
     *
     * @param registry the registry, as {@code registry.example} or with {@code https://}
     * @param prefix below which names it is here; the name of the mirror if it is not set
     * @param namespaces further hosts, such as those with a port, by which containerd asks for it; the name of the mirror, if it
     *     has a dot, always is one
     * @param byDefault whether names that no mirror has, and that nobody has pushed here, are read from it
     * @param onlyHere patterns of names that are never read from it by default: those that are pushed to here
     * @param allow patterns of what may be mirrored, by the names there; all if there are none
     * @param username a user of that registry
     * @param password its password
     * @param fresh for how long a tag is served without asking
     * @param budget how much is kept; nothing is removed without it
     * @param unused after which time images that nobody has used are removed; never if it is not set
     * @param referrers whether signatures and the like are brought with images
     * @param keepGone whether a tag that is gone there is served nevertheless
     * @since 0.1
     */
    public record Mirror(
            String registry,
            @Nullable String prefix,
            @DefaultValue List<String> namespaces,
            @DefaultValue("false") boolean byDefault,
            @DefaultValue List<String> onlyHere,
            @DefaultValue List<String> allow,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("1m") Duration fresh,
            @Nullable DataSize budget,
            @Nullable Duration unused,
            @DefaultValue("true") boolean referrers,
            @DefaultValue("false") boolean keepGone) {

        /** Prints the registry, and no password. */
        @Override
        public String toString() {
            return "Mirror[" + registry + "]";
        }
    }

    /**
     * The pages of a registry.
     *
     * @param enabled whether there are any
     * @param path where they are in the application, which begins with a slash and does not end with one
     * @param title what they call the registry
     * @since 0.1
     */
    public record Console(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("/berth") String path,
            @DefaultValue("Registry") String title) {}

    /**
     * When what nobody needs is removed.
     *
     * @param enabled whether it is
     * @param interval the time between two collections
     * @param fullInterval the time between two collections that look at everything
     * @param grace for how long what nobody needs is kept
     * @since 0.1
     */
    public record Collection(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("10m") Duration interval,
            @DefaultValue("7d") Duration fullInterval,
            @DefaultValue("1h") Duration grace) {}

    /**
     * When damage is looked for.
     *
     * @param enabled whether it is
     * @param interval the time from the beginning of one round to that of the next
     * @param rate how much is read in a second
     * @since 0.1
     */
    public record Scrub(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("7d") Duration interval,
            @DefaultValue("20MB") DataSize rate) {}
}
