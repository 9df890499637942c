// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.semantichash.it.node.Distribution.Product;

/**
 * One node's own copy of the server, with its configuration.
 *
 * @param path the folder
 * @param user who runs it
 */
record NodeHome(Path path, ServerUser user) {

  /** Copies the server with the plugin, when there is one. */
  static NodeHome create(Path path, Distribution distribution, ServerUser user) throws IOException {
    FileTree.delete(path);
    FileTree.folder(path.getParent());
    FileTree.copy(new InstalledServer(distribution).folder(), path);
    for (String folder : List.of("data", "logs", "plugins", "tmp", "config/semantic-hash")) {
      FileTree.folder(path.resolve(folder));
    }
    return new NodeHome(path, user);
  }

  /** What a program of the server needs to know, so that it leaves nothing outside its folder. */
  static void environment(ProcessBuilder program, Path home, Path javaHome) {
    var environment = program.environment();
    Product product = Product.in(home);
    environment.keySet().removeIf(name -> name.startsWith(product.variable("")));
    environment.put(product.variable("JAVA_HOME"), javaHome.toString());
    environment.put(product.variable("TMPDIR"), home.resolve("tmp").toString());
    environment.put("HOME", home.toString());
    environment.put(
        "CLI_JAVA_OPTS", "-XX:-UsePerfData -Djava.io.tmpdir=" + home.resolve("tmp").toString());
  }

  /** Writes the server's settings, one a line. */
  void configure(List<String> settings) throws IOException {
    Path file = Product.in(path).configuration(path);
    Files.deleteIfExists(file);
    Files.writeString(
        file, settings.stream().map(line -> line + "\n").collect(Collectors.joining()));
    FileTree.readable(file, "rw-r--r--");
    user.own(path);
  }

  /** Puts another server and its plugin in the place of these; configuration and data stay. */
  void replaceServer(Distribution other) throws IOException {
    Path server = new InstalledServer(other).folder();
    for (String folder : List.of("bin", "lib", "modules", "plugins")) {
      FileTree.delete(path.resolve(folder));
      FileTree.copy(server.resolve(folder), path.resolve(folder));
    }
    user.own(path);
  }

  /** Runs the server's own installer of plugins. */
  void plugin(Path javaHome, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Product.in(path).pluginInstaller(path).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder installer = new ProcessBuilder(command);
    environment(installer, path, javaHome);
    Commands.Outcome outcome = Commands.attempt(installer);
    if (outcome.status() != 0) {
      throw new IllegalStateException(command + " failed: " + outcome.output());
    }
    user.own(path);
  }

  /** Puts a model where the plugin looks for it. */
  void putModel(String id, Path model) throws IOException {
    Path folder = path.resolve("config/semantic-hash");
    FileTree.copyFile(model, folder.resolve(id + ".onnx"));
    user.own(folder);
  }
}
