// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders of a cluster's nodes, owned by the user that runs them. */
final class ClusterFolder {

  private final Path path;
  private final ServerUser user;
  private final List<NodeHome> homes = new ArrayList<>();

  /** Nothing is made yet. */
  ClusterFolder(Path path, ServerUser user) {
    this.path = path;
    this.user = user;
  }

  /** Makes the folder anew, with one for each node. */
  void create(NodeSettings settings, Distribution distribution) throws IOException {
    FileTree.delete(path);
    user.own(FileTree.folder(path));
    user.own(FileTree.folder(snapshots()));
    Security security = settings.security();
    if (security != null) {
      security.create(distribution.javaHome());
    }
    for (int node = 0; node < settings.ports().nodes(); node++) {
      NodeHome home = NodeHome.create(path.resolve(NodeSettings.name(node)), distribution, user);
      if (security != null) {
        security.install(home.path(), distribution.javaHome());
      }
      home.configure(settings.lines(node, distribution.product()));
      homes.add(home);
    }
  }

  /** Where the certificates lie. */
  Path security() {
    return path.resolve("security");
  }

  /** The nodes' folders. */
  List<NodeHome> homes() {
    return homes;
  }

  /** Where file-system repositories may lie. */
  Path snapshots() {
    return path.resolve("snapshots");
  }

  /** Deletes what no later run needs: everything that is temporary. */
  void deleteTemporary() {
    if (user.temporary()) {
      FileTree.delete(user.folder());
    } else {
      homes.forEach(home -> FileTree.delete(home.path().resolve("tmp")));
    }
  }
}
