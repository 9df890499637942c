// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The server with the plugin in it, from which nodes are copied: the server's own installer, which
 * needs seconds, runs once for each plugin and not for each node.
 */
final class InstalledServer {

  private static final String PREFIX = "installed-";
  private static final String UNFINISHED = ".unfinished";
  private static final int DIGITS = 16;

  private final Distribution distribution;

  InstalledServer(Distribution distribution) {
    this.distribution = distribution;
  }

  /**
   * A folder to copy and not to change. It is made where the nodes live when the one that is there
   * has another plugin, or none is there.
   */
  Path folder() throws IOException {
    if (distribution.plugin() == null) {
      return distribution.server();
    }
    synchronized (InstalledServer.class) {
      Path installed = distribution.work().resolve(PREFIX + digest());
      if (Files.exists(installed) == false) {
        install(installed);
      }
      return installed;
    }
  }

  /** Of the plugin and of where the server comes from. */
  private String digest() throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(distribution.server().toString().getBytes(StandardCharsets.UTF_8));
      sha256.update(Files.readAllBytes(distribution.plugin()));
      return HexFormat.of().formatHex(sha256.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an interrupted installation leaves behind is never taken for a server. */
  private void install(Path installed) throws IOException {
    FileTree.folder(distribution.work());
    deleteOthers();
    Path unfinished = installed.resolveSibling(installed.getFileName() + UNFINISHED);
    FileTree.copy(distribution.server(), unfinished);
    FileTree.folder(unfinished.resolve("plugins"));
    FileTree.folder(unfinished.resolve("tmp"));
    runInstaller(unfinished);
    FileTree.delete(unfinished.resolve("tmp"));
    Files.move(unfinished, installed, StandardCopyOption.ATOMIC_MOVE);
  }

  private void deleteOthers() throws IOException {
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(distribution.work(), PREFIX + "*")) {
      others.forEach(FileTree::delete);
    }
  }

  private void runInstaller(Path server) {
    ProcessBuilder installer =
        new ProcessBuilder(
            distribution.product().pluginInstaller(server).toString(),
            "install",
            "--batch",
            distribution.plugin().toUri().toString());
    NodeHome.environment(installer, server, distribution.javaHome());
    Commands.Outcome outcome = Commands.attempt(installer);
    if (outcome.status() != 0) {
      throw new IllegalStateException("the plugin cannot be installed: " + outcome.output());
    }
  }
}
