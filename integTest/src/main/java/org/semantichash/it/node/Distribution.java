// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What nodes are made of.
 *
 * @param server the unpacked server
 * @param plugin the plugin's zip, or null for a server without it
 * @param javaHome the JDK that runs the server, 21 or newer
 * @param work where nodes may live
 * @param jvmOptions further options of the server's JVM
 */
public record Distribution(
    Path server, Path plugin, Path javaHome, Path work, List<String> jvmOptions) {

  /** Checks that the parts are there. */
  public Distribution {
    Product.in(server);
    require(javaHome.resolve("bin/java"), "a JDK");
    if (plugin != null) {
      require(plugin, "the plugin's zip");
    }
  }

  /**
   * What the build has put into target, and the JDK that runs this. Options of the node's JVM, such
   * as a debugger's agent, may stand in the system property [semantichash.jvm] with spaces between
   * them.
   *
   * @throws IllegalStateException when a system property is not set
   */
  public static Distribution ofBuild() {
    return new Distribution(
        Path.of(property("semantichash.distribution")),
        Path.of(property("semantichash.plugin")),
        Path.of(System.getProperty("java.home")),
        Path.of(property("semantichash.work")),
        System.getProperty("semantichash.jvm", "").lines().flatMap(Distribution::words).toList());
  }

  /**
   * The same without the second compiler: such a node is ready sooner, above all when several start
   * on few cores, but nothing should be measured on it.
   */
  public Distribution quickStart() {
    return withJvmOptions(List.of("-XX:TieredStopAtLevel=1"));
  }

  /** The same with more options of the server's JVM; a later option wins, also over the heap's. */
  public Distribution withJvmOptions(List<String> more) {
    List<String> all = new ArrayList<>(jvmOptions);
    all.addAll(more);
    return new Distribution(server, plugin, javaHome, work, List.copyOf(all));
  }

  /** The same with another server and the plugin for it. */
  public Distribution withServer(Path other, Path zip) {
    return new Distribution(other, zip, javaHome, work, jvmOptions);
  }

  /** The same with another zip of the plugin. */
  public Distribution withPlugin(Path zip) {
    return new Distribution(server, zip, javaHome, work, jvmOptions);
  }

  private static Stream<String> words(String line) {
    return Arrays.stream(line.split(" ", -1)).filter(word -> word.isEmpty() == false);
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "system property [" + name + "] must be set; the build sets it, see integTest/pom.xml");
    }
    return value;
  }

  Product product() {
    return Product.in(server);
  }

  /** Whose server it is: these are installed, configured and started alike, under other names. */
  enum Product {
    ELASTICSEARCH("elasticsearch", "ES_"),

    /** To compare with, for benchmarks that name its folder. */
    OPENSEARCH("opensearch", "OPENSEARCH_");

    private final String program;
    private final String variables;

    Product(String program, String variables) {
      this.program = program;
      this.variables = variables;
    }

    /** The product that a folder holds. */
    static Product in(Path server) {
      if (Files.exists(OPENSEARCH.program(server)) == false) {
        require(ELASTICSEARCH.program(server), "an unpacked Elasticsearch");
        return ELASTICSEARCH;
      }
      return OPENSEARCH;
    }

    Path program(Path server) {
      return server.resolve("bin").resolve(program);
    }

    Path pluginInstaller(Path server) {
      return server.resolve("bin").resolve(program + "-plugin");
    }

    Path configuration(Path server) {
      return server.resolve("config").resolve(program + ".yml");
    }

    /** The environment variable by which the server is told something, such as [JAVA_HOME]. */
    String variable(String name) {
      return variables + name;
    }
  }

  private static void require(Path path, String what) {
    if (Files.exists(path) == false) {
      throw new IllegalArgumentException("[" + path + "] must be part of " + what + ", not found");
    }
  }
}
