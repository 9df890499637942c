// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user who runs the server, which refuses to run as root.
 *
 * @param name how, for messages
 * @param prefix what goes before the server's command
 * @param owner who must own the server's files, {@code user:group}; null when nobody else must
 * @param folder where the nodes live
 * @param temporary whether the folder must be removed afterwards
 */
record ServerUser(String name, List<String> prefix, String owner, Path folder, boolean temporary) {

  private static final List<String> UNSHARE =
      List.of("unshare", "--map-user=1000", "--map-group=1000");

  /**
   * Chooses a user.
   *
   * <p>Anyone but root runs the server as himself. For root the choice is: [nobody] by setpriv,
   * when [nobody] can enter the folder and run the JDK; or else a user namespace in which root goes
   * by another name, which needs no rights on the way to the folder but is often forbidden in
   * containers; or else [nobody] in a temporary folder.
   *
   * @param javaHome the JDK that runs the server
   * @param folder where the nodes should live; made when it does not exist
   * @throws IllegalStateException when this process is root and none of the ways is open
   */
  static ServerUser choose(Path javaHome, Path folder) throws IOException {
    Files.createDirectories(folder);
    if (Commands.run(List.of("id", "-u")).equals("0") == false) {
      return new ServerUser("this user", List.of(), null, folder, false);
    }
    return setpriv(javaHome, folder)
        .or(() -> unshare(folder))
        .or(() -> temporary(javaHome))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Elasticsearch does not run as root, and neither [setpriv] as user [nobody],"
                        + " who must be able to run ["
                        + javaHome
                        + "/bin/java], nor [unshare --map-user] works here; run as another user"));
  }

  /** [nobody], when he can reach both. */
  static Optional<ServerUser> setpriv(Path javaHome, Path folder) {
    if (Commands.succeeds(List.of("id", "-u", "nobody")) == false) {
      return Optional.empty();
    }
    String user = Commands.run(List.of("id", "-u", "nobody"));
    String group = Commands.run(List.of("id", "-g", "nobody"));
    List<String> prefix =
        List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
    String probe = "test -x \"$1/bin/java\" && test -x \"$2\"";
    List<String> probing = new ArrayList<>(prefix);
    probing.addAll(List.of("sh", "-c", probe, "sh", javaHome.toString(), folder.toString()));
    return Commands.succeeds(probing)
        ? Optional.of(new ServerUser("setpriv", prefix, user + ":" + group, folder, false))
        : Optional.empty();
  }

  /** Root by another name, who is still the owner of root's files. */
  static Optional<ServerUser> unshare(Path folder) {
    List<String> probing = new ArrayList<>(UNSHARE);
    probing.add("true");
    return Commands.succeeds(probing)
        ? Optional.of(new ServerUser("unshare", UNSHARE, "0:0", folder, false))
        : Optional.empty();
  }

  /** [nobody] in a folder of his own. */
  static Optional<ServerUser> temporary(Path javaHome) {
    Path folder;
    try {
      folder =
          Files.createTempDirectory(
              "semantic-hash-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      // The mask of this process may have taken away what was asked for.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new IllegalStateException("no temporary folder for the nodes", e);
    }
    Optional<ServerUser> user = setpriv(javaHome, folder);
    if (user.isEmpty()) {
      FileTree.delete(folder);
    }
    // So that he can remove it as well, when this process dies.
    user.ifPresent(u -> u.own(folder));
    return user.map(u -> new ServerUser("setpriv", u.prefix, u.owner, folder, true));
  }

  /** Gives a file or a folder with all that is in it to this user. */
  void own(Path path) {
    if (owner != null) {
      Commands.run(List.of("chown", "-R", owner, path.toString()));
    }
  }
}
