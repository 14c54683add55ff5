package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth serve}: runs the registry until the process is stopped. */
@Command(
        name = "serve",
        description = {
            "Runs a registry that Docker, Podman, skopeo and every other client can push to and pull from.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "The environment variables and the YAML file of registry:2 work as well, for instance",
            "  REGISTRY_HTTP_ADDR=:5000                            where to listen",
            "  REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=/data     where to store",
            "  REGISTRY_STORAGE_S3_BUCKET=images, REGISTRY_STORAGE_S3_REGIONENDPOINT=https://s3.example.com",
            "                                                      in a bucket, and of which service",
            "  REGISTRY_STORAGE_S3_ACCESSKEY=…, REGISTRY_STORAGE_S3_SECRETKEY=…",
            "                                                      the credentials for it",
            "  REGISTRY_STORAGE_REDIRECT_DISABLE=false             send clients to the bucket for blobs",
            "  REGISTRY_STORAGE_DELETE_ENABLED=true                let clients delete; refused by default",
            "  REGISTRY_HTTP_TLS_CERTIFICATE=cert.pem, REGISTRY_HTTP_TLS_KEY=key.pem",
            "                                                      serve HTTPS",
            "  REGISTRY_AUTH_HTPASSWD_PATH=users                   let in who is in a file that 'htpasswd -B' wrote",
            "  REGISTRY_ACCESS_ACCOUNTS=true                       people, teams and robots with rights of their own:",
            "                                                      'berth user', 'team', 'robot' and 'token' manage",
            "                                                      them; teams, grants and public repositories can",
            "                                                      stand in the file, below access:",
            "  REGISTRY_ACCESS_PUBLIC=library/**                   what everyone may pull",
            "  REGISTRY_ACCESS_ADMIN_PASSWORD=…                    of the first administrator, admin; without it one",
            "                                                      is made and printed once",
            "  REGISTRY_ACCESS_TRUSTEDPROXIES=10.0.0.0/8           whose X-Forwarded fields count",
            "  REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMS=none",
            "                                                      take indexes of which some images are missing",
            "  REGISTRY_VALIDATION_DISABLED=true                   take images of which some layers are missing, too",
            "  REGISTRY_MAINTENANCE_COLLECTION_GRACE=1h            what nobody needs is removed after this time",
            "  REGISTRY_MAINTENANCE_UNDELETE=168h                  how long what was deleted can be restored",
            "  REGISTRY_MAINTENANCE_SCRUB_RATE=20MiB               how much is read in a second to find damage",
            "  REGISTRY_PROXY_REMOTEURL=https://hub.example        be a mirror of another registry, as a whole",
            "  REGISTRY_CONSOLE_DISABLED=true                      no pages at / for browsers, and no 'docker search'",
            "  REGISTRY_LOG_LEVEL=warn, REGISTRY_LOG_ACCESSLOG_DISABLED=true",
            "                                                      log less",
            "  REGISTRY_LOG_FORMATTER=json                         log lines of JSON",
            "  REGISTRY_HTTP_DEBUG_ADDR=localhost:5001             health at an address of its own, and metrics with",
            "                                                      REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED=true",
            "What stands on the command line goes before the environment, that before the file.",
            "Rules for tags and quotas stand in the file, below rules: and quota:, who is told what happens below",
            "notifications:, which registries are mirrored below names of their own below mirrors:, and what is",
            "carried over to or from others below replication:.",
            "",
            "What registry:2 wrote is served as it stands. A directory belongs to one process at a time, a bucket",
            "to as many as you like. Region and keys of a bucket are those that the AWS SDK finds (AWS_REGION,",
            "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, profiles, roles) unless they are set as above.",
            "Ctrl-C or SIGTERM stops the registry; transfers that are running may finish."
        })
public final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = {
                "Where to listen; 127.0.0.1:5000 by default.",
                "':5000' means every interface: then anyone who reaches this machine can push,",
                "unless 'auth' or 'access' is set."
            })
    private @Nullable String listen;

    @Option(
            names = "--storage",
            paramLabel = "DIR|s3://BUCKET/PREFIX|memory:",
            description = {
                "Where to keep the images: a directory, ./berth-data by default; a bucket of an S3-compatible",
                "service, for any number of registries at once; or in memory until the end."
            })
    private @Nullable String storage;

    @Option(names = "--config", paramLabel = "FILE.yml", description = "A configuration file of registry:2.")
    private @Nullable Path config;

    @Parameters(arity = "0..1", paramLabel = "FILE.yml", description = "The same, as registry:2 takes it.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (config != null && file != null) {
            throw new UsageException("There are two configuration files, " + config + " and " + file + "; give one");
        }
        SettingsSource source = new SettingsSource(
                Optional.ofNullable(listen),
                Optional.ofNullable(storage),
                Optional.ofNullable(config).or(() -> Optional.ofNullable(file)),
                System.getenv());
        Settings settings = source.read();
        Logging.configure(settings);
        RunningRegistry.start(settings, source).awaitStop();
        return 0;
    }
}
