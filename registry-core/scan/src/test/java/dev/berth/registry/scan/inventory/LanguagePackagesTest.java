package dev.berth.registry.scan.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanguagePackagesTest {
    private final TestImages images = new TestImages();

    @AfterEach
    void close() {
        images.close();
    }

    @Test
    void thoseOfNpmAreTheInstalledOnes() {
        assertThat(images.packages(new TestLayer()
                        .file("app/package.json", "{\"name\":\"app\",\"version\":\"1.0.0\"}")
                        .file("app/node_modules/left-pad/package.json", "{\"name\":\"left-pad\",\"version\":\"1.3.0\"}")
                        .file("app/node_modules/left-pad/test/package.json", "{\"name\":\"no\",\"version\":\"1.0.0\"}")
                        .file(
                                "app/node_modules/@babel/core/package.json",
                                "{\"main\":{\"name\":\"no\"},\"version\":\"7.0.0\",\"x\":[1,{}],\"name\":\"@babel/core\"}")
                        .file(
                                "app/node_modules/a/node_modules/b/package.json",
                                "{\"name\":\"b\",\"version\":\"2.0.0\"}")
                        .file("app/node_modules/esm/package.json", "{\"type\":\"module\"}")))
                .containsExactly("pkg:npm/%40babel/core@7.0.0", "pkg:npm/b@2.0.0", "pkg:npm/left-pad@1.3.0");
    }

    @Test
    void aLockCountsWhereNothingIsInstalledBesideIt() {
        String lock = """
                {
                  "name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true,
                  "packages": {
                    "": {"name": "app", "version": "1.0.0", "dependencies": {"a": "^1.0.0"}},
                    "node_modules/a": {"version": "1.2.3", "resolved": "x", "dependencies": {"b": "2"}},
                    "node_modules/a/node_modules/@s/b": {"version": "2.0.0", "engines": {"node": ">=8"}},
                    "node_modules/alias": {"name": "real", "version": "4.0.0"},
                    "node_modules/tool": {"version": "3.0.0", "dev": true},
                    "node_modules/own": {"resolved": "packages/own", "link": true},
                    "packages/own": {"version": "0.1.0"}
                  },
                  "dependencies": {"a": {"version": "1.2.3"}}
                }
                """;
        TestLayer locked = TestLayer.of("app/package-lock.json", lock);

        assertThat(images.packages(locked))
                .containsExactly("pkg:npm/%40s/b@2.0.0", "pkg:npm/a@1.2.3", "pkg:npm/real@4.0.0");
        assertThat(images.packages(
                        TestLayer.of("app/package-lock.json", lock),
                        TestLayer.of("app/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1.2.4\"}")))
                .containsExactly("pkg:npm/a@1.2.4");
    }

    @Test
    void aLockOfVersionOneHasDependenciesInEachOther() {
        assertThat(images.packages(TestLayer.of("package-lock.json", """
                        {"lockfileVersion": 1, "dependencies": {
                          "a": {"version": "1.0.0", "requires": {"b": "2"}, "dependencies": {"b": {"version": "2.0.0"}}},
                          "g": {"version": "git+ssh://git@host.example/g.git#0a1b"},
                          "d": {"version": "3.0.0", "dev": true, "dependencies": {"e": {"version": "3.1.0"}}}
                        }}
                        """)))
                .containsExactly("pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0", "pkg:npm/e@3.1.0");
    }

    @Test
    void thoseOfPythonHaveTheNamesOfTheIndex() {
        assertThat(images.packages(new TestLayer()
                        .file(
                                "usr/lib/python3/dist-packages/Flask_Login-0.6.3.dist-info/METADATA",
                                "Metadata-Version: 2.1\nName: Flask_Login\nVersion: 0.6.3\n\nName: no\nVersion: 9\n")
                        .file("opt/v/PyYAML-6.0.egg-info/PKG-INFO", "name: PyYAML\nversion: 6.0\n")
                        .file("opt/v/six-1.16.0.egg-info", "Name: six\r\nVersion: 1.16.0\r\n")
                        .file("opt/v/old.egg/EGG-INFO/PKG-INFO", "Name: zope.interface\nVersion: 5.0\n")
                        .file("src/METADATA", "Name: no\nVersion: 1\n")
                        .file("src/PKG-INFO", "Name: no\nVersion: 1\n")))
                .containsExactly(
                        "pkg:pypi/flask-login@0.6.3",
                        "pkg:pypi/pyyaml@6.0",
                        "pkg:pypi/six@1.16.0",
                        "pkg:pypi/zope-interface@5.0");
    }

    @Test
    void whatIsDamagedIsSaidAndTheRestIsFound() {
        ImageInventory inventory = images.inventory(new TestLayer()
                .file("a/node_modules/a/package.json", "[]")
                .file("a/node_modules/b/package.json", "{\"name\":")
                .file("a/node_modules/c/package.json", "{\"a\":" + "[".repeat(5000))
                .file("a/node_modules/d/package.json", "{\"" + "n".repeat(1 << 20) + "\":1}")
                .file("a/node_modules/e/package.json", "\0\0\0\0")
                .file("b/package-lock.json", "{\"dependencies\":{\"a\":{\"dependencies\":{\"b\":")
                .file("c/package-lock.json", "{\"dependencies\":{\"a\":{\"dependencies\":".repeat(2000))
                .file("d/package-lock.json", "[{")
                .file("x-1.dist-info/METADATA", "Nothing: here\n")
                .file("y-1.dist-info/METADATA", "Name: " + "n".repeat(1 << 20))
                .file("z-1.dist-info/METADATA", "Name: good\nVersion: 1\n"));

        assertThat(TestImages.urls(inventory)).containsExactly("pkg:pypi/good@1");
        assertThat(inventory.reasons()).hasSize(10);
    }
}
