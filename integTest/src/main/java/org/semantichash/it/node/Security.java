// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Security for a node: TLS over HTTP with a certificate that only its clients know, and a user who
 * may do everything, and one user for each role, of the same name.
 *
 * @param folder holds the certificate and its key
 * @param roles the roles by their names, as JSON
 */
public record Security(Path folder, Map<String, String> roles) {

  /** The user who may do everything. */
  public static final String ADMIN = "admin";

  /** Every user's password. */
  public static final String PASSWORD = "correct-horse";

  private static final String KEY_STORE = "http.p12";
  private static final String CERTIFICATE = "http.crt";
  private static final String KEY = "http.key";

  /** Makes the folder with a certificate. */
  void create(Path javaHome) throws IOException {
    FileTree.folder(folder);
    Path store = folder.resolve(KEY_STORE);
    Commands.run(
        List.of(
            javaHome.resolve("bin/keytool").toString(),
            "-genkeypair",
            "-alias",
            "http",
            "-keyalg",
            "RSA",
            "-validity",
            "2",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD));
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      Certificate certificate = keys.getCertificate("http");
      writePem(folder.resolve(CERTIFICATE), "CERTIFICATE", certificate.getEncoded());
      byte[] key = keys.getKey("http", PASSWORD.toCharArray()).getEncoded();
      writePem(folder.resolve(KEY), "PRIVATE KEY", key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writePem(Path file, String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  /** The certificate, which clients must trust. */
  public Path certificate() {
    return folder.resolve(CERTIFICATE);
  }

  /** What goes into elasticsearch.yml. */
  List<String> settings() {
    return List.of(
        "xpack.security.enabled: true",
        "xpack.security.transport.ssl.enabled: false",
        "xpack.security.http.ssl.enabled: true",
        "xpack.security.http.ssl.certificate: " + CERTIFICATE,
        "xpack.security.http.ssl.key: " + KEY);
  }

  /** Puts the certificate, the roles and the users into the config directory of a node. */
  void install(Path home, Path javaHome) throws IOException {
    Path config = home.resolve("config");
    for (String file : List.of(CERTIFICATE, KEY)) {
      FileTree.copyFile(folder.resolve(file), config.resolve(file));
    }
    addAdmin(home, javaHome);
    // The others have the same password, and so may have the same hash.
    String hash = Files.readString(config.resolve("users")).strip().substring(ADMIN.length());
    for (Map.Entry<String, String> role : roles.entrySet()) {
      String name = role.getKey();
      append(config.resolve("roles.yml"), name + ": " + role.getValue());
      append(config.resolve("users"), name + hash);
      append(config.resolve("users_roles"), name + ":" + name);
    }
  }

  private static void append(Path file, String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void addAdmin(Path home, Path javaHome) {
    ProcessBuilder users =
        new ProcessBuilder(
            home.resolve("bin/elasticsearch-users").toString(),
            "useradd",
            ADMIN,
            "-p",
            PASSWORD,
            "-r",
            "superuser");
    NodeHome.environment(users, home, javaHome);
    Commands.Outcome outcome = Commands.attempt(users);
    if (outcome.status() != 0) {
      throw new IllegalStateException("the user cannot be added: " + outcome.output());
    }
  }
}
